/* SPDX-License-Identifier: MIT */
/*
 * secrets: tokens, numbers, passwords, passphrases and API keys on the command
 * line. `secrets --help` shows the usage; without a command it prints a token.
 *
 * Exit status: 0 success, 1 a failure or an invalid key, 2 wrong usage. A failure
 * prints a message to stderr. Secrets are wiped from memory once printed.
 *
 * Compiles as C99 and as C++17.
 */
#include <errno.h>
#include <secrets.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 10000 /* the largest count or size that may be asked for */
#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum { DONE, FAILED, MISUSED };
enum { HEX = 1, CLASSES = 2, WORDS = 4, COUNT = 8, ENTROPY = 16 }; /* kinds of options */

/* What the command line asks for. */
struct request {
	const char **arguments;
	size_t narguments;
	size_t n;     /* bytes, characters or words in one result */
	size_t count; /* the number of results */
	int hex, entropy;
	secrets_class classes[16];
	size_t nclasses;
	const char *separator;
	char *text; /* of the word list */
	const char **words;
	size_t nwords;
};

static char shown[4096]; /* the buffer of stdout, to be wiped */

static int complain(int exit_status, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fputs("secrets: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	return exit_status;
}

static int finish(int status, const char *what)
{
	if (status == SECRETS_OK)
		return DONE;
	return complain(FAILED, "no %s: %s", what, secrets_strerror(status));
}

/* number reads a text that consists of digits only: no sign, no space. */
static int number(const char *name, const char *text, uint64_t least, uint64_t most,
	uint64_t *value)
{
	uint64_t n = 0;
	const char *c = text;
	while ('0' <= *c && *c <= '9' && n <= (most - (uint64_t)(*c - '0')) / 10)
		n = 10 * n + (uint64_t)(*c++ - '0');
	if (c == text || *c != '\0' || n < least)
		return complain(MISUSED, "%s must be a number from %llu to %llu, not '%s'", name,
			(unsigned long long)least, (unsigned long long)most, text);
	*value = n;
	return DONE;
}

static int count(const char *name, const char *text, size_t least, size_t *size)
{
	uint64_t value;
	int error = number(name, text, least, MOST, &value);
	if (error == DONE)
		*size = (size_t)value;
	return error;
}

/* ---- Commands --------------------------------------------------------- */

/* size_argument reads argument i, the size of a result, or takes the usual one if there is none. */
static int size_argument(struct request *r, size_t i, const char *name, size_t usual)
{
	r->n = usual;
	return i < r->narguments ? count(name, r->arguments[i], 1, &r->n) : DONE;
}

static void print_entropy(const struct request *r, double bits)
{
	if (r->entropy)
		fprintf(stderr, "%.1f bits\n", bits);
}

/* print_all draws and prints the results, each of size bytes with its NUL. */
static int print_all(const struct request *r, const char *what, size_t size,
	int (*draw)(const struct request *r, char *out, size_t size))
{
	char *out = (char *)calloc(r->count, size);
	if (out == NULL)
		return complain(FAILED, "no %s: out of memory", what);
	int status = draw(r, out, size);
	for (size_t i = 0; i < r->count && status == SECRETS_OK; i++)
		puts(out + i * size);
	secrets_wipe(out, r->count * size);
	free(out);
	return finish(status, what);
}

static int draw_tokens(const struct request *r, char *out, size_t size)
{
	if (r->hex)
		return secrets_token_hex_batch(out, size * r->count, r->n, r->count);
	return secrets_token_urlsafe_batch(out, size * r->count, r->n, r->count);
}

static int token(struct request *r)
{
	if (size_argument(r, 0, "BYTES", SECRETS_DEFAULT_ENTROPY) != DONE)
		return MISUSED;
	print_entropy(r, 8.0 * (double)r->n);
	return print_all(r, "token",
		r->hex ? secrets_token_hex_size(r->n) : secrets_token_urlsafe_size(r->n), draw_tokens);
}

static int integer(struct request *r)
{
	static uint64_t values[MOST]; /* static, as the stack may be small */
	uint64_t bound;
	if (number("BOUND", r->arguments[0], 1, UINT64_MAX, &bound) != DONE)
		return MISUSED;
	int status = secrets_randbelow_batch(bound, values, r->count);
	for (size_t i = 0; i < r->count && status == SECRETS_OK; i++)
		printf("%llu\n", (unsigned long long)values[i]);
	secrets_wipe(values, r->count * sizeof *values);
	return finish(status, "number");
}

static int draw_passwords(const struct request *r, char *out, size_t size)
{
	int status = SECRETS_OK;
	for (size_t i = 0; i < r->count && status == SECRETS_OK; i++)
		status = secrets_password(out + i * size, size, r->n, r->classes, r->nclasses);
	return status;
}

/* no_password prints what is wrong with classes that are valid one by one. */
static int no_password(const struct request *r)
{
	size_t sum = 0;
	for (size_t i = 0; i < r->nclasses; i++)
		sum += r->classes[i].min;
	if (sum > r->n)
		return complain(MISUSED, "the minimums add up to %zu, more than the LENGTH of %zu", sum,
			r->n);
	if (sum > 0 && r->n > 256)
		return complain(MISUSED, "with minimums the LENGTH is at most 256, not %zu", r->n);
	return complain(MISUSED, "a character is in two classes");
}

static int password(struct request *r)
{
	if (size_argument(r, 0, "LENGTH", 16) != DONE)
		return MISUSED;
	size_t size = secrets_password_size(r->n, r->classes, r->nclasses);
	if (size == 0)
		return no_password(r);
	print_entropy(r, secrets_password_entropy(r->n, r->classes, r->nclasses));
	return print_all(r, "password", size, draw_passwords);
}

static int draw_passphrases(const struct request *r, char *out, size_t size)
{
	int status = SECRETS_OK;
	for (size_t i = 0; i < r->count && status == SECRETS_OK; i++)
		status = secrets_passphrase(out + i * size, size, r->n, r->separator, r->words, r->nwords);
	return status;
}

static int passphrase(struct request *r)
{
	if (size_argument(r, 0, "WORDS", 6) != DONE)
		return MISUSED;
	size_t size = secrets_passphrase_size(r->n, r->separator, r->words, r->nwords);
	if (size == 0)
		return complain(MISUSED,
			"--wordlist has an empty line, a word twice, or text that is not UTF-8");
	print_entropy(r, secrets_passphrase_entropy(r->n, r->nwords));
	return print_all(r, "passphrase", size, draw_passphrases);
}

static int draw_keys(const struct request *r, char *out, size_t size)
{
	int status = SECRETS_OK;
	for (size_t i = 0; i < r->count && status == SECRETS_OK; i++)
		status = secrets_apikey(out + i * size, size, r->arguments[0], r->n);
	return status;
}

static int key(struct request *r)
{
	if (size_argument(r, 1, "BYTES", SECRETS_DEFAULT_ENTROPY) != DONE)
		return MISUSED;
	size_t size = secrets_apikey_size(r->arguments[0], r->n);
	if (size == 0)
		return complain(MISUSED,
			"PREFIX must be a letter and at most 31 letters, digits or _, not '%s'",
			r->arguments[0]);
	print_entropy(r, 8.0 * (double)r->n);
	return print_all(r, "key", size, draw_keys);
}

static int check(struct request *r)
{
	int error = DONE;
	for (size_t i = 0; i < r->narguments; i++) {
		int valid = secrets_apikey_valid(r->arguments[i], strlen(r->arguments[i]));
		puts(valid ? "valid" : "not valid");
		error = valid ? error : FAILED;
	}
	return error;
}

static const struct command {
	const char *name, *arguments, *help;
	size_t least, most; /* arguments */
	unsigned options;
	int (*run)(struct request *r);
} commands[] = {
	{ "token", "[BYTES]", "a token of random bytes, 32 by default", 0, 1, HEX | COUNT | ENTROPY,
		token },
	{ "number", "BOUND", "a number from 0 to BOUND - 1", 1, 1, COUNT, integer },
	{ "password", "[LENGTH]", "letters and digits, 16 by default", 0, 1, CLASSES | COUNT | ENTROPY,
		password },
	{ "passphrase", "[WORDS]", "English words, 6 by default", 0, 1, WORDS | COUNT | ENTROPY,
		passphrase },
	{ "key", "PREFIX [BYTES]", "an API key of random bytes, 32 by default", 1, 2, COUNT | ENTROPY,
		key },
	{ "check", "KEY...", "whether keys have the right form and checksum", 1, SIZE_MAX, 0, check },
};

/* ---- Options ---------------------------------------------------------- */

struct option {
	const char *name, *value, *help; /* value is NULL if it takes none */
	unsigned kind;
	int (*set)(struct request *r, const struct option *option, const char *value);
	const char *characters;
};

static int set_flag(struct request *r, const struct option *option, const char *value)
{
	(void)value;
	*(option->kind == HEX ? &r->hex : &r->entropy) = 1;
	return DONE;
}

static int set_count(struct request *r, const struct option *option, const char *value)
{
	return count(option->name, value, 1, &r->count);
}

/* set_class adds a class: of the option's characters or, if it has none, of those
   after MIN and a colon. */
static int set_class(struct request *r, const struct option *option, const char *value)
{
	char min[8] = "";
	size_t digits = strcspn(value, ":");
	secrets_class *added = &r->classes[r->nclasses];
	if (r->nclasses++ == LENGTH(r->classes))
		return complain(MISUSED, "%s: there are 16 classes already", option->name);
	if (option->characters == NULL && (value[digits] == '\0' || digits >= sizeof min))
		return complain(MISUSED, "%s: '%s' is not MIN:CHARS", option->name, value);
	if (option->characters == NULL)
		memcpy(min, value, digits);
	added->characters = option->characters != NULL ? option->characters : value + digits + 1;
	if (count(option->name, option->characters != NULL ? value : min, 0, &added->min) != DONE)
		return MISUSED;
	if (secrets_password_size(added->min + 1, added, 1) == 0)
		return complain(MISUSED, "%s: '%s' is empty, has a character twice, or is not UTF-8",
			option->name, added->characters);
	return DONE;
}

static int set_separator(struct request *r, const struct option *option, const char *value)
{
	r->separator = value;
	if (secrets_passphrase_size(1, value, NULL, 0) == 0)
		return complain(MISUSED, "%s: '%s' is not UTF-8", option->name, value);
	return DONE;
}

/* read_text returns the contents of a file, as a string to free, or NULL. */
static char *read_text(const char *name)
{
	size_t size = 0, got = 0;
	char *text = NULL, *larger;
	FILE *file = fopen(name, "r");
	if (file == NULL)
		return NULL;
	do {
		larger = (char *)realloc(text, (size += got) + 4096);
		text = larger == NULL ? text : larger;
		got = larger == NULL ? 0 : fread(text + size, 1, 4095, file);
	} while (got > 0);
	if (larger != NULL && memchr(text, '\0', size) != NULL)
		errno = EINVAL; /* not text: what follows a NUL would be ignored */
	else if (larger != NULL && !ferror(file)) {
		fclose(file);
		text[size] = '\0';
		return text;
	}
	fclose(file);
	free(text);
	return NULL;
}

static int set_wordlist(struct request *r, const struct option *option, const char *value)
{
	if (r->text != NULL)
		return complain(MISUSED, "%s was given twice", option->name);
	r->text = read_text(value);
	if (r->text == NULL)
		return complain(MISUSED, "%s: cannot read '%s': %s", option->name, value, strerror(errno));
	r->words = (const char **)calloc(strlen(r->text) + 1, sizeof *r->words);
	if (r->words == NULL)
		return complain(FAILED, "%s: out of memory", option->name);
	for (char *line = r->text, *end; *line != '\0'; line = end) {
		r->words[r->nwords++] = line;
		end = line + strcspn(line, "\n");
		if (end > line && end[-1] == '\r')
			end[-1] = '\0';
		if (*end != '\0')
			*end++ = '\0';
	}
	return r->nwords > 0 ? DONE : complain(MISUSED, "%s: '%s' has no words", option->name, value);
}

static const struct option options[] = {
	{ "--count", "N", "how many to print, one per line", COUNT, set_count, NULL },
	{ "--entropy", NULL, "print the entropy of each in bits, on stderr", ENTROPY, set_flag, NULL },
	{ "--hex", NULL, "token: hexadecimal digits, not base64url", HEX, set_flag, NULL },
	{ "--lower", "MIN", "password: lower-case letters, at least MIN", CLASSES, set_class,
		SECRETS_LOWERCASE },
	{ "--upper", "MIN", "password: upper-case letters, at least MIN", CLASSES, set_class,
		SECRETS_UPPERCASE },
	{ "--digits", "MIN", "password: digits, at least MIN", CLASSES, set_class, SECRETS_DIGITS },
	{ "--symbols", "MIN", "password: punctuation, at least MIN", CLASSES, set_class,
		SECRETS_PUNCTUATION },
	{ "--class", "MIN:CHARS", "password: these characters, at least MIN", CLASSES, set_class,
		NULL },
	{ "--separator", "TEXT", "passphrase: the text between words", WORDS, set_separator, NULL },
	{ "--wordlist", "FILE", "passphrase: your own words, one per line", WORDS, set_wordlist, NULL },
};

/* ---- The command line ------------------------------------------------- */

static int help(void)
{
	puts("usage: secrets [COMMAND] [ARGUMENT...] [OPTION...]\n\nCommands (without one: token):");
	for (size_t i = 0; i < LENGTH(commands); i++)
		printf("  %-10s %-15s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
	puts("\nOptions (naming a class of characters replaces the default, letters and digits):");
	for (size_t i = 0; i < LENGTH(options); i++)
		printf("  %-11s %-14s %s\n", options[i].name,
			options[i].value == NULL ? "" : options[i].value, options[i].help);
	puts("  --help, --version\n\nExit status: 0 success, 1 failure or invalid key, 2 wrong usage.");
	return DONE;
}

/* take_option sets the option at argv[*i], with the value that follows if it has one. */
static int take_option(struct request *r, const struct command *command, char **argv, int *i)
{
	const struct option *option = options;
	const char *value = NULL;
	while (option < options + LENGTH(options) && strcmp(option->name, argv[*i]) != 0)
		option++;
	if (option == options + LENGTH(options))
		return complain(MISUSED, "there is no option '%s'; see --help", argv[*i]);
	if ((option->kind & command->options) == 0)
		return complain(MISUSED, "%s is no option of %s", option->name, command->name);
	if (option->value != NULL && (value = argv[++*i]) == NULL)
		return complain(MISUSED, "%s needs a value, %s", option->name, option->value);
	return option->set(r, option, value);
}

static int parse(struct request *r, const struct command *command, char **argv)
{
	int error = DONE;
	for (int i = 0; error == DONE && argv[i] != NULL; i++)
		if (argv[i][0] == '-')
			error = take_option(r, command, argv, &i);
		else if (r->narguments == command->most)
			error = complain(MISUSED, "%s takes no argument '%s'", command->name, argv[i]);
		else
			r->arguments[r->narguments++] = argv[i];
	if (error == DONE && r->narguments < command->least)
		error = complain(MISUSED, "%s needs %s", command->name, command->arguments);
	return error;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct request r;
	memset(&r, 0, sizeof r);
	r.count = 1;
	r.arguments = (const char **)calloc((size_t)argc + 1, sizeof *r.arguments);
	if (r.arguments == NULL)
		return complain(FAILED, "out of memory");
	int error = parse(&r, command, argv);
	if (error == DONE)
		error = command->run(&r);
	free(r.arguments);
	free(r.words);
	free(r.text);
	return error;
}

/* dispatch runs the command that is named, or else the first. */
static int dispatch(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0)
			return help();
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return printf("secrets %s\n", secrets_version()) < 0;
	if (argc < 2 || argv[1][0] == '-')
		return run(commands, argc, argc < 2 ? argv + argc : argv + 1);
	for (size_t i = 0; i < LENGTH(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return run(&commands[i], argc - 2, argv + 2);
	return complain(MISUSED, "there is no command '%s'; see --help", argv[1]);
}

int main(int argc, char **argv)
{
	setvbuf(stdout, shown, _IOFBF, sizeof shown);
	int error = dispatch(argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout))
		error = complain(FAILED, "cannot write: %s", strerror(errno));
	secrets_wipe(shown, sizeof shown);
	return error;
}
