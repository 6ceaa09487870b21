/* SPDX-License-Identifier: MIT */
/*
 * What every function asks the operating system for, and what it makes of the answer: each case
 * states it, byte for byte. Nothing else may be asked for: at load, between calls or at exit.
 */
#define _GNU_SOURCE
#include "stand_in.h"

#include "recipes.h"
#include "run.h"
#include "token_format.h"

static void same_bytes(const void *out, uint64_t at, size_t size)
{
	const unsigned char *bytes = out;
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == served(at + i))
			continue;
		fprintf(stderr, "source: byte %zu of %zu is not the one that was given\n", i, size);
		exit(1);
	}
}

/* The bytes that a start asks for: by them the library knows that there is randomness, and the Go
   runtime seeds its maps and its scheduler. Every case shows that no result is made of them, as
   all results are made of bytes that are asked for later. */
#define SEED 16

static void probe(void)
{
	asked_nothing();
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(NULL, 0));
	asked(SEED);
	asked_nothing();
}

static void draw(size_t size)
{
	unsigned char *out = malloc(size + 1);
	out[size] = 42;
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, size));
	if (size > 0)
		same_bytes(out, asked(size), size);
	asked_nothing();
	CHECK(out[size] == 42);
	free(out);
}

/* ---- Models of the results -------------------------------------------- */

/* Returns the word of size bytes at that place of the stream. */
static uint64_t word(uint64_t at, size_t size)
{
	unsigned char bytes[8] = { 0 };
	uint16_t two;
	uint32_t four;
	uint64_t eight;
	for (size_t i = 0; i < size; i++)
		bytes[i] = served(at + i);
	memcpy(&two, bytes, 2);
	memcpy(&four, bytes, 4);
	memcpy(&eight, bytes, 8);
	return size == 2 ? two : size == 4 ? four : eight;
}

/* Lemire's method, with the remainder computed every time; 0 if the word is rejected. */
static int scaled(uint64_t at, size_t size, uint64_t bound, uint64_t *value)
{
	__extension__ typedef unsigned __int128 wide;
	wide range = (wide)1 << (8 * size);
	wide product = (wide)word(at, size) * bound;
	*value = (uint64_t)(product / range);
	return product % range >= range % bound;
}

/* Returns a number below bound from draws of 8 bytes. */
static uint64_t one_below(uint64_t bound)
{
	uint64_t value;
	while (!scaled(asked(8), 8, bound, &value))
		;
	return value;
}

static size_t word_size(uint64_t bound)
{
	return bound <= 1 << 10 ? 2 : bound <= 1 << 26 ? 4 : 8;
}

/* Bytes drawn ahead within one call: words for as many values as are needed, but at most 512
   bytes. */
struct ahead {
	uint64_t at;
	size_t left;
};

static uint64_t ahead_below(struct ahead *ahead, uint64_t bound, size_t values)
{
	uint64_t value;
	size_t size = word_size(bound);
	int taken;
	do {
		if (ahead->left < size) {
			ahead->left = size * (values < 512 / size ? values : 512 / size);
			ahead->at = asked(ahead->left);
		}
		taken = scaled(ahead->at, size, bound, &value);
		ahead->at += size;
		ahead->left -= size;
	} while (!taken);
	return value;
}

static void shuffle_model(size_t *items, size_t count)
{
	struct ahead ahead = { 0, 0 };
	for (size_t i = count; i-- > 1;) {
		size_t j = ahead_below(&ahead, i + 1, i), kept = items[i];
		items[i] = items[j];
		items[j] = kept;
	}
}

static void hex_model(char *out, uint64_t at, size_t nbytes)
{
	for (size_t i = 0; i < nbytes; i++)
		sprintf(out + 2 * i, "%02x", served(at + i));
	out[2 * nbytes] = '\0';
}

static void urlsafe_model(char *out, uint64_t at, size_t nbytes)
{
	static const char digits[] = URLSAFE_ALPHABET;
	for (size_t bit = 0; bit < 8 * nbytes; bit += 6) {
		unsigned pair = (unsigned)served(at + bit / 8) << 8;
		if (bit / 8 + 1 < nbytes)
			pair |= served(at + bit / 8 + 1);
		*out++ = digits[pair >> (10 - bit % 8) & 63];
	}
	*out = '\0';
}

/* ---- Cases: what asks for nothing ------------------------------------- */

static void no_engine_asks_for_nothing(void)
{
	char buffer[4] = "abc";
	CHECK(secrets_version() != NULL && secrets_strerror(SECRETS_ESTART) != NULL);
	CHECK(secrets_token_hex_size(32) == 65 && secrets_token_urlsafe_size(32) == 44);
	secrets_wipe(buffer, sizeof buffer);
	CHECK(secrets_choice(NULL, 1, 1) == NULL);
	usleep(300 * 1000); /* for what threads of the runtime might do by themselves */
	asked_nothing();
}

static void no_draw_asks_for_nothing(void)
{
	const secrets_class classes[] = { { SECRETS_LOWERCASE, 2 }, { SECRETS_DIGITS, 2 } };
	probe();
	/* The runtime opens files when it starts, so opening them is noticed. */
	CHECK(shared->opens != 0);
	CHECK(secrets_compare_digest("abc", 3, "abc", 3) == 1 &&
		secrets_compare_digest("abc", 3, "abd", 3) == 0);
	CHECK(secrets_password_size(10, classes, 2) == 11 &&
		secrets_password_entropy(10, classes, 2) > 40 &&
		secrets_password_length(40, classes, 2) == 8);
	CHECK(secrets_passphrase_size(6, NULL, NULL, 0) == 60 &&
		secrets_passphrase_entropy(6, 0) > 77 && secrets_passphrase_words(77, 0) == 6);
	CHECK(secrets_apikey_size("key", 32) == 54 && secrets_apikey_valid("key_0", 5) == 0);
	usleep(300 * 1000);
	asked_nothing();
}

/* The first call starts the library, whichever it is, and no other call asks for a seed again. */
static void a_comparison_first_asks_for_the_seed(void)
{
	CHECK(secrets_compare_digest("abc", 3, "abc", 3) == 1);
	asked(SEED);
	CHECK(secrets_compare_digest("abc", 3, "abd", 3) == 0);
	draw(32);
}

static void empty_results_ask_for_nothing(void)
{
	char text[64];
	probe();
	CHECK_STATUS(SECRETS_OK, secrets_token_hex(text, sizeof text, 0));
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe(text, sizeof text, 0));
	CHECK_STATUS(SECRETS_OK, secrets_token_hex_batch(text, sizeof text, 16, 0));
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe_batch(text, sizeof text, 0, 5));
	CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(10, NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_random_batch(NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(0, NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_shuffle(text, 1, 1));
	CHECK_STATUS(SECRETS_OK, secrets_sample(10, 0, NULL));
	CHECK_STATUS(SECRETS_OK, secrets_password(text, sizeof text, 0, NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(text, sizeof text, 0, NULL, NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_apikey(text, sizeof text, "key", 0));
	asked_nothing();
}

static void refused_texts_ask_for_nothing(void)
{
	char text[20];
	const char *const twice[] = { "one", "one" };
	const secrets_class bad = { "aa", 0 };
	probe();
	CHECK_STATUS(SECRETS_EINVAL, secrets_token_bytes(NULL, 32));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_bytes(text, SIZE_MAX));
	CHECK_STATUS(SECRETS_EINVAL, secrets_token_hex(NULL, 65, 32));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_hex(text, sizeof text, 32));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_urlsafe(text, sizeof text, 32));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_hex_batch(text, sizeof text, 9, 2));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_urlsafe_batch(text, sizeof text, 9, SIZE_MAX));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(text, sizeof text, 10, &bad, 1));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_password(text, sizeof text, 20, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(text, sizeof text, 2, NULL, twice, 2));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_passphrase(text, sizeof text, 6, NULL, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(text, sizeof text, "1", 4));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_apikey(text, sizeof text, "key", 32));
	asked_nothing();
}

static void refused_numbers_ask_for_nothing(void)
{
	uint64_t out;
	int64_t in_range;
	size_t indices[4];
	const uint8_t zero[4] = { 0 };
	uint8_t big[4];
	probe();
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(0, &out));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(10, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbits(65, &out));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randrange(3, 3, &in_range));
	CHECK_STATUS(SECRETS_EINVAL, secrets_random(NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_batch(0, &out, 1));
	CHECK_STATUS(SECRETS_EINVAL, secrets_random_batch(NULL, 1));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(zero, sizeof zero, big));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_randbits_big(33, big, sizeof big));
	CHECK_STATUS(SECRETS_EINVAL, secrets_sample(3, 4, indices));
	CHECK_STATUS(SECRETS_EINVAL, secrets_shuffle(indices, 4, 0));
	CHECK(secrets_choice(indices, 0, 1) == NULL);
	asked_nothing();
}

/* ---- Cases: tokens ---------------------------------------------------- */

static const size_t sizes[] = { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 96, 255,
	256, 257, 511, 513, 4096, 100000 };

static void token_bytes_are_those_given(void)
{
	probe();
	for (size_t i = 0; i < COUNT(sizes); i++)
		draw(sizes[i]);
	for (int i = 0; i < 1000; i++)
		draw(SECRETS_DEFAULT_ENTROPY);
}

static void token_text_spells_those_given(void)
{
	static char out[200001], expected[200001];
	probe();
	for (size_t i = 0; i < COUNT(sizes); i++) {
		CHECK_STATUS(SECRETS_OK, secrets_token_hex(out, sizeof out, sizes[i]));
		hex_model(expected, asked(sizes[i]), sizes[i]);
		CHECK(strcmp(out, expected) == 0);
		CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe(out, sizeof out, sizes[i]));
		urlsafe_model(expected, asked(sizes[i]), sizes[i]);
		CHECK(strcmp(out, expected) == 0);
		asked_nothing();
	}
}

/* A batch asks for all its bytes at once. */
static void token_batches_spell_those_given(void)
{
	static char out[7 * 201], expected[201];
	probe();
	for (size_t n = 1; n <= 100; n++) {
		CHECK_STATUS(SECRETS_OK, secrets_token_hex_batch(out, sizeof out, n, 7));
		uint64_t at = asked(7 * n);
		for (size_t i = 0; i < 7; i++) {
			hex_model(expected, at + i * n, n);
			CHECK(strcmp(out + i * SECRETS_TOKEN_HEX_SIZE(n), expected) == 0);
		}
		CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe_batch(out, sizeof out, n, 7));
		at = asked(7 * n);
		for (size_t i = 0; i < 7; i++) {
			urlsafe_model(expected, at + i * n, n);
			CHECK(strcmp(out + i * SECRETS_TOKEN_URLSAFE_SIZE(n), expected) == 0);
		}
		asked_nothing();
	}
}

/* The kernel may return fewer bytes than it was asked for: then the rest is asked for. */
static void short_answers_are_asked_on(void)
{
	unsigned char out[32];
	probe();
	shared->most = 10; /* bytes per answer */
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, sizeof out));
	uint64_t at = asked(32);
	asked(22);
	asked(12);
	asked(2);
	asked_nothing();
	same_bytes(out, at, sizeof out);
}

/* ---- Cases: numbers --------------------------------------------------- */

/* The last but one rejects half of all words. */
static const uint64_t bounds[] = { 1, 2, 10, 1000, 1024, 1025, 100000, 1 << 26, (1 << 26) + 1,
	UINT64_C(1) << 40, (UINT64_C(1) << 63) + 1, UINT64_MAX };

static void numbers_are_made_of_8_bytes(void)
{
	uint64_t out;
	int64_t in_range;
	double number;
	static const char base[100];
	probe();
	for (unsigned bits = 1; bits <= 64; bits++) {
		CHECK_STATUS(SECRETS_OK, secrets_randbits(bits, &out));
		CHECK(out == word(asked(8), 8) >> (64 - bits));
	}
	CHECK_STATUS(SECRETS_OK, secrets_randbits(0, &out));
	asked(8);
	CHECK(out == 0);
	for (size_t i = 0; i < 20 * COUNT(bounds); i++) {
		uint64_t bound = bounds[i % COUNT(bounds)];
		CHECK_STATUS(SECRETS_OK, secrets_randbelow(bound, &out));
		CHECK(out == one_below(bound));
	}
	CHECK_STATUS(SECRETS_OK, secrets_randrange(-50, 50, &in_range));
	CHECK(in_range == (int64_t)one_below(100) - 50);
	CHECK_STATUS(SECRETS_OK, secrets_random(&number));
	CHECK(number == (double)(word(asked(8), 8) >> 11) / 9007199254740992.0);
	CHECK((const char *)secrets_choice(base, 100, 1) == base + one_below(100));
	asked_nothing();
}

/* Words of 2, 4 or 8 bytes for all values at once, and again for those that were rejected. */
static void batches_of_numbers_are_made_of_words(void)
{
	uint64_t out[50], value;
	double numbers[50];
	probe();
	for (size_t b = 0; b < COUNT(bounds); b++) {
		size_t size = word_size(bounds[b]), done = 0;
		CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(bounds[b], out, COUNT(out)));
		while (done < COUNT(out)) {
			size_t missing = COUNT(out) - done;
			uint64_t at = asked(size * missing);
			for (size_t i = 0; i < missing; i++)
				if (scaled(at + i * size, size, bounds[b], &value))
					CHECK(out[done++] == value);
		}
		asked_nothing();
	}
	CHECK_STATUS(SECRETS_OK, secrets_random_batch(numbers, COUNT(numbers)));
	uint64_t at = asked(sizeof numbers);
	for (size_t i = 0; i < COUNT(numbers); i++)
		CHECK(numbers[i] == (double)(word(at + 8 * i, 8) >> 11) / 9007199254740992.0);
	asked_nothing();
}

/* As many bytes as the bound has without its leading zeros, without the bits beyond the bound's
   own, until they are below it. */
static void big_numbers_are_made_of_their_bytes(void)
{
	const uint8_t bound[] = { 0, 0x11, 0x80, 0x01 };
	uint8_t out[4], expected[4] = { 0 };
	probe();
	for (int i = 0; i < 50; i++) {
		CHECK_STATUS(SECRETS_OK, secrets_randbelow_big(bound, sizeof bound, out));
		do {
			uint64_t at = asked(3);
			for (size_t b = 0; b < 3; b++)
				expected[1 + b] = served(at + b);
			expected[1] >>= 3;
		} while (memcmp(expected, bound, sizeof bound) >= 0);
		CHECK(memcmp(out, expected, sizeof out) == 0);
	}
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(20, out, sizeof out));
	uint64_t at = asked(3);
	CHECK(out[0] == 0 && out[1] == served(at) >> 4);
	same_bytes(out + 2, at + 1, 2);
	asked_nothing();
}

/* ---- Cases: sequences and strings ------------------------------------- */

static void shuffles_draw_ahead(void)
{
	static size_t items[3000], expected[3000];
	probe();
	for (size_t count = 2; count <= COUNT(items); count += count < 40 ? 1 : 740) {
		for (size_t i = 0; i < count; i++)
			items[i] = expected[i] = i;
		CHECK_STATUS(SECRETS_OK, secrets_shuffle(items, count, sizeof *items));
		shuffle_model(expected, count);
		CHECK(memcmp(items, expected, count * sizeof *items) == 0);
		asked_nothing();
	}
}

/* A large part of the population is selected by a decision for each element, a small one by
   drawing, here from so many that the first draws differ. */
static void samples_draw_what_they_decide_by(void)
{
	size_t out[8], expected[8];
	struct ahead ahead = { 0, 0 };
	probe();
	CHECK_STATUS(SECRETS_OK, secrets_sample(20, 8, out));
	for (size_t next = 0, taken = 0; taken < 8; next++)
		if (20 - next == 8 - taken || ahead_below(&ahead, 20 - next, 20 - next) < 8 - taken)
			expected[taken++] = next;
	shuffle_model(expected, 8);
	CHECK(memcmp(out, expected, sizeof out) == 0);
	asked_nothing();

	CHECK_STATUS(SECRETS_OK, secrets_sample((size_t)1 << 62, 8, out));
	uint64_t at = asked(64);
	for (size_t i = 0, j; i < 8; i++) {
		size_t value = word(at + 8 * i, 8) >> 2;
		for (j = i; j > 0 && expected[j - 1] > value; j--)
			expected[j] = expected[j - 1];
		expected[j] = value;
	}
	shuffle_model(expected, 8);
	CHECK(memcmp(out, expected, sizeof out) == 0);
	asked_nothing();
}

static void passwords_draw_a_word_a_character(void)
{
	static const char letters[] = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS;
	char out[601];
	probe();
	for (size_t length = 1; length < sizeof out; length += length < 20 ? 1 : 97) {
		struct ahead ahead = { 0, 0 };
		CHECK_STATUS(SECRETS_OK, secrets_password(out, sizeof out, length, NULL, 0));
		for (size_t i = 0; i < length; i++)
			CHECK(out[i] == letters[ahead_below(&ahead, 62, length - i)]);
		CHECK(out[length] == '\0');
		asked_nothing();
	}
}

/* How many of 10 characters are letters, 2 to 7, if the rest are digits: one of all such
   passwords is drawn by its number, in as few bits as hold it, until the number is valid. */
static size_t letters_model(void)
{
	uint64_t shares[8], total = 0, share = UINT64_C(45) * 676 * 100000000, way;
	unsigned spare = 64;
	for (size_t n = 2; n <= 7; n++) {
		shares[n] = share;
		total += share;
		share = share / 10 * 26 * (10 - n) / (n + 1);
	}
	for (uint64_t rest = total; rest > 0; rest /= 2)
		spare--;
	do
		way = word(asked(8), 8) >> spare;
	while (way >= total);
	size_t n = 2;
	while (way >= shares[n])
		way -= shares[n++];
	return n;
}

static void passwords_with_minimums_draw_one_of_all_numbers(void)
{
	const secrets_class classes[] = { { SECRETS_LOWERCASE, 2 }, { SECRETS_DIGITS, 3 } };
	size_t class_of[10];
	char out[11];
	probe();
	for (int round = 0; round < 100; round++) {
		struct ahead ahead = { 0, 0 };
		CHECK_STATUS(SECRETS_OK, secrets_password(out, sizeof out, 10, classes, 2));
		size_t letters = letters_model();
		for (size_t i = 0; i < 10; i++)
			class_of[i] = i >= letters;
		shuffle_model(class_of, 10);
		for (size_t i = 0; i < 10; i++) {
			const char *characters = classes[class_of[i]].characters;
			CHECK(out[i] == characters[ahead_below(&ahead, strlen(characters), 10 - i)]);
		}
		asked_nothing();
	}
}

static void passphrases_draw_a_word_a_word(void)
{
	const char *const words[] = { "a", "be", "cad", "deaf", "eager" };
	char out[2000], expected[2000];
	probe();
	for (size_t count = 1; count <= 300; count += 23) {
		struct ahead ahead = { 0, 0 };
		CHECK_STATUS(SECRETS_OK,
			secrets_passphrase(out, sizeof out, count, "-", words, COUNT(words)));
		for (size_t i = 0, n = 0; i < count; i++)
			n += (size_t)sprintf(expected + n, "%s%s", i ? "-" : "",
				words[ahead_below(&ahead, COUNT(words), count - i)]);
		CHECK(strcmp(out, expected) == 0);
		asked_nothing();
	}
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(out, sizeof out, 6, NULL, NULL, 0));
	struct ahead ahead = { 0, 0 };
	for (size_t left = 6; left > 0; left--)
		ahead_below(&ahead, 7776, left);
	asked_nothing();
}

static void api_keys_draw_a_word_a_digit(void)
{
	static const char digits[] = BASE62;
	char out[500];
	probe();
	for (size_t n = 1; n <= 300; n += 13) {
		struct ahead ahead = { 0, 0 };
		CHECK_STATUS(SECRETS_OK, secrets_apikey(out, sizeof out, "key", n));
		size_t body = strlen(out) - strlen("key_") - 6;
		for (size_t i = 0; i < body; i++)
			CHECK(out[4 + i] == digits[ahead_below(&ahead, 62, body - i)]);
		CHECK(secrets_apikey_valid(out, strlen(out)) == 1);
		asked_nothing();
	}
}

/* ---- Cases: threads and processes ------------------------------------- */

/* One start, whichever of the concurrent threads makes it. */
static pthread_barrier_t barrier;

static void *call_at_once(void *argument)
{
	pthread_barrier_wait(&barrier);
	CHECK(secrets_compare_digest("abc", 3, "abc", 3) == 1);
	return argument;
}

static void threads_that_call_first_ask_once(void)
{
	pthread_t threads[8];
	CHECK(pthread_barrier_init(&barrier, NULL, COUNT(threads)) == 0);
	for (size_t i = 0; i < COUNT(threads); i++)
		threads[i] = start_thread(call_at_once, NULL);
	for (size_t i = 0; i < COUNT(threads); i++)
		join_thread(threads[i]);
	asked(SEED);
	draw(32);
}

static void *draw_in_thread(void *argument)
{
	asked_nothing();
	for (int i = 0; i < 10; i++)
		draw(32);
	return argument;
}

static void threads_ask_for_what_they_draw(void)
{
	probe();
	for (int i = 0; i < 10; i++) {
		run_in_thread(draw_in_thread, NULL);
		asked_nothing();
		draw(32);
	}
}

static pid_t fork_child(void)
{
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		alarm(DEADLINE);
	return child;
}

static void wait_for(pid_t child)
{
	check_exit(child);
	asked_nothing();
}

/* Each generation re-initialises the library, which asks for what a start asks for. */
static void descend(int generations)
{
	pid_t child = fork_child();
	if (child == 0) {
		probe();
		draw(32);
		draw(1000);
		if (generations > 1)
			descend(generations - 1);
		draw(32);
		exit(0);
	}
	wait_for(child);
}

static void forked_children_ask_for_what_they_draw(void)
{
	probe();
	draw(32);
	descend(3);
	draw(32);
}

static void a_child_of_a_parent_that_called_nothing_asks_once(void)
{
	descend(2);
	asked_nothing();
	probe();
	draw(32);
}

static void a_child_that_calls_nothing_asks_for_nothing(void)
{
	probe();
	draw(32);
	pid_t child = fork_child();
	if (child == 0)
		exit(0);
	wait_for(child);
}

/* ---- Controls: the cases that have to fail ---------------------------- */

static void ask(void)
{
	unsigned char byte;
	if (syscall(SYS_getrandom, &byte, 1, 0) != 1)
		abort();
}

static void control_asks_at_exit(void)
{
	probe();
	draw(32);
	atexit(ask);
}

static void control_opens_a_device(void)
{
	probe();
	CHECK(open("/dev/urandom", O_RDONLY) >= 0);
	draw(32);
}

static const struct check_case cases[] = {
	CASE(no_engine_asks_for_nothing),
	CASE(no_draw_asks_for_nothing),
	CASE(a_comparison_first_asks_for_the_seed),
	CASE(empty_results_ask_for_nothing),
	CASE(refused_texts_ask_for_nothing),
	CASE(refused_numbers_ask_for_nothing),
	CASE(token_bytes_are_those_given),
	CASE(token_text_spells_those_given),
	CASE(token_batches_spell_those_given),
	CASE(short_answers_are_asked_on),
	CASE(numbers_are_made_of_8_bytes),
	CASE(batches_of_numbers_are_made_of_words),
	CASE(big_numbers_are_made_of_their_bytes),
	CASE(shuffles_draw_ahead),
	CASE(samples_draw_what_they_decide_by),
	CASE(passwords_draw_a_word_a_character),
	CASE(passwords_with_minimums_draw_one_of_all_numbers),
	CASE(passphrases_draw_a_word_a_word),
	CASE(api_keys_draw_a_word_a_digit),
	CASE(threads_that_call_first_ask_once),
	CASE(threads_ask_for_what_they_draw),
	CASE(forked_children_ask_for_what_they_draw),
	CASE(a_child_of_a_parent_that_called_nothing_asks_once),
	CASE(a_child_that_calls_nothing_asks_for_nothing),
	CASE(control_asks_at_exit),
	CASE(control_opens_a_device),
};

CHECK_MAIN(cases)
