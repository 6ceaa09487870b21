/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of secrets.h for libFuzzer. An input is one call: its first byte, modulo 32, is the
 * index of the function in calls[] below, to which new ones are appended (after 31 comes one more
 * byte, modulo 32, to be added), and the rest becomes the arguments in the order of the code
 * (fuzz_input.h says how). The answer must be the one that
 * follows from secrets.h (fuzz_oracle.h), errno must not change, and no byte except those of the
 * result. Memory is between guard pages, so that reading beyond it is a crash, too; what the
 * library may only read is read-only.
 *
 * With -DREPLAY it is a program that runs the files in its arguments, and prints for each function
 * how many calls succeeded and how many did not.
 */
#include "fuzz_oracle.h"

struct tally {
	unsigned long done, refused;
};

static struct tally *tally;

static void count(int done)
{
	if (done)
		tally->done++;
	else
		tally->refused++;
}

/* STATUS makes a call that must return that status, and is true for SECRETS_OK. */
#define STATUS(expected, call) \
	(CHECK_STATUS(expected, call), count((expected) == SECRETS_OK), (expected) == SECRETS_OK)

/* ANSWER makes a call that has no status. */
#define ANSWER(answer, call) \
	do { \
		errno = CHECK_ERRNO; \
		answer = (call); \
		CHECK(errno == CHECK_ERRNO); \
	} while (0)

static int output_status(struct output out, size_t need)
{
	if (out.data == NULL && out.told > 0)
		return SECRETS_EINVAL;
	return need <= out.told && need < IMPOSSIBLE ? SECRETS_OK : SECRETS_ENOSPC;
}

static int array_status(struct array a)
{
	if (a.data == NULL && a.total > 0)
		return SECRETS_EINVAL;
	return a.total < IMPOSSIBLE ? SECRETS_OK : SECRETS_ENOSPC;
}

/* ---- Library ---------------------------------------------------------- */

static void fuzz_strerror(struct input *in)
{
	int status = (int)take_offset(in);
	const char *text, *unknown = secrets_strerror(1);
	ANSWER(text, secrets_strerror(status));
	CHECK(text != NULL && *text != '\0' && strchr(text, '\n') == NULL);
	CHECK((strcmp(text, unknown) != 0) == (status <= SECRETS_OK && status >= SECRETS_ENOMEM));
	count(text != unknown);
}

/* ---- Tokens ----------------------------------------------------------- */

static void fuzz_token_size(struct input *in, struct format format, size_t (*function)(size_t))
{
	size_t nbytes = take_size(in, SIZE_MAX / 4 * 3), size;
	ANSWER(size, function(nbytes));
	CHECK(size == token_size(nbytes, format.group));
	count(size != 0);
}

static void fuzz_token_hex_size(struct input *in)
{
	fuzz_token_size(in, hex, secrets_token_hex_size);
}

static void fuzz_token_urlsafe_size(struct input *in)
{
	fuzz_token_size(in, urlsafe, secrets_token_urlsafe_size);
}

/* 16 random bytes equal the pattern with a probability of 2^-128. */
static void fuzz_token_bytes(struct input *in)
{
	struct array out = take_array(in, OUT, 1);
	if (STATUS(array_status(out), secrets_token_bytes(out.data, out.count))) {
		CHECK(slot_kept(out.slot, out.total));
		CHECK(out.total < 16 || !slot_kept(out.slot, out.total - 16));
	} else {
		CHECK(slot_kept(out.slot, 0));
	}
}

static void fuzz_token(struct input *in, struct format format,
	int (*function)(char *, size_t, size_t))
{
	size_t nbytes = take_size(in, ROOM / 2), size = size_in(format, nbytes);
	struct output out = take_output(in, size);
	if (STATUS(output_status(out, size), function(out.data, out.told, nbytes))) {
		CHECK(is_token(out.data, size, format.alphabet));
		CHECK(slot_kept(out.slot, size));
	} else {
		CHECK(slot_kept(out.slot, 0));
	}
}

static void fuzz_token_hex(struct input *in)
{
	fuzz_token(in, hex, secrets_token_hex);
}

static void fuzz_token_urlsafe(struct input *in)
{
	fuzz_token(in, urlsafe, secrets_token_urlsafe);
}

static void fuzz_tokens(struct input *in, struct format format,
	int (*function)(char *, size_t, size_t, size_t))
{
	size_t nbytes = take_size(in, ROOM / 2), each = size_in(format, nbytes);
	size_t tokens = take_size(in, ROOM / each), size = times(each, tokens);
	struct output out = take_output(in, size);
	if (STATUS(output_status(out, size), function(out.data, out.told, nbytes, tokens))) {
		for (size_t i = 0; i < tokens; i++)
			CHECK(is_token(out.data + i * each, each, format.alphabet));
		CHECK(slot_kept(out.slot, size));
	} else {
		CHECK(slot_kept(out.slot, 0));
	}
}

static void fuzz_token_hex_batch(struct input *in)
{
	fuzz_tokens(in, hex, secrets_token_hex_batch);
}

static void fuzz_token_urlsafe_batch(struct input *in)
{
	fuzz_tokens(in, urlsafe, secrets_token_urlsafe_batch);
}

/* ---- Numbers ---------------------------------------------------------- */

/* Returns memory for a number, or NULL. */
static void *take_number_output(struct input *in, struct slot *slot)
{
	int front, there = take_place(in, &front);
	*slot = slot_new(OUT, 8, front);
	return there ? slot->data : NULL;
}

static void fuzz_randbelow(struct input *in)
{
	uint64_t bound = take_size(in, 1 << 26);
	struct slot slot;
	uint64_t *out = (uint64_t *)take_number_output(in, &slot);
	int done = STATUS(out == NULL || bound == 0 ? SECRETS_EINVAL : SECRETS_OK,
		secrets_randbelow(bound, out));
	CHECK(slot_kept(slot, done ? 8 : 0));
	CHECK(!done || *out < bound);
}

static void fuzz_randbits(struct input *in)
{
	unsigned bits = (unsigned)take_size(in, 64);
	struct slot slot;
	uint64_t *out = (uint64_t *)take_number_output(in, &slot);
	int done =
		STATUS(out == NULL || bits > 64 ? SECRETS_EINVAL : SECRETS_OK, secrets_randbits(bits, out));
	CHECK(slot_kept(slot, done ? 8 : 0));
	CHECK(!done || bits == 64 || *out >> bits == 0);
}

static void fuzz_randrange(struct input *in)
{
	int64_t start = (int64_t)take_size(in, 0), stop = (int64_t)take_size(in, (size_t)start);
	struct slot slot;
	int64_t *out = (int64_t *)take_number_output(in, &slot);
	int done = STATUS(out == NULL || stop <= start ? SECRETS_EINVAL : SECRETS_OK,
		secrets_randrange(start, stop, out));
	CHECK(slot_kept(slot, done ? 8 : 0));
	CHECK(!done || (start <= *out && *out < stop));
}

static int multiple(double number)
{
	double scaled = ldexp(number, 53);
	return 0 <= number && number < 1 && scaled == floor(scaled);
}

static void fuzz_random(struct input *in)
{
	struct slot slot;
	double *out = (double *)take_number_output(in, &slot);
	int done = STATUS(out == NULL ? SECRETS_EINVAL : SECRETS_OK, secrets_random(out));
	CHECK(slot_kept(slot, done ? 8 : 0));
	CHECK(!done || multiple(*out));
}

static void fuzz_randbelow_batch(struct input *in)
{
	uint64_t bound = take_size(in, 1 << 10);
	struct array out = take_array(in, OUT, sizeof(uint64_t));
	uint64_t *numbers = (uint64_t *)out.data;
	int expected = bound == 0 ? SECRETS_EINVAL : array_status(out);
	int done = STATUS(expected, secrets_randbelow_batch(bound, numbers, out.count));
	CHECK(slot_kept(out.slot, done ? out.total : 0));
	for (size_t i = 0; done && i < out.count; i++)
		CHECK(numbers[i] < bound);
}

static void fuzz_random_batch(struct input *in)
{
	struct array out = take_array(in, OUT, sizeof(double));
	double *numbers = (double *)out.data;
	int done = STATUS(array_status(out), secrets_random_batch(numbers, out.count));
	CHECK(slot_kept(out.slot, done ? out.total : 0));
	for (size_t i = 0; done && i < out.count; i++)
		CHECK(multiple(numbers[i]));
}

static int zeros(const uint8_t *bytes, size_t size)
{
	while (size > 0 && bytes[size - 1] == 0)
		size--;
	return size == 0;
}

static int randbelow_big_status(struct array bound, const void *out)
{
	if (bound.count == 0 || bound.data == NULL || out == NULL)
		return SECRETS_EINVAL;
	if (bound.total >= IMPOSSIBLE)
		return SECRETS_ENOSPC;
	return zeros((const uint8_t *)bound.data, bound.count) ? SECRETS_EINVAL : SECRETS_OK;
}

static void fuzz_randbelow_big(struct input *in)
{
	int front, there = take_place(in, &front);
	struct array bound = take_array(in, FIRST, 1);
	array_write(&bound, in);
	struct slot out = slot_new(OUT, bound.slot.size, front);
	uint8_t *data = there ? out.data : NULL;
	int expected = randbelow_big_status(bound, data);
	int done =
		STATUS(expected, secrets_randbelow_big((const uint8_t *)bound.data, bound.count, data));
	CHECK(slot_kept(out, done ? bound.count : 0));
	CHECK(!done || memcmp(data, bound.data, bound.count) < 0);
}

/* The bound and the result in one object, in either order, and a byte of the input sets their
   distance. */
static void fuzz_randbelow_big_overlap(struct input *in)
{
	static unsigned char before[ROOM];
	size_t size = take_byte(in) + (size_t)1, distance = take_byte(in), shared = size > distance;
	struct slot slot = slot_new(OUT, size + distance, 0);
	int front = take_byte(in) & 1;
	uint8_t *bound = slot.data + (front ? 0 : distance), *out = slot.data + (front ? distance : 0);
	for (size_t i = 0; i < slot.size; i++)
		slot.data[i] = (unsigned char)take_byte(in);
	memcpy(before, slot.data, slot.size);
	int expected = shared || zeros(bound, size) ? SECRETS_EINVAL : SECRETS_OK;
	if (STATUS(expected, secrets_randbelow_big(bound, size, out))) {
		CHECK(memcmp(out, bound, size) < 0);
		memcpy(out, before + (out - slot.data), size);
	}
	CHECK(memcmp(slot.data, before, slot.size) == 0);
	CHECK(slot_kept(slot, slot.size));
}

static void fuzz_randbits_big(struct input *in)
{
	struct array out = take_array(in, OUT, 1);
	size_t bits = take_size(in, times(out.total, 8)), bytes = bits / 8 + (bits % 8 > 0);
	int expected = array_status(out);
	if (expected == SECRETS_OK && bytes > out.count)
		expected = SECRETS_ENOSPC;
	const uint8_t *data = (const uint8_t *)out.data;
	int done = STATUS(expected, secrets_randbits_big(bits, (uint8_t *)out.data, out.count));
	CHECK(slot_kept(out.slot, done ? out.total : 0));
	if (!done || out.total == 0)
		return;
	CHECK(zeros(data, out.count - bytes));
	CHECK(bits % 8 == 0 || data[out.count - bytes] >> bits % 8 == 0);
}

/* ---- Sequences -------------------------------------------------------- */

/* The array must not be read. Only a part of it exists, whatever its arguments are. */
static void fuzz_choice(struct input *in)
{
	size_t nmemb = take_size(in, 16), size = take_size(in, nmemb == 0 ? 0 : PTRDIFF_MAX / nmemb);
	int front, there = take_place(in, &front);
	struct slot slot = slot_new(FIRST, 0, front);
	const void *base = there ? slot.data : NULL, *chosen;
	protect(FIRST, PROT_NONE);
	ANSWER(chosen, secrets_choice(base, nmemb, size));
	int possible = base != NULL && size != 0 && nmemb != 0 && times(nmemb, size) <= IMPOSSIBLE;
	CHECK((chosen != NULL) == possible);
	size_t distance = (size_t)((uintptr_t)chosen - (uintptr_t)base);
	CHECK(!possible || (distance % size == 0 && distance / size < nmemb));
	count(possible);
}

/* A sum that is equal for the same elements in any order, and for others only by chance. */
static uint64_t sum_of(const unsigned char *elements, size_t nmemb, size_t size)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < nmemb; i++) {
		uint64_t hash = 1;
		for (size_t j = 0; j < size; j++)
			hash = (hash ^ elements[i * size + j]) * UINT64_C(0x9e3779b97f4a7c15) ^ hash >> 29;
		sum += hash;
	}
	return sum;
}

static void fuzz_shuffle(struct input *in)
{
	size_t size = take_size(in, 16);
	struct array a = take_array(in, OUT, size == 0 ? 1 : size);
	int expected = array_status(a);
	if (a.count > 0 && size == 0)
		expected = SECRETS_EINVAL;
	uint64_t before = a.data == NULL || a.total > ROOM ? 0 : sum_of(a.slot.data, a.count, size);
	int done = STATUS(expected, secrets_shuffle(a.data, a.count, size));
	CHECK(slot_kept(a.slot, done ? a.total : 0));
	CHECK(!done || a.data == NULL || sum_of(a.slot.data, a.count, size) == before);
}

static void fuzz_sample(struct input *in)
{
	struct array out = take_array(in, OUT, sizeof(size_t));
	size_t population = take_size(in, out.count), *indices = (size_t *)out.data;
	int expected = out.count > population ? SECRETS_EINVAL : array_status(out);
	int done = STATUS(expected, secrets_sample(population, out.count, indices));
	CHECK(slot_kept(out.slot, done ? out.total : 0));
	CHECK(!done || out.count == 0 || distinct_below(indices, out.count, population));
}

/* ---- Passwords -------------------------------------------------------- */

/* If there are more than CLASSES classes, only one more exists: the library need not read it. */
static struct policy take_policy(struct input *in)
{
	static struct texts texts;
	struct policy p;
	secrets_class *classes;
	size_t starts[CLASSES + 1], listed;
	int front, there;
	texts.used = 0;
	p.length = take_size(in, COUNTED);
	p.nclasses = take_count(in, CLASSES);
	there = take_place(in, &front);
	listed = p.nclasses > CLASSES ? CLASSES + 1 : p.nclasses;
	struct slot slot = slot_new(FIRST, listed * sizeof *classes, front);
	classes = (secrets_class *)(void *)slot.data;
	for (size_t i = 0; i < listed; i++) {
		starts[i] = take_string(in, &texts);
		classes[i].min = take_size(in, p.length);
	}
	struct slot strings = texts_write(&texts, SECOND);
	for (size_t i = 0; i < listed; i++)
		classes[i].characters = text_at(strings, starts[i]);
	protect(FIRST, PROT_READ);
	p.classes = there ? classes : NULL;
	return p;
}

/* Only counting takes time: long passwords are tested elsewhere. */
static struct demand policy_shorten(struct policy *p)
{
	struct demand d = policy_demand(*p);
	if (d.counted && p->length > 100 && p->length <= COUNTED) {
		p->length %= 101;
		d = policy_demand(*p);
	}
	return d;
}

/* The result may use the buffer up to its size, but only for the password and zeros. */
static void check_password_slot(struct slot s, size_t size)
{
	size_t front = (size_t)(s.data - s.room);
	for (size_t i = strlen((const char *)s.data) + 1; i < size; i++)
		CHECK(s.data[i] == 0 || s.data[i] == pattern[front + i]);
	CHECK(slot_kept(s, size));
}

static void fuzz_password(struct input *in)
{
	struct policy p = take_policy(in);
	struct demand d = policy_shorten(&p);
	struct output out = take_output(in, d.valid ? d.size : 0);
	int expected = d.valid ? output_status(out, d.size) : SECRETS_EINVAL;
	if (STATUS(expected, secrets_password(out.data, out.told, p.length, p.classes, p.nclasses))) {
		CHECK(memchr(out.data, 0, d.size) != NULL);
		check_password(out.data, p);
		check_password_slot(out.slot, d.size);
	} else {
		CHECK(slot_kept(out.slot, 0));
	}
}

static void fuzz_password_size(struct input *in)
{
	struct policy p = take_policy(in);
	struct demand d = policy_shorten(&p);
	size_t size;
	ANSWER(size, secrets_password_size(p.length, p.classes, p.nclasses));
	CHECK(size == (d.valid && d.size <= PTRDIFF_MAX ? d.size : 0));
	count(size != 0);
}

/* At most the entropy without minimums, and equal to it if they have no effect. */
static void fuzz_password_entropy(struct input *in)
{
	struct policy p = take_policy(in);
	struct demand d = policy_shorten(&p);
	double entropy, most = p.length == 0 ? 0 : (double)p.length * log2((double)d.characters);
	double error = 1e-9 + most * 1e-14;
	int possible = d.valid && d.size <= PTRDIFF_MAX;
	ANSWER(entropy, secrets_password_entropy(p.length, p.classes, p.nclasses));
	CHECK(isnan(entropy) ? !possible : possible);
	CHECK(!possible || (entropy >= 0 && entropy <= most + error));
	CHECK(!possible || d.counted || entropy >= most - error);
	count(possible);
}

/* A number of eighths of bits, or any double. */
static double take_bits(struct input *in)
{
	double bits;
	if (take_byte(in) % 2 == 0)
		return (double)take_size(in, 512) / 8;
	uint64_t number = take_number(in, 8);
	memcpy(&bits, &number, sizeof bits);
	return bits;
}

static int bits_valid(double bits)
{
	return bits >= 0 && bits <= 1e9;
}

/* The sum of the minimums that the library may read. */
static size_t policy_least(struct policy p)
{
	size_t sum = 0;
	for (size_t i = 0; p.classes != NULL && i < p.nclasses && p.nclasses <= CLASSES; i++)
		sum = plus(sum, p.classes[i].min);
	return sum;
}

static int has_bits(struct policy p, size_t length, double bits)
{
	return secrets_password_entropy(length, p.classes, p.nclasses) >= bits;
}

/* The bits that are asked for are few where counting takes time. */
static void fuzz_password_length(struct input *in)
{
	struct policy p = take_policy(in);
	double bits = take_bits(in);
	size_t least = p.length = policy_least(p), length;
	struct demand d = policy_demand(p);
	if (d.counted && bits_valid(bits))
		bits = fmod(bits, 100);
	int valid = d.valid && d.size <= PTRDIFF_MAX && bits_valid(bits);
	ANSWER(length, secrets_password_length(bits, p.classes, p.nclasses));
	count(length != 0);
	if (!valid || bits == 0)
		CHECK(length == (valid ? least : 0));
	else if (length == 0)
		CHECK(d.characters <= 1 || (d.counted && !has_bits(p, COUNTED, bits)));
	else
		CHECK(has_bits(p, length, bits) && (length == least || !has_bits(p, length - 1, bits)));
}

/* ---- Passphrases ------------------------------------------------------ */

#define WORDS 28

static struct phrase take_phrase(struct input *in)
{
	static struct texts texts;
	struct phrase p;
	size_t starts[WORDS + 4], separator, listed;
	int front, there;
	texts.used = 0;
	p.nwords = take_size(in, 6);
	separator = take_string(in, &texts);
	p.listed = take_count(in, WORDS);
	there = take_place(in, &front);
	if (times(p.listed, sizeof *p.words) < IMPOSSIBLE)
		p.listed %= WORDS + 4;
	listed = p.listed < WORDS + 4 ? p.listed : 0;
	for (size_t i = 0; i < listed; i++)
		starts[i] = take_string(in, &texts);
	struct slot slot = slot_new(FIRST, listed * sizeof *p.words, front);
	struct slot strings = texts_write(&texts, SECOND);
	const char **words = (const char **)(void *)slot.data;
	for (size_t i = 0; i < listed; i++)
		words[i] = text_at(strings, starts[i]);
	protect(FIRST, PROT_READ);
	p.separator = text_at(strings, separator);
	p.words = there ? words : NULL;
	return p;
}

static void fuzz_passphrase(struct input *in)
{
	struct phrase p = take_phrase(in);
	int valid = phrase_valid(p);
	size_t size = valid ? phrase_size(p) : 0;
	struct output out = take_output(in, size);
	int expected = valid ? output_status(out, size) : SECRETS_EINVAL;
	if (STATUS(expected,
			secrets_passphrase(out.data, out.told, p.nwords, p.separator, p.words, p.listed))) {
		CHECK(memchr(out.data, 0, size) != NULL);
		check_phrase(out.data, p);
		CHECK(slot_kept(out.slot, strlen(out.data) + 1));
	} else {
		CHECK(slot_kept(out.slot, 0));
	}
}

static void fuzz_passphrase_size(struct input *in)
{
	struct phrase p = take_phrase(in);
	size_t size, need = phrase_valid(p) ? phrase_size(p) : SIZE_MAX;
	ANSWER(size, secrets_passphrase_size(p.nwords, p.separator, p.words, p.listed));
	CHECK(size == (need == SIZE_MAX ? 0 : need));
	count(size != 0);
}

static void fuzz_passphrase_entropy(struct input *in)
{
	size_t nwords = take_size(in, 6), listed = take_size(in, 7776);
	double entropy, want = (double)nwords * log2(listed == 0 ? 7776 : (double)listed);
	ANSWER(entropy, secrets_passphrase_entropy(nwords, listed));
	CHECK(entropy >= 0 && fabs(entropy - want) <= want * 1e-12);
	count(1);
}

static void fuzz_passphrase_words(struct input *in)
{
	double bits = take_bits(in);
	size_t listed = take_size(in, 7776), words;
	ANSWER(words, secrets_passphrase_words(bits, listed));
	count(words != 0);
	if (listed == 1 || !bits_valid(bits))
		CHECK(words == 0);
	else
		CHECK(secrets_passphrase_entropy(words, listed) >= bits &&
			(words == 0 || secrets_passphrase_entropy(words - 1, listed) < bits));
}

/* ---- API keys --------------------------------------------------------- */

static const char *take_prefix(struct input *in)
{
	static struct texts texts;
	texts.used = 0;
	size_t start = take_string(in, &texts);
	return text_at(texts_write(&texts, FIRST), start);
}

/* Returns the size of a key with that prefix, before it is rounded up. Its error is a factor of
   at most 1e-12. */
static double key_size(const char *prefix, size_t nbytes)
{
	return ceil(key_digits(nbytes)) + (double)(strlen(prefix) + 1 + CHECKSUM + 1);
}

/* A size between ROOM and the impossible is made smaller. */
static void fuzz_apikey(struct input *in)
{
	const char *prefix = take_prefix(in);
	int valid = prefix != NULL && prefix_valid(prefix, strlen(prefix));
	size_t nbytes = take_size(in, SECRETS_DEFAULT_ENTROPY), size = 0;
	if (key_digits(nbytes) < 1.001 * (double)PTRDIFF_MAX)
		nbytes %= ROOM;
	if (valid)
		size = nbytes < ROOM ? (size_t)key_size(prefix, nbytes) : SIZE_MAX;
	struct output out = take_output(in, size);
	int expected = valid ? output_status(out, size) : SECRETS_EINVAL;
	if (STATUS(expected, secrets_apikey(out.data, out.told, prefix, nbytes))) {
		CHECK(out.data[size - 1] == '\0' && key_valid(out.data, size - 1));
		CHECK(strncmp(out.data, prefix, strlen(prefix)) == 0);
		CHECK(strrchr(out.data, '_') == out.data + strlen(prefix));
		CHECK(slot_kept(out.slot, size));
	} else {
		CHECK(slot_kept(out.slot, 0));
	}
}

static void fuzz_apikey_size(struct input *in)
{
	const char *prefix = take_prefix(in);
	int valid = prefix != NULL && prefix_valid(prefix, strlen(prefix));
	size_t nbytes = take_size(in, PTRDIFF_MAX / 4 * 3), size;
	double want = valid ? key_size(prefix, nbytes) : 0;
	ANSWER(size, secrets_apikey_size(prefix, nbytes));
	if (size == 0)
		CHECK(!valid || want > (double)PTRDIFF_MAX * (1 - 1e-12));
	else if (nbytes < 1 << 20)
		CHECK((double)size == want);
	else
		CHECK(valid && fabs((double)size - want) <= want * 1e-12);
	count(size != 0);
}

/* A key that the library has made, with changes: some bytes, or another end. */
static size_t take_key(struct input *in, char *key, size_t room)
{
	static const char *const prefixes[] = { "a", "my_shop", "A_",
		"key_for_32_bytes_and_not_for_33_" };
	const char *prefix = prefixes[take_byte(in) % 4];
	size_t nbytes = take_byte(in), size = secrets_apikey_size(prefix, nbytes);
	memset(key, 0, room);
	CHECK(size <= room && secrets_apikey(key, room, prefix, nbytes) == SECRETS_OK);
	for (unsigned edits = take_byte(in) % 4; edits > 0; edits--) {
		unsigned place = take_byte(in);
		key[place < size ? place : size - 2] ^= (char)take_byte(in);
	}
	size = size - 1 + take_offset(in) % 4 - take_offset(in) % 4;
	return size < room ? size : room;
}

static void fuzz_apikey_valid(struct input *in)
{
	static char made[ROOM];
	int is_made = take_byte(in) & 1, valid;
	struct array key = take_array(in, FIRST, 1);
	if (is_made) {
		key.count = take_key(in, made, sizeof made);
		key.slot = slot_new(FIRST, key.count, 0);
		key.data = key.slot.data;
		memcpy(key.data, made, key.count);
		protect(FIRST, PROT_READ);
	} else {
		array_write(&key, in);
	}
	int there = key.data != NULL && key.count < IMPOSSIBLE;
	ANSWER(valid, secrets_apikey_valid((const char *)key.data, key.count));
	CHECK(valid == (there && key_valid((const char *)key.data, key.count)));
	count(valid);
}

/* ---- Comparing and wiping --------------------------------------------- */

/* Two independent inputs, or the second with the contents of the first and a change. */
static void fuzz_compare_digest(struct input *in)
{
	unsigned alike = take_byte(in), place = take_byte(in), change = take_byte(in);
	struct array a = take_array(in, FIRST, 1), b = take_array(in, SECOND, 1);
	array_write(&a, in);
	if (alike & 1) {
		b.count = a.count;
		b.total = a.total;
		b.slot = slot_new(SECOND, a.slot.size, alike >> 1 & 1);
		b.data = a.data == NULL ? NULL : b.slot.data;
		memcpy(b.slot.data, a.slot.data, a.slot.size);
		if (place < b.slot.size)
			b.slot.data[place] ^= (unsigned char)change;
		protect(SECOND, PROT_READ);
	} else {
		array_write(&b, in);
	}
	int equal, want = 0;
	if (array_status(a) == SECRETS_OK && array_status(b) == SECRETS_OK && a.count == b.count)
		want = memcmp(a.slot.data, b.slot.data, a.count) == 0;
	ANSWER(equal, secrets_compare_digest(a.data, a.count, b.data, b.count));
	CHECK(equal == want);
	count(equal);
}

static void fuzz_wipe(struct input *in)
{
	struct array a = take_array(in, OUT, 1);
	if (a.data != NULL && a.total > ROOM)
		return; /* only the caller can ensure this */
	errno = CHECK_ERRNO;
	secrets_wipe(a.data, a.count);
	CHECK(errno == CHECK_ERRNO);
	CHECK(slot_kept(a.slot, a.data == NULL ? 0 : a.count));
	CHECK(a.data == NULL || zeros(a.slot.data, a.count));
	count(a.data != NULL);
}

/* ---- Calls ------------------------------------------------------------ */

/* The braces are no function's. */
/* clang-format off */
#define CALL(name) { "secrets_" #name, fuzz_##name, { 0, 0 } }
/* clang-format on */

static struct call {
	const char *name;
	void (*run)(struct input *in);
	struct tally tally;
} calls[64] = { CALL(strerror), CALL(token_hex_size), CALL(token_urlsafe_size), CALL(token_bytes),
	CALL(token_hex), CALL(token_urlsafe), CALL(token_hex_batch), CALL(token_urlsafe_batch),
	CALL(randbelow), CALL(randbits), CALL(randrange), CALL(random), CALL(randbelow_batch),
	CALL(random_batch), CALL(randbelow_big), CALL(randbits_big), CALL(choice), CALL(shuffle),
	CALL(sample), CALL(password), CALL(password_size), CALL(password_entropy), CALL(passphrase),
	CALL(passphrase_size), CALL(passphrase_entropy), CALL(apikey), CALL(apikey_size),
	CALL(apikey_valid), CALL(compare_digest), CALL(wipe), CALL(randbelow_big_overlap),
	CALL(password_length), CALL(passphrase_words) };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int mapped;
	struct input in = { data, size };
	unsigned index = take_byte(&in) % 32;
	if (index == 31)
		index += take_byte(&in) % 32;
	struct call *call = &calls[index];
	if (!mapped)
		areas_map();
	mapped = 1;
	tally = &call->tally;
	if (call->run != NULL)
		call->run(&in);
	return 0;
}

#ifdef REPLAY

static void replay(const char *path)
{
	static uint8_t bytes[1 << 16];
	FILE *file = fopen(path, "rb");
	CHECK(file != NULL);
	size_t size = fread(bytes, 1, sizeof bytes, file);
	CHECK(!ferror(file) && fclose(file) == 0);
	LLVMFuzzerTestOneInput(bytes, size);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	for (size_t i = 0; i < COUNT(calls); i++)
		if (calls[i].name != NULL)
			printf("%s %lu %lu\n", calls[i].name, calls[i].tally.done, calls[i].tally.refused);
	return 0;
}

#endif
