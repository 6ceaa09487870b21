/* SPDX-License-Identifier: MIT */
/*
 * Random calls of every function, from many threads. A first call allocates everything that the
 * library cannot do without: under limits that are frozen after it, no call ends the process or
 * creates a thread. Each succeeds, or returns SECRETS_ENOMEM if it needs memory of its own.
 */
#include "check.h"
#include "proc.h"
#include "rights.h"
#include "run.h"

static long calls = 1000000; /* or $CALLS */

/* ---- Reproducible randomness ------------------------------------------ */

struct chance {
	uint64_t state;
};

static uint64_t below(struct chance *c, uint64_t bound)
{
	c->state = c->state * 6364136223846793005U + 1442695040888963407U;
	return (c->state >> 33) % bound;
}

static int one_in(struct chance *c, uint64_t n)
{
	return below(c, n) == 0;
}

/* Small in general, and sometimes up to most. */
static size_t some(struct chance *c, size_t most)
{
	return (size_t)below(c, one_in(c, 50) || most < 40 ? most + 1 : 41);
}

/* ---- Arguments -------------------------------------------------------- */

#define ROOM 65536
#define WORDS 3000
#define CLASSES 16

static char words[WORDS][8];
static const char *list[WORDS], *repeated[WORDS];
static char characters[CLASSES][8], wide[CLASSES][400];

static void make_texts(void)
{
	for (int i = 0; i < WORDS; i++) {
		snprintf(words[i], sizeof words[i], "%d", i);
		repeated[i] = list[i] = words[i];
	}
	repeated[0] = words[1];
	for (int k = 0; k < CLASSES; k++) {
		for (int i = 0; i < 4; i++)
			characters[k][i] = (char)('!' + 4 * k + i);
		for (int i = 0; i < 100; i++)
			snprintf(wide[k] + 3 * i, 4, "%c%c%c", 0xe4 + k / 8, 0x80 + k % 8 * 2 + i / 50,
				0x80 + i % 50);
	}
}

/* What belongs to a thread: its chance, its output buffer, and whether this call has bad
   arguments. */
struct caller {
	struct chance chance;
	char *out;
	int bad;
};

/* A call succeeds, unless its arguments are bad. */
static void ended(const struct caller *c, int expected, int status)
{
	CHECK_STATUS(c->bad ? expected : SECRETS_OK, status);
}

/* The same for a call that may need memory of its own. */
static void ended_or_refused(const struct caller *c, int expected, int status)
{
	if (status != SECRETS_ENOMEM)
		ended(c, expected, status);
}

static size_t room(const struct caller *c)
{
	return c->bad ? 0 : ROOM;
}

/* ---- One call --------------------------------------------------------- */

static void token_bytes(struct caller *c)
{
	char *out = c->bad ? NULL : c->out;
	ended(c, SECRETS_EINVAL, secrets_token_bytes(out, 1 + some(&c->chance, 20000)));
}

static void token_hex(struct caller *c)
{
	ended(c, SECRETS_ENOSPC, secrets_token_hex(c->out, room(c), some(&c->chance, 20000)));
}

static void token_urlsafe(struct caller *c)
{
	ended(c, SECRETS_ENOSPC, secrets_token_urlsafe(c->out, room(c), some(&c->chance, 20000)));
}

static void token_hex_batch(struct caller *c)
{
	size_t count = 1 + some(&c->chance, 1000);
	ended(c, SECRETS_ENOSPC, secrets_token_hex_batch(c->out, room(c), 20, count));
}

static void token_urlsafe_batch(struct caller *c)
{
	size_t count = 1 + some(&c->chance, 1000);
	ended(c, SECRETS_ENOSPC, secrets_token_urlsafe_batch(c->out, room(c), 20, count));
}

static void randbelow(struct caller *c)
{
	uint64_t number;
	ended(c, SECRETS_EINVAL, secrets_randbelow(c->bad ? 0 : 1 + below(&c->chance, 1000), &number));
}

static void randbits(struct caller *c)
{
	uint64_t number;
	unsigned bits = c->bad ? 65 : (unsigned)below(&c->chance, 65);
	ended(c, SECRETS_EINVAL, secrets_randbits(bits, &number));
}

static void randrange(struct caller *c)
{
	int64_t number;
	int64_t stop = c->bad ? -5 : (int64_t)below(&c->chance, 1000);
	ended(c, SECRETS_EINVAL, secrets_randrange(-5, stop, &number));
}

static void random_real(struct caller *c)
{
	double real;
	ended(c, SECRETS_EINVAL, secrets_random(c->bad ? NULL : &real));
}

static void randbelow_batch(struct caller *c)
{
	uint64_t bound = one_in(&c->chance, 2) ? 52 : UINT64_MAX / 4 * 3;
	uint64_t *out = (uint64_t *)(void *)c->out;
	size_t count = some(&c->chance, 8000);
	ended(c, SECRETS_EINVAL, secrets_randbelow_batch(c->bad ? 0 : bound, out, count));
}

static void random_batch(struct caller *c)
{
	double *out = c->bad ? NULL : (double *)(void *)c->out;
	ended(c, SECRETS_EINVAL, secrets_random_batch(out, 1 + some(&c->chance, 8000)));
}

static void randbelow_big(struct caller *c)
{
	static const uint8_t bound[8000] = { 0, 0x81, 5 }, zero[8000];
	size_t size = 2 + some(&c->chance, 7998);
	ended(c, SECRETS_EINVAL, secrets_randbelow_big(c->bad ? zero : bound, size, (uint8_t *)c->out));
}

static void randbits_big(struct caller *c)
{
	size_t bits = 1 + some(&c->chance, 80000);
	ended(c, SECRETS_ENOSPC, secrets_randbits_big(bits, (uint8_t *)c->out, room(c)));
}

static void choice(struct caller *c)
{
	CHECK((secrets_choice(c->out, c->bad ? 0 : 1 + some(&c->chance, 8000), 8) == NULL) == c->bad);
}

static void shuffle(struct caller *c)
{
	ended(c, SECRETS_EINVAL, secrets_shuffle(c->out, 1 + some(&c->chance, 8000), c->bad ? 0 : 8));
}

static void sample(struct caller *c)
{
	size_t n = 1 + some(&c->chance, 8000);
	size_t population = one_in(&c->chance, 2) ? n : (size_t)1 << 40;
	size_t *out = (size_t *)(void *)c->out;
	ended(c, SECRETS_EINVAL, secrets_sample(c->bad ? n - 1 : population, n, out));
}

/* Classes for a valid policy; or the first one twice, for a bad one. */
static size_t make_classes(struct caller *c, secrets_class *classes, size_t *length)
{
	size_t n = 2 + (size_t)below(&c->chance, CLASSES - 1);
	*length = n * (1 + (size_t)below(&c->chance, one_in(&c->chance, 50) ? 256 / n : 5));
	for (size_t k = 0; k < n; k++) {
		classes[k].characters = one_in(&c->chance, 8) ? wide[k] : characters[k];
		classes[k].min = (size_t)below(&c->chance, *length / n + 1);
	}
	if (c->bad)
		classes[1] = classes[0];
	return n;
}

static void password(struct caller *c)
{
	secrets_class classes[CLASSES];
	size_t length, n = make_classes(c, classes, &length);
	ended_or_refused(c, SECRETS_EINVAL, secrets_password(c->out, ROOM, length, classes, n));
}

static void password_size(struct caller *c)
{
	secrets_class classes[CLASSES];
	size_t length, n = make_classes(c, classes, &length);
	size_t size = secrets_password_size(length, classes, n);
	CHECK(size == 0 || (!c->bad && size > length));
}

static void password_entropy(struct caller *c)
{
	secrets_class classes[CLASSES];
	size_t length, n = make_classes(c, classes, &length);
	double bits = secrets_password_entropy(length, classes, n);
	CHECK(bits != bits || (!c->bad && bits > 0));
}

/* Some need memory to count, and may be refused it. */
static void password_length(struct caller *c)
{
	secrets_class classes[CLASSES];
	size_t length, n = make_classes(c, classes, &length);
	size_t enough = secrets_password_length((double)length, classes, n);
	CHECK(enough == 0 || !c->bad);
	CHECK(secrets_password_length(128, NULL, 0) == 22);
}

static void plain_password(struct caller *c)
{
	size_t length = 1 + some(&c->chance, 2000);
	ended(c, SECRETS_ENOSPC, secrets_password(c->out, room(c), length, NULL, 0));
}

static void passphrase(struct caller *c)
{
	size_t nwords = 1 + some(&c->chance, 1000);
	ended(c, SECRETS_ENOSPC, secrets_passphrase(c->out, room(c), nwords, "-", NULL, 0));
}

static void own_passphrase(struct caller *c)
{
	const char *const *own = c->bad ? repeated : list;
	size_t size = 2 + some(&c->chance, WORDS - 2);
	ended_or_refused(c, SECRETS_EINVAL, secrets_passphrase(c->out, ROOM, 6, "-", own, size));
}

static void passphrase_size(struct caller *c)
{
	const char *const *own = c->bad ? repeated : list;
	size_t size = secrets_passphrase_size(6, "-", own, 2 + some(&c->chance, WORDS - 2));
	CHECK(size == 0 || !c->bad);
	CHECK(secrets_passphrase_entropy(6, 0) > 77 && secrets_passphrase_words(77, 0) == 6);
}

static void apikey(struct caller *c)
{
	int status = secrets_apikey(c->out, ROOM, c->bad ? "5k" : "my_shop", some(&c->chance, 2000));
	ended(c, SECRETS_EINVAL, status);
	CHECK(secrets_apikey_size("my_shop", 32) > 0);
	CHECK(status != SECRETS_OK || secrets_apikey_valid(c->out, strlen(c->out)) == 1);
}

static void compare_digest(struct caller *c)
{
	size_t size = some(&c->chance, ROOM);
	const char *other = c->bad ? NULL : c->out;
	CHECK(secrets_compare_digest(c->out, size, other, size) == (!c->bad || size == 0));
}

static void call(struct caller *c)
{
	static void (*const kinds[])(struct caller *) = {
		token_bytes,
		token_hex,
		token_urlsafe,
		token_hex_batch,
		token_urlsafe_batch,
		randbelow,
		randbits,
		randrange,
		random_real,
		randbelow_batch,
		random_batch,
		randbelow_big,
		randbits_big,
		choice,
		shuffle,
		sample,
		password,
		password_size,
		password_entropy,
		password_length,
		plain_password,
		passphrase,
		own_passphrase,
		passphrase_size,
		apikey,
		compare_digest,
	};
	c->bad = one_in(&c->chance, 8);
	kinds[below(&c->chance, COUNT(kinds))](c);
}

/* ---- Many ------------------------------------------------------------- */

#define THREADS 16

static pthread_barrier_t all;
static pthread_t threads[THREADS];
static int calling; /* the number of threads that still call */

/* The threads exist before the limit, and call the library after it. */
static void *call_on(void *number)
{
	static char outs[THREADS][ROOM] __attribute__((aligned(8)));
	struct caller c = { { (uint64_t)(uintptr_t)number }, outs[(uintptr_t)number], 0 };
	pthread_barrier_wait(&all);
	pthread_barrier_wait(&all);
	for (long i = 0; i < calls / THREADS; i++)
		call(&c);
	__atomic_sub_fetch(&calling, 1, __ATOMIC_RELEASE);
	pthread_barrier_wait(&all);
	return NULL;
}

static void make_threads(void)
{
	const char *said = getenv("CALLS");
	if (said != NULL)
		calls = atol(said);
	make_texts();
	calling = THREADS;
	CHECK(pthread_barrier_init(&all, NULL, THREADS + 1) == 0);
	for (uintptr_t i = 0; i < THREADS; i++)
		threads[i] = start_thread(call_on, (void *)i);
	pthread_barrier_wait(&all);
}

/* Counts the threads while all of them call. */
static void let_them_call(void)
{
	int before = proc_threads(), most = before;
	pthread_barrier_wait(&all);
	while (__atomic_load_n(&calling, __ATOMIC_ACQUIRE) > 0) {
		int now = proc_threads();
		most = now > most ? now : most;
		usleep(1000);
	}
	printf("%d threads after the start, %d at most while others call\n", before, most);
	CHECK(most == before);
	pthread_barrier_wait(&all);
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
}

static void first_call(void)
{
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(NULL, 0));
}

static void no_limit(void)
{
	make_threads();
	first_call();
	let_them_call();
}

static void frozen_addresses(void)
{
	make_threads();
	first_call();
	(void)proc_threads(); /* so that the C library allocates what it needs to count */
	freeze_limit(RLIMIT_AS, proc_memory("VmSize:"));
	let_them_call();
}

static void frozen_data(void)
{
	make_threads();
	first_call();
	(void)proc_threads();
	freeze_limit(RLIMIT_DATA, proc_memory("VmData:"));
	let_them_call();
}

static void frozen_threads(void)
{
	make_threads();
	first_call();
	become_user(64125);
	freeze_limit(RLIMIT_NPROC, 1);
	let_them_call();
}

static const struct check_case cases[] = {
	CASE(no_limit),
	CASE(frozen_addresses),
	CASE(frozen_data),
	CASE(frozen_threads),
};

CHECK_MAIN(cases)
