/* SPDX-License-Identifier: MIT */
/*
 * After a call the only copy of a secret is the caller's. Every result of a
 * series of calls is kept in one mapping, the vault; then all other memory that
 * this process can read is searched for the first and the last part of each, and
 * for the bytes that a text was made of.
 *
 * A part has 100 bits or more, and fewer than 2^30 places are compared with fewer
 * than 2^11 of them: a search finds one by chance with a probability below 2^-59.
 * Only if a second one of another series finds one too is it taken for a copy: below 2^-118.
 */
#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/wait.h>

#define THREADS 4
#define CALLS 64       /* of each thread in a series */
#define RESULT 512     /* bytes of the vault for one */
#define LEAST 16       /* bytes in a part */

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

static struct vault {
	struct result results[THREADS + 1][CALLS];
	unsigned char raw[THREADS + 1][CALLS][64];
	struct part parts[4 * (THREADS + 1) * CALLS];
	size_t nparts;
	unsigned first[1 << 18]; /* by hash: 1 + the index of a part, or 0 */
	char maps[1 << 18];
} *vault;

static void vault_open(void)
{
	/* With a gap on either side, so that the kernel joins it to no other mapping. */
	size_t gap = (size_t)sysconf(_SC_PAGESIZE), size = (sizeof *vault + gap - 1) / gap * gap;
	char *map = (char *)mmap(NULL, size + 2 * gap, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(map != MAP_FAILED);
	CHECK(mprotect(map + gap, size, PROT_READ | PROT_WRITE) == 0);
	vault = (struct vault *)(void *)(map + gap);
}

/* The list of the parts that begin with the same 8 bytes as these, and of a few more. */
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

static int digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* What stands in the vault becomes what is looked for. */
static void add_all(int decode)
{
	vault->nparts = 0;
	memset(vault->first, 0, sizeof vault->first);
	for (size_t t = 0; t <= THREADS; t++)
		for (size_t i = 0; i < CALLS; i++) {
			struct result *r = &vault->results[t][i];
			add_part(r->bytes, r->part);
			add_part(r->bytes + r->size - r->part, r->part);
			for (size_t j = 0; decode && j < 32; j++)
				vault->raw[t][i][j] = (unsigned char)(digit(r->bytes[2 * j]) << 4 | digit(r->bytes[2 * j + 1]));
			if (decode) {
				add_part((char *)vault->raw[t][i], LEAST);
				add_part((char *)vault->raw[t][i] + 32 - LEAST, LEAST);
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

static size_t search(const char *at, const char *end)
{
	size_t found = 0;
	for (; end - at >= LEAST; at++)
		found += (size_t)is_part(at, end);
	return found;
}

/* Reads /proc/self/maps into the vault before any of it is used, as the search
   must not change what is mapped. */
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

/* The number of copies outside the vault. */
static size_t copies(void)
{
	size_t found = 0, regions = 0;
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
		if (!kernel) {
			found += search(from, to);
			regions++;
		}
	}
	CHECK(regions > 10);
	return found;
}

/* ---- The calls -------------------------------------------------------- */

/* A call that writes size bytes of which part are to be looked for, at either end. */
struct kind {
	int (*call)(char *out);
	size_t size, part;
	int hex;
};

static int bytes(char *out) { return secrets_token_bytes(out, 64); }
static int hex(char *out) { return secrets_token_hex(out, RESULT, 32); }
static int urlsafe(char *out) { return secrets_token_urlsafe(out, RESULT, 32); }
static int hex_batch(char *out) { return secrets_token_hex_batch(out, RESULT, 32, 7); }
static int urlsafe_batch(char *out) { return secrets_token_urlsafe_batch(out, RESULT, 32, 7); }
static int below_batch(char *out) { return secrets_randbelow_batch(UINT64_MAX, (uint64_t *)(void *)out, 8); }
static int random_batch(char *out) { return secrets_random_batch((double *)(void *)out, 8); }
static int bits_big(char *out) { return secrets_randbits_big(512, (uint8_t *)out, 64); }
static int sample(char *out) { return secrets_sample(SIZE_MAX, 8, (size_t *)(void *)out); }
static int password(char *out) { return secrets_password(out, RESULT, 64, NULL, 0); }
static int passphrase(char *out) { return secrets_passphrase(out, RESULT, 30, "", NULL, 0); }
static int apikey(char *out) { return secrets_apikey(out, RESULT, "a", 64); }

static int below_big(char *out)
{
	static const uint8_t bound[64] = { 0x80 };
	return secrets_randbelow_big(bound, sizeof bound, (uint8_t *)out);
}

static int policy(char *out)
{
	static const secrets_class classes[] = { { SECRETS_LOWERCASE, 1 }, { SECRETS_DIGITS, 3 }, { SECRETS_UPPERCASE, 0 } };
	return secrets_password(out, RESULT, 64, classes, 3);
}

/* What a careless program does: a copy stays in memory that was given back. */
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
	int status = secrets_token_hex(out, RESULT, 32);
	leave_copy(out, 65);
	return status;
}

/* The bytes that a text was made of. */
static int leaky_raw(char *out)
{
	int status = secrets_token_hex(out, RESULT, 32);
	unsigned char decoded[32];
	for (size_t i = 0; i < sizeof decoded; i++)
		decoded[i] = (unsigned char)(digit(out[2 * i]) << 4 | digit(out[2 * i + 1]));
	leave_copy(decoded, sizeof decoded);
	secrets_wipe(decoded, sizeof decoded);
	return status;
}

static const struct kind *kind;
static pthread_barrier_t drawn, searched;

static void draw_row(size_t row)
{
	for (size_t i = 0; i < CALLS; i++) {
		struct result *r = &vault->results[row][i];
		CHECK_STATUS(SECRETS_OK, kind->call(r->bytes));
		r->size = kind->size != 0 ? kind->size : strlen(r->bytes);
		r->part = kind->part;
	}
}

/* The threads keep their stacks until the search is over. */
static void *draw_in_thread(void *row)
{
	draw_row((size_t)((struct result(*)[CALLS])row - vault->results));
	pthread_barrier_wait(&drawn);
	pthread_barrier_wait(&searched);
	return NULL;
}

/* One series: all threads and this one draw, and then this one searches. */
static size_t series(void)
{
	pthread_t threads[THREADS];
	CHECK(pthread_barrier_init(&drawn, NULL, THREADS + 1) == 0);
	CHECK(pthread_barrier_init(&searched, NULL, THREADS + 1) == 0);
	for (size_t t = 0; t < THREADS; t++)
		CHECK(pthread_create(&threads[t], NULL, draw_in_thread, vault->results[t]) == 0);
	draw_row(THREADS);
	pthread_barrier_wait(&drawn);
	add_all(kind->hex);
	size_t found = copies();
	pthread_barrier_wait(&searched);
	for (size_t t = 0; t < THREADS; t++)
		CHECK(pthread_join(threads[t], NULL) == 0);
	return found;
}

/* What is found twice in a row is not there by chance. */
static int leaves_copies(const struct kind *k)
{
	if (vault == NULL)
		vault_open();
	kind = k;
	return series() > 0 && series() > 0;
}

/* In this process and in a child of it. */
static void check_gone(struct kind k)
{
	int status;
	CHECK(!leaves_copies(&k));
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(leaves_copies(&k));
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#define GONE(function, size, part, hex) \
	static void after_##function(void) \
	{ \
		struct kind k = { function, size, part, hex }; \
		check_gone(k); \
	}

GONE(bytes, 64, 16, 0)
GONE(hex, 64, 32, 1)
GONE(urlsafe, 43, 21, 0)
GONE(hex_batch, 65 * 7 - 1, 32, 1)
GONE(urlsafe_batch, 44 * 7 - 1, 21, 0)
GONE(below_batch, 64, 16, 0)
GONE(random_batch, 64, 16, 0)
GONE(bits_big, 64, 16, 0)
GONE(below_big, 64, 16, 0)
GONE(sample, 64, 16, 0)
GONE(password, 64, 24, 0)
GONE(policy, 64, 24, 0)
GONE(passphrase, 0, 60, 0)
GONE(apikey, 86, 30, 0)

/* The controls: what is left is found. */
static void finds_copies(void)
{
	struct kind k = { leaky, 64, 32, 1 };
	CHECK(leaves_copies(&k));
}

static void finds_raw_copies(void)
{
	struct kind k = { leaky_raw, 64, 32, 1 };
	CHECK(leaves_copies(&k));
}

static const struct check_case cases[] = {
	CASE(after_bytes),
	CASE(after_hex),
	CASE(after_urlsafe),
	CASE(after_hex_batch),
	CASE(after_urlsafe_batch),
	CASE(after_below_batch),
	CASE(after_random_batch),
	CASE(after_bits_big),
	CASE(after_below_big),
	CASE(after_sample),
	CASE(after_password),
	CASE(after_policy),
	CASE(after_passphrase),
	CASE(after_apikey),
	CASE(finds_copies),
	CASE(finds_raw_copies),
};

CHECK_MAIN(cases)
