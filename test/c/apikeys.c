/* SPDX-License-Identifier: MIT */
/* The section "API keys" of secrets.h. */
#include "recipes.h"

#define SIZES 301 /* 0 to 300 bytes */

static const char *const prefixes[] = { "a", "Z", "my_shop", "Z9__", "a_", "A0", "x_y_z",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

/* ---- The format, by hand ---------------------------------------------- */

/* Appends the checksum of the size bytes at text. */
static void append_checksum(char *text, size_t size)
{
	write_checksum(text + size, text, size);
}

/* By number of bytes: the least number of digits k with 62^k >= 256^nbytes, from powers of 62
   written out in bytes, the least significant first. */
static size_t body_digits[SIZES];

static void multiply(unsigned char *number, size_t size, unsigned factor)
{
	unsigned carry = 0;
	for (size_t i = 0; i < size; i++) {
		carry += number[i] * factor;
		number[i] = carry & 0xff;
		carry >>= 8;
	}
	CHECK(carry == 0);
}

static int less_than_power(const unsigned char *number, size_t size, size_t nbytes)
{
	while (size > nbytes)
		if (number[--size] != 0)
			return 0;
	return 1;
}

static void count_digits(void)
{
	unsigned char number[SIZES + 2] = { 1 };
	size_t digits = 0;
	for (size_t nbytes = 0; nbytes < SIZES; nbytes++) {
		while (less_than_power(number, sizeof number, nbytes)) {
			multiply(number, sizeof number, 62);
			digits++;
		}
		body_digits[nbytes] = digits;
	}
	CHECK(body_digits[0] == 0 && body_digits[1] == 2 && body_digits[16] == 22 &&
		body_digits[32] == 43);
}

static size_t expected_size(const char *prefix, size_t nbytes)
{
	if (body_digits[1] == 0)
		count_digits();
	return strlen(prefix) + 1 + body_digits[nbytes] + CHECKSUM + 1;
}

/* valid calls secrets_apikey_valid with a guard page directly behind the key. */
static int valid(const char *key, size_t size)
{
	struct guarded g = guarded_new(size);
	memcpy(g.data, key, size);
	errno = CHECK_ERRNO;
	int answer = secrets_apikey_valid((const char *)g.data, size);
	CHECK(errno == CHECK_ERRNO);
	CHECK(memcmp(g.data, key, size) == 0);
	guarded_free(g);
	return answer;
}

/* ---- What a key has to be --------------------------------------------- */

static void check_key(const char *key, size_t size, const char *prefix)
{
	size_t length = strlen(prefix);
	CHECK(strlen(key) == size - 1);
	CHECK(memcmp(key, prefix, length) == 0 && key[length] == '_');
	CHECK(strspn(key + length + 1, BASE62) == size - 1 - length - 1);
	CHECK(key_valid(key, size - 1));
	CHECK(valid(key, size - 1) == 1);
}

/* One call with a buffer of room bytes, whose size it passes as out_size. */
static void check_call(size_t room, size_t out_size, const char *prefix, size_t nbytes)
{
	struct guarded g = guarded_new(room);
	size_t size = expected_size(prefix, nbytes);
	CHECK_STATUS(SECRETS_OK, secrets_apikey((char *)g.data, out_size, prefix, nbytes));
	if (size <= 256)
		check_key((const char *)g.data, size, prefix);
	CHECK(strlen((const char *)g.data) == size - 1);
	CHECK(guarded_kept(g, size));
	guarded_free(g);
}

static void check_no_space(size_t room, size_t out_size, const char *prefix, size_t nbytes)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_apikey((char *)g.data, out_size, prefix, nbytes));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void for_all(void (*rule)(const char *prefix, size_t nbytes), size_t most)
{
	for (size_t i = 0; i < COUNT(prefixes); i++)
		for (size_t nbytes = 0; nbytes <= most; nbytes++)
			rule(prefixes[i], nbytes);
}

static void check_size(const char *prefix, size_t nbytes)
{
	errno = CHECK_ERRNO;
	CHECK(secrets_apikey_size(prefix, nbytes) == expected_size(prefix, nbytes));
	CHECK(errno == CHECK_ERRNO);
}

static void sizes(void)
{
	for_all(check_size, SIZES - 1);
}

/* log2(62) = 5.9541963103868752. These numbers of digits are too large for body_digits. */
static void sizes_of_every_magnitude(void)
{
	for (unsigned bit = 8; bit < 40; bit++)
		for (size_t nbytes = ((size_t)1 << bit) - 2; nbytes <= ((size_t)1 << bit) + 2; nbytes++) {
			long double digits = 8 * (long double)nbytes / 5.95419631038687523445L;
			long double more = (long double)(secrets_apikey_size("a", nbytes) - 9) - digits;
			CHECK(-0.001L < more && more < 1.001L);
		}
}

static void check_exact(const char *prefix, size_t nbytes)
{
	check_call(expected_size(prefix, nbytes), expected_size(prefix, nbytes), prefix, nbytes);
}

static void exact_buffer(void)
{
	for_all(check_exact, 130);
	check_exact("a", SIZES - 1);
}

static void check_larger(const char *prefix, size_t nbytes)
{
	for (size_t more = 1; more < 9; more++)
		check_call(expected_size(prefix, nbytes) + more, expected_size(prefix, nbytes) + more,
			prefix, nbytes);
}

static void larger_buffer(void)
{
	for_all(check_larger, 17);
}

/* Sizes that no object has, which callers pass for "enough". */
static void check_enough(const char *prefix, size_t nbytes)
{
	check_call(expected_size(prefix, nbytes), SIZE_MAX, prefix, nbytes);
	check_call(expected_size(prefix, nbytes), SIZE_MAX / 2 + 1, prefix, nbytes);
	check_call(expected_size(prefix, nbytes), SIZE_MAX / 2, prefix, nbytes);
}

static void huge_out_size(void)
{
	for_all(check_enough, 33);
}

static void check_short(const char *prefix, size_t nbytes)
{
	size_t size = expected_size(prefix, nbytes);
	check_no_space(size - 1, size - 1, prefix, nbytes);
	check_no_space(size + 9, size - 1, prefix, nbytes);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_apikey(NULL, 0, prefix, nbytes));
}

static void one_byte_short(void)
{
	for_all(check_short, 130);
}

static void every_short_size(void)
{
	for (size_t out_size = 0; out_size < expected_size("my_shop", 32); out_size++)
		check_no_space(out_size, out_size, "my_shop", 32);
}

/* From SIZE_MAX / 8 * 3 on no object can have so many digits. At SIZE_MAX / 8 * 6 their number
   exceeds SIZE_MAX, and a careless computation wraps to something small. */
static void huge_nbytes(void)
{
	const size_t most = SIZE_MAX / 8;
	const size_t numbers[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 31, most * 7, most * 6 + 1,
		most * 6, most * 5, SIZE_MAX / 2 + 1, SIZE_MAX / 2, most * 3 };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		check_no_space(64, 64, "sk", numbers[i]);
		check_no_space(64, SIZE_MAX, "sk", numbers[i]);
		CHECK_STATUS(SECRETS_ENOSPC, secrets_apikey(NULL, 0, "sk", numbers[i]));
		CHECK(secrets_apikey_size("sk", numbers[i]) == 0);
	}
	check_no_space(64, 64, "sk", most * 2);
	check_no_space(64, 64, "sk", most);
}

/* ---- Errors ----------------------------------------------------------- */

/* A prefix that is an error with any buffer. */
static void check_invalid(const char *prefix)
{
	const size_t numbers[] = { 0, 1, 32, SIZE_MAX / 2, SIZE_MAX };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct guarded g = untouched();
		char *out = (char *)g.data;
		CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(out, 128, prefix, numbers[i]));
		CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(out, 0, prefix, numbers[i]));
		CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(out, SIZE_MAX, prefix, numbers[i]));
		CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(NULL, 0, prefix, numbers[i]));
		CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(NULL, 128, prefix, numbers[i]));
		CHECK(guarded_kept(g, 0));
		errno = CHECK_ERRNO;
		CHECK(secrets_apikey_size(prefix, numbers[i]) == 0 && errno == CHECK_ERRNO);
	}
}

static void null(void)
{
	CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(NULL, 1, "sk", 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(NULL, 58, "my_shop", 32));
	CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(NULL, SIZE_MAX, "sk", 32));
	CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(NULL, SIZE_MAX, "sk", SIZE_MAX));
	check_invalid(NULL);
}

/* Every byte alone, at the front, in the middle and at the end. */
static void every_byte_in_a_prefix(void)
{
	for (int c = 1; c < 256; c++) {
		char texts[4][4] = { "?", "?bc", "a?c", "ab?" };
		texts[0][0] = texts[1][0] = texts[2][1] = texts[3][2] = (char)c;
		for (size_t i = 0; i < 4; i++)
			if (prefix_valid(texts[i], strlen(texts[i])))
				check_exact(texts[i], 16);
			else
				check_invalid(texts[i]);
	}
}

static void every_length_of_a_prefix(void)
{
	char prefix[1001];
	for (size_t length = 0; length <= 1000; length += length < 70 ? 1 : 93) {
		memset(prefix, 'k', length);
		prefix[length] = '\0';
		if (1 <= length && length <= 32)
			check_exact(prefix, 32);
		else
			check_invalid(prefix);
	}
}

static void bad_prefixes(void)
{
	const char *bad[] = { "", "_", "_a", "9a", "0", "a-b", "a.b", "a b", " a", "a ", "a\n", "\ta",
		"é", "aé", "a\xff", "a\xc3", "a/b", "a:b", "a@b", "a[b", "a`b", "a{b", "\xef\xbc\xa1", "á",
		"my_shop_-", "%s", "-sk", "a_ _b" };
	for (size_t i = 0; i < COUNT(bad); i++)
		check_invalid(bad[i]);
}

/* A guard page follows the prefix, which is read-only. */
static void prefix_read_only(void)
{
	for (size_t i = 0; i < COUNT(prefixes); i++) {
		struct guarded g = guarded_new(strlen(prefixes[i]) + 1);
		const char *prefix = (const char *)g.data;
		memcpy(g.data, prefixes[i], g.size);
		CHECK(mprotect(g.pages, g.pages_size, PROT_READ) == 0);
		check_exact(prefix, 32);
		guarded_free(g);
	}
}

/* ---- Randomness ------------------------------------------------------- */

/* A digit is missing at a place with a probability of (61/62)^4096 < 2^-96; any of 62 at 43
   places: below 2^-84. */
static void every_digit(void)
{
	static const char digits[] = BASE62;
	unsigned char reached[43][62] = { { 0 } };
	char key[58];
	for (int i = 0; i < 4096; i++) {
		CHECK_STATUS(SECRETS_OK, secrets_apikey(key, sizeof key, "my_shop", 32));
		for (size_t place = 0; place < 43; place++)
			reached[place][strchr(digits, key[8 + place]) - digits] = 1;
	}
	CHECK(memchr(reached, 0, sizeof reached) == NULL);
}

/* ---- secrets_apikey_valid --------------------------------------------- */

/* From another implementation of CRC-32, Python's zlib: with the longest and the shortest prefix,
   without a body, with a checksum that begins with zeros, and with one above 2^32 - 2^16. */
static const char *const vectors[] = {
	"my_shop_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg03nBqD",
	"my_shop_2IN8I0",
	"a_3dqvoC",
	"Z9___00000000000000000000002fgEnc",
	"test_0000000000000000010944000LtM",
	"test_00000000000000000676624gf17H",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz0mUbq6",
};

static void test_vectors(void)
{
	CHECK(crc32_of("123456789", 9) == 0xcbf43926);
	for (size_t i = 0; i < COUNT(vectors); i++) {
		CHECK(key_valid(vectors[i], strlen(vectors[i])));
		CHECK(valid(vectors[i], strlen(vectors[i])) == 1);
	}
}

/* Calls rule with keys of every prefix and of several sizes, and with the vectors. */
static void for_keys(void (*rule)(char *key, size_t size))
{
	const size_t numbers[] = { 0, 1, 2, 16, 32 };
	for (size_t i = 0; i < COUNT(prefixes); i++)
		for (size_t j = 0; j < COUNT(numbers); j++) {
			char key[128];
			CHECK_STATUS(SECRETS_OK, secrets_apikey(key, sizeof key, prefixes[i], numbers[j]));
			rule(key, strlen(key));
		}
	for (size_t i = 0; i < COUNT(vectors); i++) {
		char key[128];
		rule(strcpy(key, vectors[i]), strlen(vectors[i]));
	}
}

static void check_changes(char *key, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		char old = key[i];
		for (int c = 0; c < 256; c++) {
			key[i] = (char)c;
			CHECK_STATUS(key[i] == old, secrets_apikey_valid(key, size));
		}
		key[i] = old;
	}
}

static void every_change_is_noticed(void)
{
	for_keys(check_changes);
}

static void swap(char *a, char *b)
{
	char c = *a;
	*a = *b;
	*b = c;
}

static void check_swaps(char *key, size_t size)
{
	for (size_t i = 1; i < size; i++) {
		swap(key + i - 1, key + i);
		CHECK_STATUS(key[i - 1] == key[i], secrets_apikey_valid(key, size));
		swap(key + i - 1, key + i);
	}
}

/* Also swaps the last digit of the body with the first of the checksum, which is 0 to 4, in many
   ways. */
static void every_swap_is_noticed(void)
{
	char key[58];
	for_keys(check_swaps);
	for (int i = 0; i < 10000; i++) {
		CHECK_STATUS(SECRETS_OK, secrets_apikey(key, sizeof key, "my_shop", 32));
		key[50] = BASE62[i % 5];
		append_checksum(key, 51);
		CHECK(secrets_apikey_valid(key, 57) == 1);
		check_swaps(key, 57);
	}
}

/* Keys that another version or implementation makes by the same rules. */
static void made_by_hand(void)
{
	char key[128] = "app_";
	for (size_t body = 0; body <= 100; body++) {
		for (size_t i = 0; i < body; i++)
			key[4 + i] = BASE62[(7 * i + body) % 62];
		append_checksum(key, 4 + body);
		CHECK(key_valid(key, 4 + body + CHECKSUM));
		if (body == 0 || body == 22 || body == 43 || body == 86)
			CHECK(valid(key, 4 + body + CHECKSUM) == 1);
	}
}

/* Random texts near the border between keys and others, each with the right checksum. */
static void prefixes_of_every_kind(void)
{
	static const char alphabet[] = "aZ09_-";
	for (int i = 0; i < 4000; i++) {
		char key[64 + CHECKSUM];
		uint64_t size, digit;
		CHECK_STATUS(SECRETS_OK, secrets_randbelow(60, &size));
		for (size_t j = 0; j < size; j++) {
			/* Mostly letters, or few long texts would be keys. */
			CHECK_STATUS(SECRETS_OK, secrets_randbelow(40, &digit));
			key[j] = digit < 6 ? alphabet[digit] : BASE62[10 + digit];
		}
		append_checksum(key, (size_t)size);
		CHECK(valid(key, (size_t)size + CHECKSUM) == key_valid(key, (size_t)size + CHECKSUM));
	}
}

/* Shortened and extended vectors are no keys; the vectors never change. */
static void cut_and_extended(void)
{
	for (size_t i = 0; i < COUNT(vectors); i++) {
		char key[128];
		size_t size = strlen(vectors[i]);
		for (size_t less = 1; less <= size; less++) {
			const char *rest = vectors[i] + less;
			CHECK(valid(vectors[i], size - less) == 0);
			CHECK(valid(rest, size - less) == key_valid(rest, size - less));
		}
		for (int c = 0; c < 256; c++) {
			memcpy(key, vectors[i], size);
			key[size] = (char)c;
			CHECK_STATUS(0, secrets_apikey_valid(key, size + 1));
			key[0] = (char)c;
			memcpy(key + 1, vectors[i], size);
			CHECK_STATUS(0, secrets_apikey_valid(key, size + 1));
		}
	}
}

/* The NUL is not part of a key, and a key does not contain one. */
static void nul_counted_or_within(void)
{
	char key[64] = { 0 };
	size_t size = strlen(vectors[0]);
	memcpy(key, vectors[0], size);
	CHECK_STATUS(1, secrets_apikey_valid(key, size));
	CHECK_STATUS(0, secrets_apikey_valid(key, size + 1));
	CHECK_STATUS(0, secrets_apikey_valid(key, sizeof key));
	key[4] = '\0';
	CHECK_STATUS(0, secrets_apikey_valid(key, size));
	append_checksum(key, size - CHECKSUM);
	CHECK_STATUS(0, secrets_apikey_valid(key, size));
}

/* Random bytes: no call reads beyond them. */
static void any_bytes(void)
{
	for (size_t size = 0; size <= 70; size++) {
		struct guarded g = guarded_new(size);
		const char *bytes = (const char *)g.data;
		for (int i = 0; i < 64; i++) {
			CHECK_STATUS(SECRETS_OK, secrets_token_bytes(g.data, size));
			CHECK_STATUS(key_valid(bytes, size), secrets_apikey_valid(bytes, size));
		}
		guarded_free(g);
	}
}

static void one_byte_many_times(void)
{
	for (size_t size = 0; size <= 70; size++) {
		struct guarded g = guarded_new(size);
		for (int c = 0; c < 256; c++) {
			memset(g.data, c, size);
			CHECK_STATUS(0, secrets_apikey_valid((const char *)g.data, size));
		}
		guarded_free(g);
	}
}

static void nothing(void)
{
	struct guarded g = guarded_new(0);
	CHECK_STATUS(0, secrets_apikey_valid(NULL, 0));
	CHECK_STATUS(0, secrets_apikey_valid((const char *)g.data, 0));
	CHECK_STATUS(0, secrets_apikey_valid(NULL, 1));
	CHECK_STATUS(0, secrets_apikey_valid(NULL, 57));
	CHECK_STATUS(0, secrets_apikey_valid(NULL, SIZE_MAX / 2 + 1));
	CHECK_STATUS(0, secrets_apikey_valid(NULL, SIZE_MAX));
	guarded_free(g);
}

/* No object at key is as large. */
static void huge_key_size(void)
{
	CHECK_STATUS(0, secrets_apikey_valid(vectors[0], SIZE_MAX));
	CHECK_STATUS(0, secrets_apikey_valid(vectors[0], SIZE_MAX - 1));
	CHECK_STATUS(0, secrets_apikey_valid(vectors[0], SIZE_MAX / 2 + 1));
}

/* A key of a million digits is valid; changes at the front or at the end are noticed. */
static void long_key(void)
{
	const size_t size = secrets_apikey_size("long", 1000000);
	struct guarded g = guarded_new(size);
	char *key = (char *)g.data;
	CHECK_STATUS(SECRETS_OK, secrets_apikey(key, size, "long", 1000000));
	CHECK(strlen(key) == size - 1);
	CHECK_STATUS(1, secrets_apikey_valid(key, size - 1));
	key[size / 2] = key[size / 2] == '0' ? '1' : '0';
	CHECK_STATUS(0, secrets_apikey_valid(key, size - 1));
	memset(key, '_', size);
	CHECK_STATUS(0, secrets_apikey_valid(key, size));
	memset(key, 'a', size);
	CHECK_STATUS(0, secrets_apikey_valid(key, size));
	guarded_free(g);
}

/* ---- The table of all languages --------------------------------------- */

static void check_row(const char *prefix, size_t nbytes, size_t size)
{
	CHECK(secrets_apikey_size(prefix, nbytes) == size);
	if (size == 0) {
		check_invalid(prefix);
		return;
	}
	CHECK(expected_size(prefix, nbytes) == size);
	check_exact(prefix, nbytes);
}

static void check_fields(char **fields)
{
	check_row(text_of(fields[1]), size_of(fields[2]), size_of(fields[3]));
}

static void shared_table(void)
{
	CHECK(each_row("apikey", 4, check_fields) >= 15);
}

static const struct check_case cases[] = {
	CASE(sizes),
	CASE(sizes_of_every_magnitude),
	CASE(exact_buffer),
	CASE(larger_buffer),
	CASE(huge_out_size),
	CASE(one_byte_short),
	CASE(every_short_size),
	CASE(huge_nbytes),
	CASE(null),
	CASE(every_byte_in_a_prefix),
	CASE(every_length_of_a_prefix),
	CASE(bad_prefixes),
	CASE(prefix_read_only),
	CASE(every_digit),
	CASE(test_vectors),
	TAGGED(every_change_is_noticed, "many"),
	TAGGED(every_swap_is_noticed, "slow"),
	CASE(made_by_hand),
	TAGGED(prefixes_of_every_kind, "slow"),
	CASE(cut_and_extended),
	CASE(nul_counted_or_within),
	CASE(any_bytes),
	CASE(one_byte_many_times),
	CASE(nothing),
	CASE(huge_key_size),
	CASE(long_key),
	CASE(shared_table),
};

CHECK_MAIN(cases)
