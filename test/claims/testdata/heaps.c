/* SPDX-License-Identifier: MIT */
/*
 * Whether a copy of a token that a library has left on its heap is found in the parent, in a child,
 * and in a child that has called. Prints 1 for each where one is.
 */
#define _GNU_SOURCE
#include "check.h"
#include "run.h"

enum { TOKEN = 64 };

static unsigned char token[TOKEN];

static int in_mapping(const unsigned char *from, const unsigned char *to)
{
	const unsigned char *at = from;
	while ((at = memmem(at, (size_t)(to - at), token, TOKEN)) == token)
		at++;
	return at != NULL;
}

/* Searches writable memory, without copying anything. */
static int found(void)
{
	char line[512], rights[5];
	unsigned long from, to;
	int copies = 0;
	FILE *maps = fopen("/proc/self/maps", "r");
	CHECK(maps != NULL);
	while (fgets(line, sizeof line, maps) != NULL) {
		CHECK(sscanf(line, "%lx-%lx %4s", &from, &to, rights) == 3);
		if (strcmp(rights, "rw-p") == 0)
			copies += in_mapping((const unsigned char *)from, (const unsigned char *)to);
	}
	fclose(maps);
	return copies > 0;
}

int main(void)
{
	unsigned char other[TOKEN];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
	printf("parent %d, ", found());
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		printf("child %d, ", found());
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(other, sizeof other));
		printf("child that called %d\n", found());
		exit(0);
	}
	check_exit(child);
	return 0;
}
