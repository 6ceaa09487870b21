/* SPDX-License-Identifier: MIT */
/*
 * After a call the only copy of a secret is the caller's. All results of a series of calls are in
 * one mapping, the vault. Then all other memory that this process can read is searched for the
 * first and the last part of each, and for the bytes that it was made of.
 *
 * A part has at least 53 bits, and fewer than 2^26 places are compared with fewer than 2^11 parts:
 * a search finds one by chance with a probability below 2^-16. A case fails only if the searches
 * of four different series all find one: below 2^-64.
 *
 * A library may be built to mark what it draws (test/claims/memory_test.go). Then the search is
 * for the marks: bytes that were drawn, whatever was made of them.
 */
#include "check.h"
#include "run.h"
#include "token_format.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>

#define THREADS 4
#define CALLS 64     /* of each thread in a series */
#define RESULT 16384 /* bytes in the vault for one */
#define RAW 64       /* and for the bytes that it was made of */
#define LEAST 8      /* bytes in a part */
#define ROUNDS 4     /* of which all have to find a copy */

/* ---- The vault -------------------------------------------------------- */

struct result {
	char bytes[RESULT];
	size_t size, part;
};

struct part {
	const char *bytes;
	size_t size;
	unsigned next; /* 1 + the index of the next part with the same hash, or 0 */
};

struct vault {
	struct result results[THREADS + 1][CALLS];
	char raw[THREADS + 1][CALLS][RAW];
	struct part parts[8 * (THREADS + 1) * CALLS];
	size_t nparts;
	unsigned first[1 << 18]; /* by hash: 1 + the index of a part, or 0 */
	char maps[1 << 18];
	uint64_t pages[512]; /* of /proc/self/pagemap, from first_page on */
	size_t first_page;
	char signal_stack[1 << 16];
};
static struct vault *vault;

/* A call that writes size bytes, or a text if size is 0; how many bytes at either end are
   searched for; and a function that returns the bytes that it was made of. */
struct kind {
	int (*call)(char *out);
	size_t size, part;
	size_t (*raw)(const char *result, char *raw);
};

static const struct kind *kind;

static void vault_open(void)
{
	/* With a gap on either side, so that the kernel does not merge it with another mapping.
	   */
	size_t gap = (size_t)sysconf(_SC_PAGESIZE), size = (sizeof *vault + gap - 1) / gap * gap;
	char *map = (char *)mmap(NULL, size + 2 * gap, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(map != MAP_FAILED);
	CHECK(mprotect(map + gap, size, PROT_READ | PROT_WRITE) == 0);
	vault = (struct vault *)(void *)(map + gap);
}

/* Returns the list of the parts that begin with the same 8 bytes, and of a few more. */
static unsigned *list_of(const char *bytes)
{
	uint64_t x;
	memcpy(&x, bytes, sizeof x);
	return &vault->first[(x * UINT64_C(0x9e3779b97f4a7c15)) >> 46];
}

static void add_part(const char *bytes, size_t size)
{
	struct part *part = &vault->parts[vault->nparts++];
	CHECK(size >= LEAST);
	part->bytes = bytes;
	part->size = size;
	part->next = *list_of(bytes);
	*list_of(bytes) = (unsigned)vault->nparts;
}

static void add_ends(const char *bytes, size_t size, size_t part)
{
	add_part(bytes, part);
	add_part(bytes + size - part, part);
}

static void add_nothing(void)
{
	vault->nparts = 0;
	memset(vault->first, 0, sizeof vault->first);
}

/* Searches from now on for what is in the vault. */
static void add_all(void)
{
	add_nothing();
	for (size_t t = 0; t <= THREADS; t++)
		for (size_t i = 0; i < CALLS; i++) {
			struct result *r = &vault->results[t][i];
			char *raw = vault->raw[t][i];
			add_ends(r->bytes, r->size, r->part);
			if (kind->raw != NULL) {
				size_t size = kind->raw(r->bytes, raw);
				add_ends(raw, size, size < 16 ? size : 16);
			}
		}
}

/* ---- The search ------------------------------------------------------- */

static int is_part(const char *at, const char *end)
{
	for (unsigned i = *list_of(at); i != 0; i = vault->parts[i - 1].next) {
		const struct part *part = &vault->parts[i - 1];
		if ((size_t)(end - at) >= part->size && memcmp(at, part->bytes, part->size) == 0)
			return 1;
	}
	return 0;
}

/* The high halves of 16 consecutive bytes that a marked library has drawn: 64 bits. */
static const unsigned char marks[16] = { 3, 14, 13, 5, 9, 2, 6, 1, 8, 11, 10, 7, 15, 4, 12, 0 };
static int marked;

static int is_marked(const char *at, const char *end)
{
	size_t i = 0;
	while (i < sizeof marks && end - at >= (ptrdiff_t)sizeof marks &&
		(unsigned char)at[i] >> 4 == marks[i])
		i++;
	return i == sizeof marks;
}

static size_t search(const char *at, const char *end)
{
	size_t found = 0;
	for (; end - at >= LEAST; at++)
		found += (size_t)(marked ? is_marked(at, end) : is_part(at, end));
	return found;
}

/* Whether that page exists, in memory or in swap. If not, a private page is unchanged since it
   was mapped: zeros, or the contents of a file. */
static int page_is_there(int pagemap, size_t page)
{
	if (page - vault->first_page >= 512) {
		ssize_t n =
			pread(pagemap, vault->pages, sizeof vault->pages, (off_t)(page * sizeof *vault->pages));
		CHECK(n > 0);
		memset((char *)vault->pages + n, 0xff, sizeof vault->pages - (size_t)n);
		vault->first_page = page;
	}
	return vault->pages[page - vault->first_page] >> 62 != 0;
}

/* Searches the existing pages of a private mapping, and adds their size to searched. */
static size_t search_private(int pagemap, const char *from, const char *to, size_t *searched)
{
	size_t found = 0, size = (size_t)sysconf(_SC_PAGESIZE);
	const char *start = from; /* of consecutive pages that exist */
	for (const char *at = from; at <= to; at += size) {
		if (at < to && page_is_there(pagemap, (uintptr_t)at / size))
			continue;
		if (at > start) {
			found += search(start, at);
			*searched += (size_t)(at - start);
		}
		start = at + size;
	}
	return found;
}

/* Reads /proc/self/maps into the vault before using it, as the search must not change the
   mappings. */
static void read_maps(void)
{
	int fd = open("/proc/self/maps", O_RDONLY);
	size_t size = 0;
	CHECK(fd >= 0);
	for (ssize_t n = 1; n > 0; size += (size_t)n) {
		n = read(fd, vault->maps + size, sizeof vault->maps - 1 - size);
		CHECK(n >= 0);
	}
	vault->maps[size] = '\0';
	CHECK(close(fd) == 0 && size < sizeof vault->maps - 1);
}

/* Returns the number of copies outside the vault. */
static size_t copies(void)
{
	size_t found = 0, regions = 0, searched = 0;
	int pagemap = open("/proc/self/pagemap", O_RDONLY);
	CHECK(pagemap >= 0);
	vault->first_page = (size_t)-512;
	read_maps();
	for (char *line = vault->maps; *line != '\0'; line = strchr(line, '\n') + 1) {
		char *rest;
		const char *from = (const char *)strtoull(line, &rest, 16);
		const char *to = (const char *)strtoull(rest + 1, &rest, 16);
		if (rest[1] != 'r' || (const char *)vault == from)
			continue;
		size_t length = strcspn(rest, "\n");
		char end = rest[length];
		rest[length] = '\0';
		int kernel = strstr(rest, "[v") != NULL; /* vvar, vdso, vsyscall */
		rest[length] = end;
		if (kernel)
			continue;
		regions++;
		CHECK(rest[4] == 'p'); /* private: a page that does not exist was never written to */
		found += search_private(pagemap, from, to, &searched);
	}
	CHECK(close(pagemap) == 0);
	CHECK(regions > 10 && searched > 1 << 20 && searched < 1 << 26);
	return found;
}

/* ---- The calls -------------------------------------------------------- */

static int bytes(char *out)
{
	return secrets_token_bytes(out, 64);
}
static int hex(char *out)
{
	return secrets_token_hex(out, RESULT, 32);
}
static int urlsafe(char *out)
{
	return secrets_token_urlsafe(out, RESULT, 32);
}
static int hex_batch(char *out)
{
	return secrets_token_hex_batch(out, RESULT, 32, 7);
}
static int urlsafe_batch(char *out)
{
	return secrets_token_urlsafe_batch(out, RESULT, 32, 7);
}
static int below_batch(char *out)
{
	return secrets_randbelow_batch(UINT64_MAX, (uint64_t *)(void *)out, 8);
}
static int random_batch(char *out)
{
	return secrets_random_batch((double *)(void *)out, 8);
}
static int bits_big(char *out)
{
	return secrets_randbits_big(512, (uint8_t *)out, 64);
}
static int sample(char *out)
{
	return secrets_sample(SIZE_MAX, 8, (size_t *)(void *)out);
}
static int password(char *out)
{
	return secrets_password(out, RESULT, 64, NULL, 0);
}
static int passphrase(char *out)
{
	return secrets_passphrase(out, RESULT, 30, "", NULL, 0);
}
static int apikey(char *out)
{
	return secrets_apikey(out, RESULT, "a", 64);
}
static int below(char *out)
{
	return secrets_randbelow(UINT64_MAX, (uint64_t *)(void *)out);
}
static int bits(char *out)
{
	return secrets_randbits(64, (uint64_t *)(void *)out);
}
static int range(char *out)
{
	return secrets_randrange(INT64_MIN, INT64_MAX, (int64_t *)(void *)out);
}
static int number(char *out)
{
	return secrets_random((double *)(void *)out);
}

/* Calls that draw more than once. */
static int long_password(char *out)
{
	return secrets_password(out, RESULT, 2000, NULL, 0);
}
static int long_passphrase(char *out)
{
	return secrets_passphrase(out, RESULT, 300, "", NULL, 0);
}
static int long_apikey(char *out)
{
	return secrets_apikey(out, RESULT, "a", 1000);
}
static int long_sample(char *out)
{
	return secrets_sample(1500, 1000, (size_t *)(void *)out);
}

static int below_big(char *out)
{
	static const uint8_t bound[64] = { 0x80 };
	return secrets_randbelow_big(bound, sizeof bound, (uint8_t *)out);
}

static const secrets_class classes[] = {
	{ SECRETS_LOWERCASE, 1 },
	{ SECRETS_DIGITS, 3 },
	{ SECRETS_UPPERCASE, 0 },
};

static int policy(char *out)
{
	return secrets_password(out, RESULT, 64, classes, 3);
}

static int largest_policy(char *out)
{
	return secrets_password(out, RESULT, 256, classes, 3);
}

/* An address to count from, which is never read. */
static char *const beginning = (char *)64;

static int choice(char *out)
{
	return (*(char **)(void *)out = (char *)secrets_choice(beginning, PTRDIFF_MAX, 1)) == NULL;
}

static int shuffle(char *out)
{
	for (int i = 0; i < 128; i++)
		out[i] = (char)i;
	return secrets_shuffle(out, 128, 1);
}

static int long_shuffle(char *out)
{
	uint32_t *numbers = (uint32_t *)(void *)out;
	for (uint32_t i = 0; i < 2000; i++)
		numbers[i] = i;
	return secrets_shuffle(numbers, 2000, sizeof *numbers);
}

/* Functions that draw nothing, and get a secret. */

static int compared(char *out)
{
	int status = bytes(out);
	memcpy(out + 64, out, 64);
	return status != SECRETS_OK || secrets_compare_digest(out, 64, out + 64, 64) != 1;
}

static int recognized(char *out)
{
	int status = apikey(out);
	return status != SECRETS_OK || secrets_apikey_valid(out, strlen(out)) != 1;
}

static int wiped(char *out)
{
	int status = bytes(out);
	char *copy = (char *)malloc(1000);
	CHECK(copy != NULL);
	memcpy(copy + 500, out, 64);
	secrets_wipe(copy, 1000);
	free(copy);
	return status;
}

/* Calls that fail, after one that succeeds. */
static int refused(char *out)
{
	static const uint8_t zero[8];
	int status = hex(out);
	char *after = out + RESULT / 2;
	CHECK(secrets_token_bytes(NULL, 64) == SECRETS_EINVAL);
	CHECK(secrets_token_hex(after, 64, 32) == SECRETS_ENOSPC);
	CHECK(secrets_token_urlsafe(after, 43, 32) == SECRETS_ENOSPC);
	CHECK(secrets_token_hex_batch(after, 64, 32, 7) == SECRETS_ENOSPC);
	CHECK(secrets_token_urlsafe_batch(after, 64, 32, 7) == SECRETS_ENOSPC);
	CHECK(secrets_randbelow(0, (uint64_t *)(void *)after) == SECRETS_EINVAL);
	CHECK(secrets_randbits(65, (uint64_t *)(void *)after) == SECRETS_EINVAL);
	CHECK(secrets_randrange(1, 1, (int64_t *)(void *)after) == SECRETS_EINVAL);
	CHECK(secrets_randbelow_big(zero, 8, (uint8_t *)after) == SECRETS_EINVAL);
	CHECK(secrets_randbits_big(65, (uint8_t *)after, 8) == SECRETS_ENOSPC);
	CHECK(secrets_choice(after, 0, 1) == NULL);
	CHECK(secrets_shuffle(after, 64, 0) == SECRETS_EINVAL);
	CHECK(secrets_sample(7, 8, (size_t *)(void *)after) == SECRETS_EINVAL);
	CHECK(secrets_password(after, 64, 64, classes, 3) == SECRETS_ENOSPC);
	CHECK(secrets_passphrase(after, 64, 30, "", NULL, 0) == SECRETS_ENOSPC);
	CHECK(secrets_apikey(after, 64, "a", 64) == SECRETS_ENOSPC);
	return status;
}

/* ---- What results are made of ----------------------------------------- */

static size_t raw_of(uint64_t word, char *raw)
{
	memcpy(raw, &word, sizeof word);
	return sizeof word;
}

static uint64_t word_of(const char *result)
{
	uint64_t word;
	memcpy(&word, result, sizeof word);
	return word;
}

/* The 32 bytes that the characters of an alphabet of 2^width stand for. */
static size_t from_text(const char *result, char *raw, const char *alphabet, unsigned width)
{
	unsigned pending = 0, npending = 0;
	size_t n = 0;
	for (; n < 32; result++) {
		pending = pending << width | (unsigned)(strchr(alphabet, *result) - alphabet);
		npending += width;
		if (npending >= 8)
			raw[n++] = (char)(pending >> (npending -= 8));
	}
	return n;
}

static size_t from_hex(const char *result, char *raw)
{
	return from_text(result, raw, HEX_ALPHABET, 4);
}
static size_t from_urlsafe(const char *result, char *raw)
{
	return from_text(result, raw, URLSAFE_ALPHABET, 6);
}

/* A word w becomes floor(w * (2^64 - 1) / 2^64), which is w - 1. */
static size_t from_below(const char *result, char *raw)
{
	return raw_of(word_of(result) + 1, raw);
}
static size_t from_range(const char *result, char *raw)
{
	return raw_of(word_of(result) + (UINT64_C(1) << 63) + 1, raw);
}
static size_t from_choice(const char *result, char *raw)
{
	return raw_of(word_of(result) - (uintptr_t)beginning, raw);
}

static size_t from_number(const char *result, char *raw)
{
	double number;
	memcpy(&number, result, sizeof number);
	return raw_of((uint64_t)(number * (UINT64_C(1) << 53)), raw);
}

/* ---- Controls --------------------------------------------------------- */

/* What a careless program does: it leaves a copy in memory that it frees. */
static void leave_copy(const void *secret, size_t size)
{
	char *copy = (char *)malloc(1000);
	CHECK(copy != NULL);
	memcpy(copy + 500, secret, size);
	/* The compiler must assume that this reads it. */
	__asm__ __volatile__("" : : "r"(copy) : "memory");
	free(copy);
}

static int leaky(char *out)
{
	int status = bytes(out);
	leave_copy(out, 64);
	return status;
}

/* A copy of the bytes that a text was made of. */
static int leaky_raw(char *out)
{
	int status = secrets_token_hex(out, RESULT, 32);
	char decoded[RAW];
	leave_copy(decoded, from_hex(out, decoded));
	secrets_wipe(decoded, sizeof decoded);
	return status;
}

/* ---- Series ----------------------------------------------------------- */

static pthread_barrier_t drawn, searched;
static size_t panics;

/* A marked library may also be built to panic in the middle of a call, which then returns
   SECRETS_EINTERNAL. */
static int unless_panic(int status)
{
	if (marked && status == SECRETS_EINTERNAL) {
		__atomic_add_fetch(&panics, 1, __ATOMIC_RELAXED);
		return SECRETS_OK;
	}
	return status;
}

static void draw_row(size_t row)
{
	for (size_t i = 0; i < CALLS; i++) {
		struct result *r = &vault->results[row][i];
		CHECK_STATUS(SECRETS_OK, unless_panic(kind->call(r->bytes)));
		r->size = kind->size != 0 ? kind->size : strlen(r->bytes);
		r->part = kind->part;
	}
}

/* The threads keep their stacks until the search has ended. */
static void *draw_in_thread(void *row)
{
	draw_row((size_t)((struct result(*)[CALLS])row - vault->results));
	pthread_barrier_wait(&drawn);
	pthread_barrier_wait(&searched);
	return NULL;
}

/* One series: all threads draw, and then this one searches. */
static size_t series(void)
{
	pthread_t threads[THREADS];
	CHECK(pthread_barrier_init(&drawn, NULL, THREADS + 1) == 0);
	CHECK(pthread_barrier_init(&searched, NULL, THREADS + 1) == 0);
	for (size_t t = 0; t < THREADS; t++)
		threads[t] = start_thread(draw_in_thread, vault->results[t]);
	draw_row(THREADS);
	pthread_barrier_wait(&drawn);
	if (!marked)
		add_all();
	size_t found = copies();
	pthread_barrier_wait(&searched);
	for (size_t t = 0; t < THREADS; t++)
		join_thread(threads[t]);
	return found;
}

static void begin(const struct kind *k)
{
	if (vault == NULL)
		vault_open();
	kind = k;
	char *out = vault->results[0][0].bytes;
	CHECK(bytes(out) == SECRETS_OK);
	marked = is_marked(out, out + 64);
}

/* What is found in every round is not there by chance. */
static int leaves_copies(const struct kind *k)
{
	int rounds = 0;
	begin(k);
	while (rounds < ROUNDS && series() > 0)
		rounds++;
	return rounds == ROUNDS;
}

/* In this process and in a child. */
static void check_gone(struct kind k)
{
	CHECK(!leaves_copies(&k));
	pid_t child = fork();
	if (child == 0)
		_exit(leaves_copies(&k));
	check_exit(child);
	printf("calls: %d, panics: %zu\n", (THREADS + 1) * CALLS, panics);
}

#define GONE(function, size, part, raw) \
	static void after_##function(void) \
	{ \
		struct kind k = { function, size, part, raw }; \
		check_gone(k); \
	}

GONE(bytes, 64, 16, NULL)
GONE(hex, 64, 32, from_hex)
GONE(urlsafe, 43, 21, from_urlsafe)
GONE(hex_batch, 65 * 7 - 1, 32, from_hex)
GONE(urlsafe_batch, 44 * 7 - 1, 21, from_urlsafe)
GONE(below, 8, 8, from_below)
GONE(bits, 8, 8, NULL)
GONE(range, 8, 8, from_range)
GONE(number, 8, 8, from_number)
GONE(below_batch, 64, 16, from_below)
GONE(random_batch, 64, 16, from_number)
GONE(bits_big, 64, 16, NULL)
GONE(below_big, 64, 16, NULL)
GONE(choice, 8, 8, from_choice)
GONE(shuffle, 128, 16, NULL)
GONE(long_shuffle, 2000 * sizeof(uint32_t), 16 * sizeof(uint32_t), NULL)
GONE(sample, 64, 16, NULL)
GONE(long_sample, 1000 * sizeof(size_t), 16 * sizeof(size_t), NULL)
GONE(password, 64, 24, NULL)
GONE(long_password, 2000, 24, NULL)
GONE(policy, 64, 24, NULL)
GONE(largest_policy, 256, 24, NULL)
GONE(passphrase, 0, 60, NULL)
GONE(long_passphrase, 0, 60, NULL)
GONE(apikey, 86, 30, NULL)
GONE(long_apikey, 1344, 30, NULL)
GONE(compared, 64, 16, NULL)
GONE(recognized, 86, 30, NULL)
GONE(wiped, 64, 16, NULL)
GONE(refused, 64, 32, from_hex)

/* ---- Signals ---------------------------------------------------------- */

enum { SIGNALS = 500, NUMBERS = 1000 };

static volatile sig_atomic_t interrupted;

static void on_alarm(int number)
{
	interrupted = number;
}

/* Draws numbers until a signal arrives in between. Then the last of them, and the words that they
   were made of, are searched for. */
static void draw_until_signal(suseconds_t delay)
{
	struct itimerval timer;
	uint64_t *numbers = (uint64_t *)(void *)vault->results[0];
	uint64_t *words = (uint64_t *)(void *)vault->raw;
	memset(&timer, 0, sizeof timer);
	timer.it_value.tv_usec = delay;
	interrupted = 0;
	CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
	while (!interrupted)
		CHECK(secrets_randbelow_batch(UINT64_MAX, numbers, NUMBERS) == SECRETS_OK);
	add_nothing();
	for (size_t i = 0; i < NUMBERS; i++) {
		words[i] = numbers[i] + 1;
		add_part((char *)&numbers[i], 8);
		add_part((char *)&words[i], 8);
	}
}

/* When a signal handler of the host interrupts a call, the kernel saves the registers on the
   handler's stack, and they stay there. No library can prevent that: here it is counted, on a
   stack in the vault. Nothing is left anywhere else. */
static void after_signals(void)
{
	struct kind k = { bytes, 64, 16, NULL };
	struct sigaction action;
	stack_t stack;
	int saved = 0, rounds = 0;
	begin(&k);
	memset(&stack, 0, sizeof stack);
	stack.ss_sp = vault->signal_stack;
	stack.ss_size = sizeof vault->signal_stack;
	CHECK(sigaltstack(&stack, NULL) == 0);
	memset(&action, 0, sizeof action);
	action.sa_handler = on_alarm;
	action.sa_flags = SA_ONSTACK;
	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	for (suseconds_t i = 0; i < SIGNALS; i++) {
		draw_until_signal(100 + i * 37 % 101);
		saved += search(vault->signal_stack, vault->signal_stack + sizeof vault->signal_stack) > 0;
		if (i % (SIGNALS / ROUNDS) == 0)
			rounds += copies() > 0;
	}
	printf("signals: %d, registers with a secret: %d\n", SIGNALS, saved);
	CHECK(rounds < ROUNDS);
}

/* The controls: a copy is found. */
static void finds_copies(void)
{
	struct kind k = { leaky, 64, 16, NULL };
	CHECK(leaves_copies(&k));
}

static void finds_raw_copies(void)
{
	struct kind k = { leaky_raw, 64, 32, from_hex };
	CHECK(leaves_copies(&k));
}

static const struct check_case cases[] = {
	CASE(after_bytes),
	CASE(after_hex),
	CASE(after_urlsafe),
	CASE(after_hex_batch),
	CASE(after_urlsafe_batch),
	CASE(after_below),
	CASE(after_bits),
	CASE(after_range),
	CASE(after_number),
	CASE(after_below_batch),
	CASE(after_random_batch),
	CASE(after_bits_big),
	CASE(after_below_big),
	CASE(after_choice),
	CASE(after_shuffle),
	CASE(after_long_shuffle),
	CASE(after_sample),
	CASE(after_long_sample),
	CASE(after_password),
	CASE(after_long_password),
	CASE(after_policy),
	CASE(after_largest_policy),
	CASE(after_passphrase),
	CASE(after_long_passphrase),
	CASE(after_apikey),
	CASE(after_long_apikey),
	CASE(after_compared),
	CASE(after_recognized),
	CASE(after_wiped),
	CASE(after_refused),
	CASE(after_signals),
	CASE(finds_copies),
	CASE(finds_raw_copies),
};

CHECK_MAIN(cases)
