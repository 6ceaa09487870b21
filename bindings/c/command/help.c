/* SPDX-License-Identifier: MIT */
/* What --help prints. */
#include "command.h"

#include <stdio.h>

int print_help(const struct command *const *commands, size_t ncommands)
{
	puts("usage: libsecrets COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:");
	for (size_t i = 0; i < ncommands; i++)
		printf("  %-10s  %s\n", commands[i]->name, commands[i]->summary);
	puts("\n"
		 "libsecrets COMMAND --help shows the options of a command, libsecrets --version\n"
		 "the version. No command takes a secret as an argument.\n\n"
		 "Exit status: 0 success; 1 check has found a key that is not valid, or texts that\n"
		 "are not equal; 2 the command line is wrong; 3 any other failure.");
	return DONE;
}

int print_command_help(const struct command *command)
{
	printf("usage: libsecrets %s [OPTION...]%s%s\n\n%s\n\nOptions:\n", command->name,
		*command->arguments == '\0' ? "" : " ", command->arguments, command->details);
	const struct option *option;
	for (size_t i = 0; (option = option_of(command, i)) != NULL; i++)
		printf("  %-13s %-9s  %s\n", option->name, option->value == NULL ? "" : option->value,
			option->help);
	return DONE;
}
