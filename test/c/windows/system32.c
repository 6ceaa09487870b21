/* SPDX-License-Identifier: MIT */
/* Wine before 8.11 lacks bcryptprimitives.dll, which Windows has. This is its one function,
   implemented by the older one that both have (RtlGenRandom). */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *buffer, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *buffer, SIZE_T size)
{
	const ULONG most = 1 << 30;
	for (; size > most; size -= most, buffer += most)
		SystemFunction036(buffer, most);
	return SystemFunction036(buffer, (ULONG)size);
}
