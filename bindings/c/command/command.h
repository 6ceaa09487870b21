/* SPDX-License-Identifier: MIT */
/* What the files of the command share: its subcommands, their options, input and output. */
#ifndef COMMAND_H
#define COMMAND_H

#include <secrets.h>
#include <stddef.h>
#include <stdint.h>

#define MOST 1000000 /* the largest count, size or number of bits that may be asked for */
#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Exit statuses. */
enum {
	DONE,
	NO,      /* check says that a key is not valid, or that two texts are not equal */
	MISUSED, /* the command line is wrong */
	FAILED   /* anything else: input, output, memory, randomness */
};

/* ---- Subcommands and their options ------------------------------------ */

struct option {
	const char *name;
	const char *value; /* what the help calls its value; NULL if it takes none */
	const char *help;
	int (*take)(const struct option *option, const char *value);
	void *target; /* what the option sets */
};

/* Options that several subcommands have, beside --json and --help, which all have. */
enum { COUNT = 1, ENTROPY = 2 };

struct command {
	const char *name, *arguments;
	const char *summary; /* for the list of all subcommands */
	const char *details; /* what the help has above the options */
	int least, most;     /* arguments */
	const struct option *options;
	size_t noptions;
	unsigned common;
	int (*run)(int narguments, char **arguments);
};

extern const struct command token_command, password_command, passphrase_command, apikey_command,
	number_command, choose_command, shuffle_command, check_command;

/* What the options in common ask for. */
struct common {
	size_t count;
	int json, entropy, help;
};
extern struct common common;

/* options.c: what an option may take, as DONE or, after a complaint, another status. */
int parse(const struct command *command, int argc, char **argv, int *narguments);
const struct option *option_of(const struct command *command, size_t i);
int take_flag(const struct option *option, const char *value); /* an int */
int take_size(const struct option *option, const char *value); /* a size_t, 1 or more */
int take_text(const struct option *option, const char *value); /* a const char *, in UTF-8 */
int take_file(const struct option *option, const char *value); /* a const char *, any bytes */
int parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *value);

/* help.c */
int print_help(const struct command *const *commands, size_t ncommands);
int print_command_help(const struct command *command);

/* ---- Output ------------------------------------------------------------ */

/* complain prints a message to stderr and returns the status. No message repeats an argument or
   a line of input: either may hold a secret by mistake. */
int complain(int exit_status, const char *format, ...);

/* finish turns a status of the library into one of this program. */
int finish(int status, const char *what);

void open_output(void);
int close_output(int exit_status);

/* A function that writes n results, text i at out + i * size, and returns a status of the library.
   size is that of the longest, the NUL included. */
typedef int drawing(char *out, size_t size, size_t n);

/* print_results draws the results that are asked for, and prints them. */
int print_results(const char *what, double bits, size_t size, drawing *draw);

/* The same in steps, for results without an entropy too. */
#define NO_ENTROPY (-1)
void print_entropy(double bits);
void begin_results(double bits);
void print_text(const char *text, size_t size);
void print_integer(uint64_t magnitude, int negative);
void print_answer(int yes, const char *text); /* or true or false in JSON */
void end_results(void);

/* ---- Input ------------------------------------------------------------- */

struct line {
	const char *text;
	size_t size;
};

struct input {
	char *bytes; /* followed by a NUL */
	size_t size;
	struct line *lines;
	size_t nlines;
};

/* read_input reads a file, or standard input if the name is NULL or "-". */
int read_input(struct input *input, const char *name);
int split_lines(struct input *input);
void drop_input(struct input *input);

/* ---- Passphrases --------------------------------------------------------- */

struct wordlist {
	const char **words;
	size_t nwords;      /* 0: the built-in list */
	struct input input; /* has the words */
};

struct style {
	const char *separator;
	const char *separators; /* characters of which each gap has one, or NULL */
	int capitalize, digit;
};

/* wordlist.c: the words are sorted. */
int read_wordlist(struct wordlist *list, const char *name, int capitalized);
void drop_wordlist(struct wordlist *list);

/* capitalize makes the first letter a capital. */
void capitalize(char *word);

/* is_readable returns 0 if two draws could read the same. */
int is_readable(const struct wordlist *list, const struct style *style);

/* ---- Text ---------------------------------------------------------------- */

/* utf8_size returns how many bytes the character at text has, or 0 if that is not UTF-8. */
size_t utf8_size(const char *text);
int is_utf8(const char *text, size_t size);
int is_among(const char *character, size_t size, const char *characters);

#endif
