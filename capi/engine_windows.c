/* SPDX-License-Identifier: MIT */
//go:build windows && library

/*
 * The engine of the library for Windows. Loading it runs no code of Go's: the constructor is
 * taken out when the library is linked (packaging/object.sh), and the first call does its work.
 *
 * Go's runtime is made for processes of its own. It changes some things of the whole process,
 * which are the host's here. So packaging/object.sh has the runtime call the functions below, of
 * the names that it imports, and not those of Windows.
 */
#include "engine.h"
#include "runtime.h"

#include <stdint.h>
#include <string.h>
#include <windows.h>

union process_pages engine_pages;

/* ---- What the runtime calls ------------------------------------------- */

#pragma GCC visibility push(hidden)

/* Changes nothing. The runtime reads the result of none of these. Windows of 64 bits has one
   calling convention, in which the caller takes care of the arguments. */
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

/* No variable, so that no GODEBUG, GOGC or GOMAXPROCS of the host is seen. */
const wchar_t *instead_GetEnvironmentStringsW(void)
{
	return L"\0";
}

/* The runtime sets a bit of the process environment block, by which Windows lets a process
   use long paths: it gets a block that nobody reads. */
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

/* The runtime's threads stay, so FreeLibrary() must leave the library where it is. */
static int pin(void)
{
	const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS;
	HMODULE self;
	return GetModuleHandleExW(flags, (LPCWSTR)&engine_pages, &self);
}

/* Every export of Go's waits until the runtime has started. Windows' generator does not fail,
   so there is no randomness to wait for. */
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
