/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * The runtime's memory: whether there is enough, where it is, and how it is freed.
 *
 * packaging/object.sh redirects the library's own calls of mmap, munmap, malloc and free to the
 * functions here (ld --wrap), but not the host's.
 */
#define _GNU_SOURCE
#include "heap.h"

#include "engine.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* What Go 1.26 and 1.27 map when they start, with their stacks, and how much of it is writable. */
#define ADDRESSES ((size_t)1264 << 20)
#define WRITABLE ((size_t)46 << 20)

/* The mapping is recorded like the runtime's own, so that a child that is forked meanwhile frees
   it. */
int heap_fits(void)
{
	void *at = mmap(NULL, ADDRESSES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return 0;
	int fits = mprotect(at, WRITABLE, PROT_READ | PROT_WRITE) == 0;
	return munmap(at, ADDRESSES) == 0 && fits;
}

/* ---- Regions ---------------------------------------------------------- */

/* What the runtime has mapped and not unmapped. A child inherits this list, and may be forked at
   any moment: a region is recorded after it is mapped, and removed before it is unmapped. A region
   that does not fit into the list is never freed. */
#define REGIONS 64
static KEEP struct region {
	char *at;    /* NULL: not yet recorded, or removed */
	size_t size; /* 0: this entry is free */
} regions[REGIONS];

static void note(char *at, size_t size)
{
	for (struct region *r = regions; r < regions + REGIONS; r++) {
		size_t none = 0;
		if (__atomic_compare_exchange_n(&r->size, &none, size, 0, __ATOMIC_ACQ_REL,
				__ATOMIC_RELAXED)) {
			__atomic_store_n(&r->at, at, __ATOMIC_RELEASE);
			return;
		}
	}
}

static void strike_out(struct region *r)
{
	__atomic_store_n(&r->at, NULL, __ATOMIC_RELEASE);
	__atomic_store_n(&r->size, 0, __ATOMIC_RELEASE);
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
	void *region = __real_mmap(at, size, protection, flags, file, offset);
	if (region != MAP_FAILED && !(flags & MAP_FIXED))
		note(region, size);
	return region;
}

/* What remains of a region that is unmapped in part is recorded again. */
int __wrap_munmap(void *at, size_t size)
{
	char *from = at, *to = from + size;
	for (struct region *r = regions; r < regions + REGIONS; r++) {
		struct region old = *r;
		if (old.at == NULL || to <= old.at || old.at + old.size <= from)
			continue;
		strike_out(r);
		if (old.at < from)
			note(old.at, (size_t)(from - old.at));
		if (to < old.at + old.size)
			note(to, (size_t)(old.at + old.size - to));
	}
	return __real_munmap(at, size);
}

void heap_forget(void)
{
	for (struct region *r = regions; r < regions + REGIONS; r++) {
		struct region old = *r;
		strike_out(r);
		if (old.at != NULL)
			__real_munmap(old.at, old.size);
	}
}

/* ---- malloc ----------------------------------------------------------- */

/* The runtime allocates the argument of a new thread here: glibc would reserve 64 MB of addresses
   for a thread that calls malloc or free. */
static struct place {
	int taken;
	__attribute__((aligned(16))) char bytes[32];
} places[16];

void *__real_malloc(size_t size);
void __real_free(void *at);

void *__wrap_malloc(size_t size)
{
	const struct place *end = places + sizeof places / sizeof *places;
	for (struct place *p = places; size <= sizeof p->bytes && p < end; p++)
		if (__atomic_exchange_n(&p->taken, 1, __ATOMIC_ACQ_REL) == 0)
			return p->bytes;
	return __real_malloc(size);
}

void __wrap_free(void *at)
{
	for (struct place *p = places; p < places + sizeof places / sizeof *places; p++) {
		if (at == p->bytes) {
			__atomic_store_n(&p->taken, 0, __ATOMIC_RELEASE);
			return;
		}
	}
	__real_free(at);
}
