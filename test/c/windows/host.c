/* SPDX-License-Identifier: MIT */
/* What the library leaves unchanged in its host on Windows. Each case loads the library named by
   $LIBRARY, and fails with one that is built like any other Go library. */
#include "../check.h"

#include <tlhelp32.h>
#include <winternl.h>

static int (*token_bytes)(void *out, size_t nbytes);
static int (*compare_digest)(const void *a, size_t a_size, const void *b, size_t b_size);

/* Loads the library and draws, after which all of its runtime has started. */
static HMODULE load(void)
{
	unsigned char drawn[16];
	HMODULE library = LoadLibraryA(getenv("LIBRARY"));
	CHECK(library != NULL);
	*(FARPROC *)&token_bytes = GetProcAddress(library, "secrets_token_bytes");
	*(FARPROC *)&compare_digest = GetProcAddress(library, "secrets_compare_digest");
	CHECK(token_bytes != NULL && compare_digest != NULL);
	CHECK_STATUS(SECRETS_OK, token_bytes(drawn, sizeof drawn));
	return library;
}

/* Returns the number of threads of this process. */
static int threads(void)
{
	int count = 0;
	THREADENTRY32 thread;
	HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
	CHECK(all != INVALID_HANDLE_VALUE);
	thread.dwSize = sizeof thread;
	for (BOOL more = Thread32First(all, &thread); more; more = Thread32Next(all, &thread))
		count += thread.th32OwnerProcessID == GetCurrentProcessId();
	CloseHandle(all);
	return count;
}

/* Before the first call nothing has to stay. */
static void loading_starts_nothing(void)
{
	int before = threads();
	HMODULE library = LoadLibraryA(getenv("LIBRARY"));
	CHECK(library != NULL);
	Sleep(200);
	CHECK(threads() == before);
	CHECK(FreeLibrary(library));
	CHECK(GetModuleHandleA(getenv("LIBRARY")) == NULL);
	load();
	CHECK(threads() > before);
}

/* Go's threads still run after FreeLibrary, so their code must stay. */
static void stays_loaded(void)
{
	for (int i = 0; i < 3; i++) {
		HMODULE library = load();
		CHECK(FreeLibrary(library));
		Sleep(200);
		CHECK(GetModuleHandleA(getenv("LIBRARY")) == library);
	}
}

/* Windows writes no crash report for a process with SEM_NOGPFAULTERRORBOX. */
static void error_mode_kept(void)
{
	UINT mode = GetErrorMode();
	load();
	CHECK(GetErrorMode() == mode);
}

/* A bit allows the process paths of more than 260 characters. */
static void path_limit_kept(void)
{
	const BYTE *block = (const BYTE *)NtCurrentTeb()->ProcessEnvironmentBlock;
	BYTE before = block[3];
	load();
	CHECK(block[3] == before);
}

/* Settings with which Go's runtime would write to the standard error. */
static void environment_unread(void)
{
	HANDLE output, input;
	DWORD written;
	CHECK(CreatePipe(&output, &input, NULL, 0));
	CHECK(SetStdHandle(STD_ERROR_HANDLE, input));
	CHECK(SetEnvironmentVariableA("GODEBUG", "inittrace=1"));
	load();
	CHECK(PeekNamedPipe(output, NULL, 0, NULL, &written, NULL));
	CHECK(written == 0);
}

static LONG WINAPI crash_handler(EXCEPTION_POINTERS *exception)
{
	if (exception->ExceptionRecord->ExceptionCode == EXCEPTION_ACCESS_VIOLATION)
		ExitProcess(0);
	return EXCEPTION_CONTINUE_SEARCH;
}

/* An invalid pointer is an access violation, which the host's handler gets: Go would turn it into
   a panic. */
static void fault_is_the_hosts(void)
{
	load();
	CHECK(AddVectoredExceptionHandler(0, crash_handler) != NULL);
	compare_digest((void *)8, 16, (void *)8, 16);
	CHECK(!"the call came back");
}

static const struct check_case cases[] = {
	CASE(loading_starts_nothing),
	CASE(stays_loaded),
	CASE(error_mode_kept),
	CASE(path_limit_kept),
	CASE(environment_unread),
	CASE(fault_is_the_hosts),
};

CHECK_MAIN(cases)
