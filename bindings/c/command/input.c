/* SPDX-License-Identifier: MIT */
/* A file or standard input as a whole, and its lines. It may be a secret, so that no copy stays. */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 4096

static int is_standard(const char *name)
{
	return name == NULL || strcmp(name, "-") == 0;
}

/* grow doubles the room for the bytes. realloc would leave a copy where they were. */
static int grow(struct input *input, size_t *room)
{
	size_t more = *room == 0 ? FIRST_ROOM : 2 * *room;
	char *larger = (char *)malloc(more);
	if (larger == NULL)
		return 0;
	if (input->size > 0)
		memcpy(larger, input->bytes, input->size);
	secrets_wipe(input->bytes, input->size);
	free(input->bytes);
	input->bytes = larger;
	*room = more;
	return 1;
}

/* read_all returns 1 if it has read to the end. */
static int read_all(struct input *input, FILE *file)
{
	size_t room = 0, got;
	do {
		if (input->size + 1 >= room && !grow(input, &room))
			return 0;
		got = fread(input->bytes + input->size, 1, room - 1 - input->size, file);
		input->size += got;
	} while (got > 0);
	input->bytes[input->size] = '\0';
	return !ferror(file);
}

int read_input(struct input *input, const char *name)
{
	memset(input, 0, sizeof *input);
	FILE *file = is_standard(name) ? stdin : fopen(name, "rb");
	int done = 0;
	if (file != NULL) {
		setvbuf(file, NULL, _IONBF, 0); /* no copy in a buffer */
		done = read_all(input, file);
	}
	if (!done)
		complain(FAILED, "cannot read %s: %s", is_standard(name) ? "standard input" : "the file",
			strerror(errno));
	if (file != NULL && file != stdin)
		fclose(file);
	if (!done)
		drop_input(input);
	return done ? DONE : FAILED;
}

/* split_lines finds the lines of the input, without what ends them. */
int split_lines(struct input *input)
{
	size_t n = 1;
	for (size_t i = 0; i < input->size; i++)
		n += input->bytes[i] == '\n';
	input->lines = (struct line *)calloc(n, sizeof *input->lines);
	if (input->lines == NULL)
		return complain(FAILED, "out of memory");
	for (size_t start = 0, end; start < input->size; start = end + 1) {
		const char *line = input->bytes + start;
		const char *found = (const char *)memchr(line, '\n', input->size - start);
		end = found == NULL ? input->size : (size_t)(found - input->bytes);
		input->lines[input->nlines].text = line;
		input->lines[input->nlines++].size = end - start;
	}
	return DONE;
}

void drop_input(struct input *input)
{
	secrets_wipe(input->bytes, input->size);
	free(input->bytes);
	free(input->lines);
	memset(input, 0, sizeof *input);
}
