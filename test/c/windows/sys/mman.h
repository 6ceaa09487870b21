/* SPDX-License-Identifier: MIT */
/* Those parts of mmap(2) and sysconf(3) that the test programs need, implemented for Windows. */
#ifndef WINDOWS_MMAN_H
#define WINDOWS_MMAN_H

#include <windows.h>
#undef near /* of 16-bit pointers */

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_PRIVATE 0
#define MAP_ANONYMOUS 0
#define MAP_FAILED NULL
#define _SC_PAGESIZE 0

static inline DWORD windows_protection(int protection)
{
	return protection == PROT_NONE ? PAGE_NOACCESS : PAGE_READWRITE;
}

static inline void *mmap(void *address, size_t size, int protection, int flags, int file,
	long offset)
{
	(void)flags, (void)file, (void)offset;
	return VirtualAlloc(address, size, MEM_RESERVE | MEM_COMMIT, windows_protection(protection));
}

static inline int mprotect(void *address, size_t size, int protection)
{
	DWORD before;
	return VirtualProtect(address, size, windows_protection(protection), &before) ? 0 : -1;
}

static inline int munmap(void *address, size_t size)
{
	(void)size;
	return VirtualFree(address, 0, MEM_RELEASE) ? 0 : -1;
}

static inline long sysconf(int name)
{
	SYSTEM_INFO info;
	(void)name;
	GetSystemInfo(&info);
	return (long)info.dwPageSize;
}

#endif
