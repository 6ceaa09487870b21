/* SPDX-License-Identifier: MIT */
/*
 * A first call under a limit: limits WHAT AMOUNT. WHAT is addresses or data, and AMOUNT in MB
 * beyond what the process has; or threads, and AMOUNT in total.
 *
 * Exit status: 0 SECRETS_OK, 4 SECRETS_ESTART, 1 the limit could not be set.
 */
#define _GNU_SOURCE
#include "check.h"
#include "proc.h"
#include "rights.h"

static void set(const char *what, rlim_t amount)
{
	if (strcmp(what, "addresses") == 0) {
		freeze_limit(RLIMIT_AS, proc_memory("VmSize:") + (amount << 20));
	} else if (strcmp(what, "data") == 0) {
		freeze_limit(RLIMIT_DATA, proc_memory("VmData:") + (amount << 20));
	} else {
		become_user(64124);
		freeze_limit(RLIMIT_NPROC, amount);
	}
}

int main(int argc, char **argv)
{
	unsigned char out[16];
	CHECK(argc == 3);
	set(argv[1], (rlim_t)atoi(argv[2]));
	int status = secrets_token_bytes(out, sizeof out);
	usleep(2000); /* for what the runtime still does after the call has returned */
	return -status;
}
