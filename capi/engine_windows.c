/* SPDX-License-Identifier: MIT */
//go:build windows && library

/*
 * The engine of the library for Windows. Loading it runs no code of Go's: the constructor is
 * taken out when the library is linked (Makefile), and the first call does its work.
 */
#include "engine.h"
#include "runtime.h"

#include <windows.h>

union process_pages engine_pages;

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
		__atomic_store_n(&process->ready, engine_joined, __ATOMIC_RELEASE);
	}
	int status = process->started ? SECRETS_OK : SECRETS_ESTART;
	ReleaseSRWLockExclusive(&starting);
	return status;
}
