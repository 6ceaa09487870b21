/* SPDX-License-Identifier: MIT */
//go:build windows && library

/*
 * The engine of the library for Windows. Loading it runs no code of Go's: the constructor is
 * removed when the library is linked (packaging/object.sh), and the first call does its work.
 *
 * Go's runtime is made for processes of its own. It changes settings of the whole process,
 * which belong to the host here. So packaging/object.sh makes the runtime call the functions below
 * instead of those of Windows that it imports.
 */
#include "engine.h"
#include "runtime.h"

#include <stdint.h>
#include <string.h>
#include <windows.h>

union process_pages engine_pages;

/* ---- Functions for the runtime ---------------------------------------- */

#pragma GCC visibility push(hidden)

/* Changes nothing. The runtime ignores the results of all of these. 64-bit Windows has one
   calling convention, in which the caller removes the arguments. */
uintptr_t instead_SetErrorMode(void)
{
	return 1;
}

#define NOTHING __attribute__((alias("instead_SetErrorMode")))
NOTHING uintptr_t instead_WerSetFlags(void);
NOTHING uintptr_t instead_SetProcessPriorityBoost(void);
NOTHING uintptr_t instead_SetConsoleCtrlHandler(void);
NOTHING uintptr_t instead_AddVectoredExceptionHandler(void);
NOTHING uintptr_t instead_AddVectoredContinueHandler(void);
NOTHING uintptr_t instead_FreeEnvironmentStringsW(void);

/* An empty environment, so that GODEBUG, GOGC and GOMAXPROCS of the host have no effect. */
const wchar_t *instead_GetEnvironmentStringsW(void)
{
	return L"\0";
}

/* The runtime sets a bit in the process environment block, which allows long paths in the whole
   process. It gets a block that is used for nothing. */
static INT_PTR WINAPI process_block(void)
{
	static char block[4096];
	return (INT_PTR)block;
}

FARPROC instead_GetProcAddress(HMODULE library, const char *name)
{
	if (strcmp(name, "RtlGetCurrentPeb") == 0)
		return process_block;
	return GetProcAddress(library, name);
}

#pragma GCC visibility pop

/* ---- Starting --------------------------------------------------------- */

/* The runtime's threads do not end, so FreeLibrary() must not unload the library. */
static int pin(void)
{
	const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS;
	HMODULE self;
	return GetModuleHandleExW(flags, (LPCWSTR)&engine_pages, &self);
}

/* Every export of Go waits until the runtime has started. The generator of Windows does not fail,
   so randomness is not checked. */
int engine_start(int randomness)
{
	static SRWLOCK starting = SRWLOCK_INIT;
	struct process *process = &engine_pages.process;

	(void)randomness;
	AcquireSRWLockExclusive(&starting);
	if (!process->started && pin()) {
		process->started = 1;
		go_start();
		__atomic_store_n(&process->ready, 1, __ATOMIC_RELEASE);
	}
	int status = process->started ? SECRETS_OK : SECRETS_ESTART;
	ReleaseSRWLockExclusive(&starting);
	return status;
}
