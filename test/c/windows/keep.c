/* SPDX-License-Identifier: MIT */
/* Says that it runs, and does so until its input ends. */
#include <stdio.h>

int main(void)
{
	puts("runs");
	fflush(stdout);
	while (getchar() != EOF)
		;
	return 0;
}
