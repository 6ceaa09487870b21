/* SPDX-License-Identifier: MIT */
/* Every function of secrets.h from many threads at once (POSIX threads). */
#include "check.h"
#include "run.h"

#define THREADS 16
#define ROUNDS 8
#define DRAWS 64
#define TOKEN 16

/* All tokens of all threads; each thread has a row of its own. */
static unsigned char tokens[ROUNDS][THREADS][DRAWS][TOKEN];

/* Lets the threads of a round start together. */
static pthread_barrier_t gate;

static void call_tokens(unsigned char *token)
{
	char text[SECRETS_TOKEN_HEX_SIZE(TOKEN)];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, TOKEN));
	CHECK_STATUS(SECRETS_OK, secrets_token_hex(text, sizeof text, TOKEN));
	CHECK(strlen(text) + 1 == secrets_token_hex_size(TOKEN));
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe(text, sizeof text, TOKEN));
	CHECK(strlen(text) + 1 == secrets_token_urlsafe_size(TOKEN));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_hex(text, sizeof text, TOKEN + 1));
}

static void call_numbers(void)
{
	uint64_t below, bits;
	int64_t range;
	double number;
	CHECK_STATUS(SECRETS_OK, secrets_randbelow(52, &below));
	CHECK_STATUS(SECRETS_OK, secrets_randbits(7, &bits));
	CHECK_STATUS(SECRETS_OK, secrets_randrange(-5, 5, &range));
	CHECK_STATUS(SECRETS_OK, secrets_random(&number));
	CHECK(below < 52 && bits < 128 && -5 <= range && range < 5 && 0 <= number && number < 1);
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(0, &below));
}

static void call_batches(void)
{
	char text[3 * SECRETS_TOKEN_HEX_SIZE(TOKEN)];
	uint64_t below[5];
	double number[5];
	CHECK_STATUS(SECRETS_OK, secrets_token_hex_batch(text, sizeof text, TOKEN, 3));
	CHECK(strlen(text + 2 * secrets_token_hex_size(TOKEN)) + 1 == secrets_token_hex_size(TOKEN));
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe_batch(text, sizeof text, TOKEN, 3));
	CHECK(strlen(text + 2 * secrets_token_urlsafe_size(TOKEN)) + 1 ==
		secrets_token_urlsafe_size(TOKEN));
	CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(52, below, 5));
	CHECK_STATUS(SECRETS_OK, secrets_random_batch(number, 5));
	for (int i = 0; i < 5; i++)
		CHECK(below[i] < 52 && 0 <= number[i] && number[i] < 1);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_hex_batch(text, sizeof text, TOKEN, 4));
}

static void call_big(void)
{
	const uint8_t bound[3] = { 0, 1, 2 };
	uint8_t value[3];
	CHECK_STATUS(SECRETS_OK, secrets_randbelow_big(bound, sizeof bound, value));
	CHECK(memcmp(value, bound, sizeof bound) < 0);
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(9, value, sizeof value));
	CHECK(value[0] == 0 && value[1] < 2);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_randbits_big(25, value, sizeof value));
}

/* Each thread has an array of its own. */
static void call_sequences(void)
{
	int array[4] = { 1, 2, 4, 8 };
	size_t indices[4];
	CHECK_STATUS(SECRETS_OK, secrets_shuffle(array, 4, sizeof *array));
	CHECK((array[0] | array[1] | array[2] | array[3]) == 15);
	const int *chosen = (const int *)secrets_choice(array, 4, sizeof *array);
	CHECK(array <= chosen && chosen < array + 4);
	CHECK_STATUS(SECRETS_OK, secrets_sample(4, 4, indices));
	CHECK((1 << indices[0] | 1 << indices[1] | 1 << indices[2] | 1 << indices[3]) == 15);
	CHECK_STATUS(SECRETS_EINVAL, secrets_sample(3, 4, indices));
}

/* The first call for a policy fills the cache for later ones. All threads come to each of four
   policies, which differ in length, at the same time. */
static void call_passwords(size_t i)
{
	const secrets_class classes[] = {
		{ SECRETS_LOWERCASE, 1 },
		{ SECRETS_DIGITS, 3 },
		{ "é✓", 0 },
	};
	char password[3 * 16 + 1];
	size_t length = 13 + i % 4;
	CHECK_STATUS(SECRETS_OK, secrets_password(password, sizeof password, length, NULL, 0));
	CHECK(strspn(password, SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS) == length &&
		password[length] == '\0');
	CHECK_STATUS(SECRETS_OK, secrets_password(password, sizeof password, length, classes, 3));
	CHECK(strpbrk(password, SECRETS_LOWERCASE) != NULL && strlen(password) >= length);
	CHECK(secrets_password_size(length, classes, 3) == 3 * length - 7);
	double bits = secrets_password_entropy(length, classes, 3);
	CHECK(bits > 4.0 * (double)length - 3);
	CHECK(secrets_password_length(bits, classes, 3) == length);
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(password, sizeof password, 3, classes, 3));
}

static void call_passphrases(void)
{
	static const char *const words[] = { "in", "put", "é" };
	char phrase[40];
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(phrase, sizeof phrase, 4, NULL, NULL, 0));
	CHECK(strlen(phrase) < secrets_passphrase_size(4, NULL, NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(phrase, sizeof phrase, 4, "-", words, 3));
	CHECK(strlen(phrase) < secrets_passphrase_size(4, "-", words, 3));
	CHECK(secrets_passphrase_entropy(4, 2) == 4 && secrets_passphrase_words(4, 2) == 4);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_passphrase(phrase, sizeof phrase, 5, NULL, NULL, 0));
}

static void call_apikeys(void)
{
	char key[64];
	CHECK_STATUS(SECRETS_OK, secrets_apikey(key, sizeof key, "my_shop", 32));
	CHECK(strlen(key) + 1 == secrets_apikey_size("my_shop", 32));
	CHECK_STATUS(1, secrets_apikey_valid(key, strlen(key)));
	CHECK_STATUS(0, secrets_apikey_valid(key, strlen(key) - 1));
	CHECK_STATUS(SECRETS_EINVAL, secrets_apikey(key, sizeof key, "_", 32));
}

static void call_the_rest(const unsigned char *token)
{
	unsigned char copy[TOKEN], zeros[TOKEN] = { 0 };
	memcpy(copy, token, TOKEN);
	CHECK_STATUS(1, secrets_compare_digest(copy, TOKEN, token, TOKEN));
	secrets_wipe(copy, TOKEN);
	CHECK(memcmp(copy, zeros, TOKEN) == 0);
	CHECK(strcmp(secrets_version(), SECRETS_VERSION) == 0);
	CHECK(strcmp(secrets_strerror(SECRETS_OK), secrets_strerror(SECRETS_ESTART)) != 0);
}

static void *call_everything(void *row)
{
	pthread_barrier_wait(&gate);
	for (size_t i = 0; i < DRAWS; i++) {
		unsigned char *token = (unsigned char *)row + TOKEN * i;
		call_tokens(token);
		call_numbers();
		call_batches();
		call_big();
		call_sequences();
		call_passwords(i);
		call_passphrases();
		call_apikeys();
		call_the_rest(token);
	}
	return NULL;
}

static void *call_once(void *row)
{
	pthread_barrier_wait(&gate);
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(row, TOKEN));
	return NULL;
}

/* The threads of a round start together, and have ended when it returns. */
static void run_round(void *(*body)(void *), size_t round)
{
	pthread_t threads[THREADS];
	CHECK(pthread_barrier_init(&gate, NULL, THREADS) == 0);
	for (size_t i = 0; i < THREADS; i++)
		threads[i] = start_thread(body, tokens[round][i]);
	for (size_t i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	CHECK(pthread_barrier_destroy(&gate) == 0);
}

/* Of 2^13 tokens of 128 bits two are equal with a probability below 2^25 * 2^-128 = 2^-103. */
static void rounds_of_threads(void)
{
	for (size_t round = 0; round < ROUNDS; round++)
		run_round(call_everything, round);
	CHECK(repeats(tokens, TOKEN, sizeof tokens / TOKEN) == 0);
}

/* The library starts while all of them wait for it. Of 16 tokens two are equal with a probability
   below 2^7 * 2^-128 = 2^-121. */
static void first_calls_together(void)
{
	unsigned char first[THREADS][TOKEN];
	run_round(call_once, 0);
	for (size_t i = 0; i < THREADS; i++)
		memcpy(first[i], tokens[0][i][0], TOKEN);
	CHECK(repeats(first, TOKEN, THREADS) == 0);
}

static void threads_beside_main(void)
{
	unsigned char mine[TOKEN];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(mine, TOKEN));
	rounds_of_threads();
	call_tokens(mine);
	call_numbers();
	call_batches();
	call_big();
	call_sequences();
	call_passwords(0);
	call_passphrases();
	call_apikeys();
	call_the_rest(mine);
}

static volatile int returned;

/* The thread ends at the next cancellation point, such as open(2) and write(2). */
static void *call_cancelled(void *token)
{
	pthread_cancel(pthread_self());
	int status = secrets_token_bytes(token, TOKEN);
	returned = status == SECRETS_OK || status == SECRETS_ESTART;
	return NULL;
}

static void cancel_a_first_call(void)
{
	unsigned char token[TOKEN];
	run_in_thread(call_cancelled, token);
	CHECK(returned);
}

/* The first call in a child starts the library, and must not be cancelled: it holds a lock. (The
   static library cannot start there.) */
static void cancelled_in_its_first_call(void)
{
	unsigned char token[TOKEN];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, TOKEN));
	run_in_child(cancel_a_first_call, 60);
}

static const struct check_case cases[] = {
	CASE(first_calls_together),
	TAGGED(cancelled_in_its_first_call, "forks"),
	CASE(rounds_of_threads),
	TAGGED(threads_beside_main, "slow"),
};

CHECK_MAIN(cases)
