/* SPDX-License-Identifier: MIT */
/* Runs the named cases of a program one after the other in one process, where a
   process for each would cost more than the cases. The program is compiled with
   main renamed to run_case. */
#undef main

#include <stdio.h>

int run_case(int argc, char **argv);

int main(int argc, char **argv)
{
	if (argc == 1)
		return run_case(argc, argv);
	for (int i = 1; i < argc; i++) {
		char *one[] = { argv[0], argv[i], NULL };
		fprintf(stderr, "%s\n", argv[i]);
		if (run_case(2, one) != 0)
			return 1;
	}
	return 0;
}
