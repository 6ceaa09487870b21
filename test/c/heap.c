/* SPDX-License-Identifier: MIT */
/*
 * Which memory of an abandoned runtime is freed: what it mapped and did not unmap, and nothing of
 * the host's. Tests capi/heap.c alone, with the real C library.
 */
#define _GNU_SOURCE
#include "check.h"

#define SECRETS_ENGINE
#include "../../capi/heap.c"

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
int __wrap_munmap(void *at, size_t size);
void *__wrap_malloc(size_t size);
void __wrap_free(void *at);

void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
	return mmap(at, size, protection, flags, file, offset);
}

int __real_munmap(void *at, size_t size)
{
	return munmap(at, size);
}
void *__real_malloc(size_t size)
{
	return malloc(size);
}
void __real_free(void *at)
{
	free(at);
}

enum { PAGE = 65536, PAGES = 8 };

static char *reserved(size_t pages)
{
	void *at = __wrap_mmap(NULL, pages * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(at != MAP_FAILED);
	return (char *)at;
}

static int mapped(char *at)
{
	return madvise(at, PAGE, MADV_NORMAL) == 0; /* ENOMEM if nothing is mapped there */
}

/* Returns which of the eight pages are mapped, as bits. */
static unsigned pages_at(char *at)
{
	unsigned set = 0;
	for (unsigned i = 0; i < PAGES; i++)
		set |= (unsigned)mapped(at + i * PAGE) << i;
	return set;
}

static void all_goes(void)
{
	char *at = reserved(PAGES), *other = reserved(1);
	CHECK(pages_at(at) == 0xff && mapped(other));
	heap_forget();
	CHECK(pages_at(at) == 0 && !mapped(other));
	heap_forget();
}

/* The host may have mapped what was unmapped. */
static void the_hosts_stays(unsigned first, unsigned count)
{
	char *at = reserved(PAGES);
	CHECK(__wrap_munmap(at + first * PAGE, count * PAGE) == 0);
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
	CHECK(mmap(at + first * PAGE, count * PAGE, PROT_READ, flags, -1, 0) != MAP_FAILED);
	heap_forget();
	CHECK(pages_at(at) == ((1U << count) - 1) << first);
	CHECK(munmap(at, PAGES * PAGE) == 0);
}

static void every_part_unmapped(void)
{
	for (unsigned first = 0; first < PAGES; first++)
		for (unsigned count = 1; first + count <= PAGES; count++)
			the_hosts_stays(first, count);
}

/* One munmap may cover several regions. */
static void regions_in_a_row(void)
{
	char *at = (char *)mmap(NULL, PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(at != MAP_FAILED && munmap(at, PAGES * PAGE) == 0);
	for (unsigned i = 0; i < PAGES; i += 2)
		CHECK(__wrap_mmap(at + i * PAGE, 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			at + i * PAGE);
	CHECK(__wrap_munmap(at + PAGE, 4 * PAGE) == 0);
	CHECK(pages_at(at) == 0xe1);
	CHECK(mmap(at + PAGE, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
		at + PAGE);
	heap_forget();
	CHECK(pages_at(at) == 0x1e);
}

/* What is mapped into a region is part of it, and a failed mapping is not recorded. */
static void fixed_and_refused(void)
{
	char *at = reserved(PAGES);
	CHECK(__wrap_mmap(at, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at);
	CHECK(__wrap_mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
	CHECK(__wrap_munmap(at, PAGES * PAGE) == 0);
	CHECK(mmap(at, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at);
	heap_forget();
	CHECK(pages_at(at) == 1);
}

/* Regions that do not fit into the list are mapped all the same, and never freed. */
static void no_place_left(void)
{
	char *all[2 * REGIONS];
	for (size_t i = 0; i < 2 * REGIONS; i++)
		all[i] = reserved(1);
	heap_forget();
	for (size_t i = 0; i < 2 * REGIONS; i++)
		CHECK(mapped(all[i]) == (i >= REGIONS));
	for (size_t i = REGIONS; i < 2 * REGIONS; i++)
		CHECK(__wrap_munmap(all[i], PAGE) == 0);
}

static void small_pieces(void)
{
	enum { PIECES = 64 };
	void *piece[PIECES];
	for (size_t i = 0; i < PIECES; i++) {
		piece[i] = __wrap_malloc(24);
		CHECK(piece[i] != NULL && (uintptr_t)piece[i] % 16 == 0);
		memset(piece[i], (int)i, 24);
	}
	for (size_t i = 0; i < PIECES; i++) {
		CHECK(*(unsigned char *)piece[i] == i);
		__wrap_free(piece[i]);
	}
	CHECK(__wrap_malloc(24) == piece[0]);
	void *large = __wrap_malloc(4096);
	memset(large, 1, 4096);
	__wrap_free(large);
	__wrap_free(NULL);
}

static const struct check_case cases[] = {
	CASE(all_goes),
	CASE(every_part_unmapped),
	CASE(regions_in_a_row),
	CASE(fixed_and_refused),
	CASE(no_place_left),
	CASE(small_pieces),
};

CHECK_MAIN(cases)
