/* SPDX-License-Identifier: MIT */
/* The two text formats of tokens: their alphabets, and their length by another rule than the
   library's. After check.h. */
#ifndef TOKEN_FORMAT_H
#define TOKEN_FORMAT_H

#define HEX_ALPHABET "0123456789abcdef"

/* base64url (RFC 4648, section 5), in the order of the values. */
#define URLSAFE_ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/* A token has one character per byte, and one more per group of bytes, of which the last may be
   incomplete. */
enum { HEX_GROUP = 1, URLSAFE_GROUP = 3 };

/* The size of a token, the NUL included; 0 if it does not fit in size_t. */
static inline size_t token_size(size_t nbytes, size_t group)
{
	size_t more = nbytes / group + (nbytes % group != 0);
	return more >= SIZE_MAX - nbytes ? 0 : nbytes + more + 1;
}

/* Whether text is a token of that size: characters of the alphabet, and a NUL. */
static inline int is_token(const char *text, size_t size, const char *alphabet)
{
	return text[size - 1] == '\0' && strspn(text, alphabet) == size - 1;
}

/* BOTH defines a case for each format, hex and urlsafe, from a rule for any; CASES lists them. */
#define BOTH(rule) \
	static void hex_##rule(void) \
	{ \
		rule(&hex); \
	} \
	static void urlsafe_##rule(void) \
	{ \
		rule(&urlsafe); \
	}
#define CASES(rule) CASE(hex_##rule), CASE(urlsafe_##rule)

#endif
