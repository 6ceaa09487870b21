/* SPDX-License-Identifier: MIT */
/* Prints that it runs, and runs until its input ends. */
#include <stdio.h>

int main(void)
{
	puts("runs");
	fflush(stdout);
	while (getchar() != EOF)
		;
	return 0;
}
