/* SPDX-License-Identifier: MIT */
/*
 * libsecrets: tokens, numbers, passwords, passphrases and API keys on the command line. It is
 * also the largest example of the C functions, one file for each subcommand.
 *
 * What is secret is neither an argument, which every user of the machine could read, nor in an
 * error message, and is wiped from memory once printed.
 *
 * Compiles as C99 and as C++17.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = { &token_command, &password_command,
	&passphrase_command, &apikey_command, &number_command, &choose_command, &shuffle_command,
	&check_command };

/* Here the library starts, or says that it cannot: functions of it that return no status would
   return 0, as for wrong arguments. */
static int run(const struct command *command, int argc, char **argv)
{
	int narguments;
	int error = finish(secrets_token_bytes(NULL, 0), "randomness");
	if (error == DONE)
		error = parse(command, argc, argv, &narguments);
	if (error != DONE)
		return error;
	if (common.help)
		return print_command_help(command);
	if (narguments < command->least)
		return complain(MISUSED, "%s needs %s", command->name, command->arguments);
	if (narguments > command->most)
		return complain(MISUSED, "%s takes %s; see libsecrets %s --help", command->name,
			command->most == 0 ? "no arguments, but options" : command->arguments, command->name);
	return command->run(narguments, argv);
}

static int dispatch(int argc, char **argv)
{
	if (argc < 2)
		return complain(MISUSED, "which command? See libsecrets --help");
	if (strcmp(argv[1], "--help") == 0)
		return print_help(commands, LENGTH(commands));
	if (strcmp(argv[1], "--version") == 0) {
		printf("libsecrets %s\n", secrets_version());
		return DONE;
	}
	for (size_t i = 0; i < LENGTH(commands); i++)
		if (strcmp(argv[1], commands[i]->name) == 0)
			return run(commands[i], argc - 2, argv + 2);
	return complain(MISUSED, "there is no such command; see libsecrets --help");
}

int main(int argc, char **argv)
{
	open_output();
	return close_output(dispatch(argc, argv));
}
