/* SPDX-License-Identifier: MIT */
/* A raffle: a code for every ticket, the winners, and which prize each of them gets.
   Codes cannot be guessed, and every outcome is equally likely. */
#include <secrets.h>
#include <stdio.h>

enum { TICKETS = 500, WINNERS = 3, CODE_BYTES = 16 };

/* One call draws all codes, one per row. */
static char codes[TICKETS][SECRETS_TOKEN_URLSAFE_SIZE(CODE_BYTES)];

static const char *prizes[] = { "a bicycle", "a kettle", "a book" };

static int draw(size_t winners[WINNERS])
{
	int status = secrets_token_urlsafe_batch(codes[0], sizeof codes, CODE_BYTES, TICKETS);
	if (status == SECRETS_OK)
		status = secrets_sample(TICKETS, WINNERS, winners);
	if (status == SECRETS_OK)
		status = secrets_shuffle(prizes, WINNERS, sizeof *prizes);
	return status;
}

int main(void)
{
	size_t winners[WINNERS];
	int status = draw(winners);
	if (status != SECRETS_OK) {
		fprintf(stderr, "no raffle: %s\n", secrets_strerror(status));
		return 1;
	}
	for (int i = 0; i < WINNERS; i++)
		printf("ticket %3zu, code %s, wins %s\n", winners[i] + 1, codes[winners[i]], prizes[i]);
	/* From all tickets, those of the winners included. */
	const char *code = (const char *)secrets_choice(codes, TICKETS, sizeof *codes);
	if (code == NULL)
		return 1;
	printf("the umbrella left behind goes to code %s\n", code);
	return 0;
}
