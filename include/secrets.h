/* SPDX-License-Identifier: MIT */
/*
 * secrets.h - cryptographically strong random tokens, numbers, choices and
 * shuffles, passwords, passphrases and API keys, and comparison in constant
 * time, for C99 and C++.
 *
 * What holds for every function here
 *
 *   Randomness  Every byte comes from the operating system's generator
 *               (getrandom(2) on Linux, ProcessPrng on Windows,
 *               arc4random_buf(3) on macOS). There is nothing to seed and
 *               nothing to initialise, and nothing random is kept between
 *               calls. Every integer is exactly uniform.
 *   Status      A function that can fail returns SECRETS_OK (0) or a negative
 *               code. Check it: after a failure the buffer holds its old
 *               contents, not a token, and nothing has been drawn for it.
 *               Where several codes apply, the first of these is returned:
 *               SECRETS_EENTROPY, SECRETS_ESTART, SECRETS_EINVAL, SECRETS_ENOSPC.
 *               SECRETS_ENOMEM comes where memory was needed to tell.
 *               SECRETS_EINTERNAL is the exception, and is not repeated below:
 *               any function that returns a status may return it, after a
 *               fault in the library itself. The output may have been written
 *               to and must not be used. Please report it.
 *   Memory      Every buffer is yours. Nothing is returned that must be freed,
 *               no pointer is kept, and no copy of a result stays behind in
 *               the library. A pointer may be NULL where its size is 0.
 *   Strings     Results are NUL-terminated, and out_size counts the NUL.
 *   Loading     Loading runs no code (but on macOS, where the library starts
 *               then). It never reads the environment.
 *   Starting    The first call of a process starts the library: it takes some
 *               milliseconds, 3 MB and a few threads, which have signals
 *               blocked and end before it returns. Where memory or threads are
 *               refused, it is SECRETS_ESTART; where randomness is,
 *               SECRETS_EENTROPY; and later calls try again. Call once before
 *               entering a sandbox: secrets_token_bytes(NULL, 0) will do.
 *   Threads     Any function may be called from any thread at any time. As many
 *               calls can be under way as there are processors, at least 4 and
 *               at most 16: others wait until one ends.
 *   Unloading   On Linux the library, and a plugin that it is linked into, may be
 *               unloaded (dlclose) when no call is under way: it gives back all
 *               that it has.
 *   Fork        Any function may be called in a forked child, however many
 *               threads either side has. The first call there starts the
 *               library again. On macOS it is always SECRETS_ESTART.
 *   Signals     No function is async-signal-safe (signal-safety(7)): call none
 *               from a signal handler, and do not leave one by siglongjmp(3).
 *               errno is left as it was.
 *   Windows     Call none from DllMain, where the library's threads cannot
 *               start. Once called it stays loaded, FreeLibrary or not.
 *
 * A token for a password-reset link, whole:
 *
 *     char token[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)];
 *     if (secrets_token_urlsafe(token, sizeof token, SECRETS_DEFAULT_ENTROPY) != SECRETS_OK)
 *         return -1;
 *
 * Build with: cc program.c -lsecrets
 */
#ifndef LIBSECRETS_SECRETS_H /* not SECRETS_H, which an application's own header may have */
#define LIBSECRETS_SECRETS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define SECRETS_MUST_CHECK __attribute__((warn_unused_result))
#else
#define SECRETS_MUST_CHECK
#endif

/* ---- Library ---------------------------------------------------------- */

/* The version of this header (https://semver.org). */
#define SECRETS_VERSION_MAJOR 1
#define SECRETS_VERSION_MINOR 0
#define SECRETS_VERSION_PATCH 0
#define SECRETS_VERSION "1.0.0"

/* Status codes. Their values never change; later releases may add codes, all
   of them negative. */
#define SECRETS_OK        0     /* done */
#define SECRETS_EINVAL    (-1)  /* an argument is outside its domain */
#define SECRETS_ENOSPC    (-2)  /* the output buffer is too small, or none could be large enough */
#define SECRETS_EENTROPY  (-3)  /* the operating system gives no randomness */
#define SECRETS_ESTART    (-4)  /* the library cannot start in this process: no memory or
                                   threads left, or a forked child on macOS */
#define SECRETS_EINTERNAL (-5)  /* a fault in the library itself: the output must not be used, and
                                   may have been written to, under this code alone */
#define SECRETS_ENOMEM    (-6)  /* a call needs memory of its own that is not to be had (large
                                   policies and own word lists only) */

/*
 * secrets_version returns the version of the loaded library, which may be newer
 * than the SECRETS_VERSION that the program was compiled with.
 *
 * Returns: static text such as "1.0.0"; never NULL.
 */
const char *secrets_version(void);

/*
 * secrets_strerror describes a status code in English.
 *
 * status  any int; one that is no status code is described as unknown
 *
 * Returns: static text without a newline; never NULL.
 */
const char *secrets_strerror(int status);

/* ---- Tokens ----------------------------------------------------------- */

/*
 * The number of random bytes to put in a token unless you have a reason for
 * another: 32 bytes, 256 bits, out of reach of any search by brute force. A later release
 * may raise it, so size buffers from it with the macros below. Fewer than 16
 * bytes is too few for a token that an attacker can test offline (RFC 4086,
 * section 8.2).
 */
#define SECRETS_DEFAULT_ENTROPY 32

/*
 * The buffer that a token of nbytes random bytes needs, in bytes, the NUL
 * included. Constant for a constant nbytes, so they may size an array. They do
 * not check for overflow: use the functions below for sizes you did not choose.
 */
#define SECRETS_TOKEN_HEX_SIZE(nbytes) (2 * SECRETS_AS_SIZE(nbytes) + 1)
#define SECRETS_TOKEN_URLSAFE_SIZE(nbytes) \
	(SECRETS_AS_SIZE(nbytes) / 3 * 4 + (SECRETS_AS_SIZE(nbytes) % 3 * 8 + 5) / 6 + 1)

/* For the macros alone. No cast of C in C++, and none to size_t of what is one already: both
   are warned of there (-Wold-style-cast, -Wuseless-cast). The type counts as a size_t. */
#if defined(__cplusplus) && __cplusplus >= 201103L
enum secrets_as_size : size_t {};
#define SECRETS_AS_SIZE(nbytes) static_cast<secrets_as_size>(nbytes)
#else
#define SECRETS_AS_SIZE(nbytes) ((size_t)(nbytes))
#endif

/*
 * secrets_token_hex_size and secrets_token_urlsafe_size are the macros above as
 * functions, for callers that cannot use macros or do not trust nbytes.
 *
 * Returns: the size in bytes, the NUL included; 0 if it does not fit in size_t.
 */
size_t secrets_token_hex_size(size_t nbytes);
size_t secrets_token_urlsafe_size(size_t nbytes);

/*
 * secrets_token_bytes fills out with nbytes random bytes.
 *
 * out     at least nbytes bytes; may be NULL if nbytes is 0
 * nbytes  0 to PTRDIFF_MAX
 *
 * On error out is untouched.
 *
 * Returns:
 *   SECRETS_OK        out holds nbytes random bytes
 *   SECRETS_EINVAL    out is NULL and nbytes is not 0
 *   SECRETS_ENOSPC    no object can have nbytes bytes at out
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_token_bytes(void *out, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_token_hex writes nbytes random bytes as 2 * nbytes digits 0-9a-f and
 * a NUL.
 *
 * out       at least SECRETS_TOKEN_HEX_SIZE(nbytes) bytes
 * out_size  the size of out in bytes; what lies beyond the NUL stays untouched
 * nbytes    the number of random bytes, not of digits; 0 gives ""
 *
 * On error out is untouched.
 *
 * Returns:
 *   SECRETS_OK        out holds the token
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    the token does not fit into out_size bytes, or into any size_t
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_token_hex(char *out, size_t out_size, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_token_urlsafe writes nbytes random bytes as unpadded base64url (RFC
 * 4648, section 5: A-Z a-z 0-9 - _) and a NUL: about 1.3 characters a byte, none of
 * which needs escaping in a URL, a file name, a cookie or a header. One token in 64
 * begins with -, which commands take for an option: as an argument put it behind
 * "--", and as a file name behind "./" or a prefix of your own.
 *
 * out       at least SECRETS_TOKEN_URLSAFE_SIZE(nbytes) bytes
 * out_size  the size of out in bytes; what lies beyond the NUL stays untouched
 * nbytes    the number of random bytes, not of characters; 0 gives ""
 *
 * On error out is untouched.
 *
 * Returns:
 *   SECRETS_OK        out holds the token
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    the token does not fit into out_size bytes, or into any size_t
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_token_urlsafe(char *out, size_t out_size, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_token_hex_batch and secrets_token_urlsafe_batch write count tokens, as
 * secrets_token_hex and secrets_token_urlsafe would one by one, and much faster. Token i
 * begins at out + i * SECRETS_TOKEN_HEX_SIZE(nbytes), or at
 * out + i * SECRETS_TOKEN_URLSAFE_SIZE(nbytes), and each ends with a NUL.
 *
 * out       at least count times that size; may be NULL if count is 0
 * out_size  the size of out in bytes; what lies beyond the last NUL stays untouched
 * nbytes    the number of random bytes in each token; 0 gives ""
 * count     the number of tokens; 0 gives none and writes nothing
 *
 * On error out is untouched. No memory is needed but out.
 *
 * Returns:
 *   SECRETS_OK        out holds the tokens
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    the tokens do not fit into out_size bytes, or into any size_t
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_token_hex_batch(char *out, size_t out_size, size_t nbytes, size_t count) SECRETS_MUST_CHECK;
int secrets_token_urlsafe_batch(char *out, size_t out_size, size_t nbytes, size_t count) SECRETS_MUST_CHECK;

/* ---- Numbers ---------------------------------------------------------- */

/*
 * secrets_randbelow draws an integer from [0, bound), each value exactly
 * equally likely.
 *
 * bound  1 to UINT64_MAX; the bound itself is never drawn
 * out    receives the integer; not NULL
 *
 * On error *out is untouched.
 *
 * Returns:
 *   SECRETS_OK        *out holds the integer
 *   SECRETS_EINVAL    bound is 0, or out is NULL
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_randbelow(uint64_t bound, uint64_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_randbits draws an integer of that many random bits: from [0, 2^bits),
 * each value exactly equally likely.
 *
 * bits  0 to 64; 0 gives 0
 * out   receives the integer; not NULL
 *
 * On error *out is untouched.
 *
 * Returns:
 *   SECRETS_OK        *out holds the integer
 *   SECRETS_EINVAL    bits is more than 64, or out is NULL
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_randbits(unsigned bits, uint64_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_randrange draws an integer from [start, stop), each value exactly
 * equally likely. The range may be as wide as [INT64_MIN, INT64_MAX).
 *
 * start  the smallest value that can be drawn
 * stop   more than start; itself never drawn
 * out    receives the integer; not NULL
 *
 * On error *out is untouched.
 *
 * Returns:
 *   SECRETS_OK        *out holds the integer
 *   SECRETS_EINVAL    stop is not more than start, or out is NULL
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_randrange(int64_t start, int64_t stop, int64_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_random draws a number from [0, 1): one of the 2^53 multiples of 2^-53
 * there, each exactly equally likely. For integers use secrets_randbelow:
 * scaling this one is biased.
 *
 * out  receives the number; not NULL
 *
 * On error *out is untouched.
 *
 * Returns:
 *   SECRETS_OK        *out holds the number
 *   SECRETS_EINVAL    out is NULL
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_random(double *out) SECRETS_MUST_CHECK;

/*
 * secrets_randbelow_batch draws count integers from [0, bound), each value
 * exactly equally likely and independent of the others: what secrets_randbelow
 * would draw one by one, and much faster.
 *
 * bound  1 to UINT64_MAX; the bound itself is never drawn
 * out    count integers; may be NULL if count is 0
 * count  the number of integers; 0 writes nothing
 *
 * On error out is untouched. No memory is needed but out.
 *
 * Returns:
 *   SECRETS_OK        out holds the integers
 *   SECRETS_EINVAL    bound is 0, or out is NULL and count is not 0
 *   SECRETS_ENOSPC    no object can have count integers at out
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_randbelow_batch(uint64_t bound, uint64_t *out, size_t count) SECRETS_MUST_CHECK;

/*
 * secrets_random_batch draws count numbers from [0, 1), each as secrets_random
 * draws one and independent of the others.
 *
 * out    count numbers; may be NULL if count is 0
 * count  the number of numbers; 0 writes nothing
 *
 * On error out is untouched. No memory is needed but out.
 *
 * Returns:
 *   SECRETS_OK        out holds the numbers
 *   SECRETS_EINVAL    out is NULL and count is not 0
 *   SECRETS_ENOSPC    no object can have count numbers at out
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_random_batch(double *out, size_t count) SECRETS_MUST_CHECK;

/*
 * secrets_randbelow_big draws an integer from [0, bound) of any size, each
 * value exactly equally likely. Both are unsigned, most significant byte first.
 *
 * bound  size bytes, not all of them 0; it may begin with zeros
 * size   the size of bound in bytes, and of out
 * out    receives the integer in size bytes, with zeros in front; must not
 *        overlap bound
 *
 * On error out is untouched. The time depends on the bound, and on how many
 * draws it takes (2 at most, on average), not on the integer.
 *
 * Returns:
 *   SECRETS_OK        out holds the integer
 *   SECRETS_EINVAL    bound is 0 (as it is if size is 0), bound or out is NULL, or they overlap
 *   SECRETS_ENOSPC    no object can have size bytes at bound or at out
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_randbelow_big(const uint8_t *bound, size_t size, uint8_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_randbits_big draws an integer of that many random bits, unsigned and
 * most significant byte first: from [0, 2^bits), each value exactly equally
 * likely.
 *
 * bits      0 or more; 0 gives 0
 * out       receives the integer, with zeros in front; may be NULL if out_size is 0
 * out_size  the size of out in bytes, at least bits / 8 rounded up; all of it is written
 *
 * On error out is untouched.
 *
 * Returns:
 *   SECRETS_OK        out holds the integer
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    out_size bytes are too few, or more than any object can have at out
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_randbits_big(size_t bits, uint8_t *out, size_t out_size) SECRETS_MUST_CHECK;

/* ---- Sequences -------------------------------------------------------- */

/* An array is given as to qsort(): where it begins, how many elements it has,
   and the size of one in bytes. Elements of any size may stand at any address. */

/*
 * secrets_choice picks an element of an array, each exactly equally likely. It
 * does not read the array.
 *
 * base   nmemb elements
 * nmemb  the number of elements
 * size   the size of one in bytes, 1 or more
 *
 * Returns: a pointer into base; NULL if nmemb or size is 0, if base is NULL, if
 * no object can have nmemb elements of that size, or where secrets_randbelow
 * would fail. Where the difference matters, use secrets_randbelow for the index.
 */
void *secrets_choice(const void *base, size_t nmemb, size_t size) SECRETS_MUST_CHECK;

/*
 * secrets_shuffle puts the elements of an array in random order, every
 * permutation exactly equally likely. It moves them in place, without a copy.
 *
 * base   nmemb elements; may be NULL if nmemb is 0
 * nmemb  the number of elements
 * size   the size of one in bytes, 1 or more (any if nmemb is 0)
 *
 * On error the array is untouched.
 *
 * Returns:
 *   SECRETS_OK        the elements are in random order
 *   SECRETS_EINVAL    base is NULL or size is 0, and nmemb is not 0
 *   SECRETS_ENOSPC    no object can have nmemb elements of that size at base
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_shuffle(void *base, size_t nmemb, size_t size) SECRETS_MUST_CHECK;

/*
 * secrets_sample draws count different integers from [0, population), in random
 * order: every such sequence is exactly equally likely. They serve as indices
 * into an array of population elements, or as unlike numbers of any range.
 *
 * population  count or more, up to SIZE_MAX
 * count       how many to draw
 * indices     receives count integers; may be NULL if count is 0
 *
 * On error indices is untouched. No memory is needed but indices, and the time
 * goes by count (times its logarithm, to sort), never by population.
 *
 * Returns:
 *   SECRETS_OK        indices holds the integers
 *   SECRETS_EINVAL    count is more than population, or indices is NULL and count is not 0
 *   SECRETS_ENOSPC    no object can have count integers at indices
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_sample(size_t population, size_t count, size_t *indices) SECRETS_MUST_CHECK;

/* ---- Passwords -------------------------------------------------------- */

/* The characters of Python's constants of these names, as literals to join. */
#define SECRETS_LOWERCASE   "abcdefghijklmnopqrstuvwxyz"
#define SECRETS_UPPERCASE   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SECRETS_DIGITS      "0123456789"
#define SECRETS_PUNCTUATION "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

/* A set of characters, and the least number of them in a password. */
typedef struct secrets_class {
	const char *characters; /* UTF-8, every character once; not NULL */
	size_t min;
} secrets_class;

/*
 * secrets_password writes a password of length characters from the classes,
 * with at least min from each. Every string that satisfies this is exactly equally
 * likely, and the time does not depend on how rare they are. A character is a
 * code point, whatever number of bytes it takes.
 *
 *     const secrets_class classes[] = {
 *         {SECRETS_LOWERCASE, 1}, {SECRETS_UPPERCASE, 1}, {SECRETS_DIGITS, 3}};
 *     char password[10 + 1];
 *     int status = secrets_password(password, sizeof password, 10, classes, 3);
 *
 * out       receives the password and a NUL
 * out_size  the size of out in bytes, at least secrets_password_size() of the
 *           same arguments, all of which may be written to
 * length    the number of characters; at most 10,000 if there are several
 *           classes and one has a minimum
 * classes   nclasses of them
 * nclasses  0 to 16; 0 means letters and digits (62 characters, 5.95 bits each)
 *
 * On error out is untouched. The first password for a set of lengths, class sizes
 * and minimums takes up to 1 s at 10,000 characters and 16 classes, and less than 100
 * microseconds at 64 and 4. The work is kept for up to 256 characters; it tells
 * nothing about any password. Until it returns a call may need memory of its own: up to
 * 10 MB for more than 256 characters, 200 KB for fewer while others are at work for other
 * policies, and 8 bytes a character where more than 128 of all classes are not ASCII.
 *
 * Returns:
 *   SECRETS_OK        out holds the password
 *   SECRETS_EINVAL    out is NULL and out_size is not 0; classes is NULL and
 *                     nclasses is not 0, or more than 16; characters is NULL, not
 *                     UTF-8, or empty with a min; a character stands twice,
 *                     within or across classes; there is no character at all and
 *                     length is not 0; the mins add up to more than length;
 *                     length is more than 10,000 where that is the most
 *   SECRETS_ENOSPC    the longest password does not fit into out_size bytes, or
 *                     into any size_t
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 *   SECRETS_ENOMEM    there is no memory for so large a policy
 */
int secrets_password(char *out, size_t out_size, size_t length, const secrets_class *classes, size_t nclasses) SECRETS_MUST_CHECK;

/*
 * secrets_password_size tells how large the buffer for a password has to be: for
 * the longest that secrets_password can write for these arguments, in bytes,
 * the NUL included.
 *
 * Returns: the size; 0 where secrets_password would say SECRETS_EINVAL, or
 * SECRETS_ENOSPC whatever the buffer, or where the library cannot start, or where there is
 * no memory for characters that are not ASCII.
 */
size_t secrets_password_size(size_t length, const secrets_class *classes, size_t nclasses);

/*
 * secrets_password_entropy tells how hard to guess a password is: the binary
 * logarithm of the exact number of strings that secrets_password chooses from,
 * right to 1e-9.
 *
 * Returns: the entropy in bits; NaN where secrets_password_size returns 0, or where there is
 * no memory for so large a policy.
 */
double secrets_password_entropy(size_t length, const secrets_class *classes, size_t nclasses);

/* ---- Passphrases ------------------------------------------------------ */

/*
 * secrets_passphrase writes nwords words with a separator between them, each
 * word any of the list with exactly equal probability.
 *
 * The built-in list is the large one of the Electronic Frontier Foundation
 * (https://www.eff.org/dice, CC BY 3.0 US): 7,776 English words of 3 to 9 letters,
 * 12.92 bits each. Six words are a good passphrase for what can be tested offline.
 *
 * Different draws make different passphrases, and so have the full entropy, if
 * no word is the beginning of another (as in the built-in list), whatever the
 * separator; or if the separator is not empty and no word contains any of
 * its bytes. Otherwise two draws may read the same: "in" "put" and "input".
 *
 * out            receives the passphrase and a NUL
 * out_size       the size of out in bytes, at least secrets_passphrase_size() of
 *                the same arguments
 * nwords         the number of words; 0 gives ""
 * separator      UTF-8, may be empty; NULL means " "
 * wordlist       wordlist_size words in UTF-8
 * wordlist_size  the number of words; 0 means the built-in list
 *
 * On error out is untouched. A list of your own is checked at every call, which
 * takes the time to sort it and, until the call returns, 32 bytes of memory a word.
 *
 * Returns:
 *   SECRETS_OK        out holds the passphrase
 *   SECRETS_EINVAL    out is NULL and out_size is not 0; wordlist is NULL and
 *                     wordlist_size is not 0, or no array can be so long; a word is NULL, empty, or stands
 *                     twice; a word or the separator is not UTF-8
 *   SECRETS_ENOSPC    the longest passphrase does not fit into out_size bytes, or
 *                     into any size_t
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 *   SECRETS_ENOMEM    there is no memory to check a list of your own
 */
int secrets_passphrase(char *out, size_t out_size, size_t nwords, const char *separator, const char *const *wordlist, size_t wordlist_size) SECRETS_MUST_CHECK;

/*
 * secrets_passphrase_size tells how large the buffer for a passphrase has to be:
 * for the longest that secrets_passphrase can write for these arguments, in
 * bytes, the NUL included. With the built-in list and a separator of one byte that
 * is 10 for each word.
 *
 * Returns: the size; 0 where secrets_passphrase would say SECRETS_EINVAL or
 * SECRETS_ENOMEM, or SECRETS_ENOSPC whatever the buffer, or where the library cannot start.
 */
size_t secrets_passphrase_size(size_t nwords, const char *separator, const char *const *wordlist, size_t wordlist_size);

/*
 * secrets_passphrase_entropy tells how hard to guess nwords words are that were
 * drawn from a list of wordlist_size, 0 meaning the built-in one.
 *
 * Returns: the entropy in bits, nwords times the binary logarithm of the size;
 * NaN where the library cannot start.
 */
double secrets_passphrase_entropy(size_t nwords, size_t wordlist_size);

/* ---- API keys --------------------------------------------------------- */

/*
 * secrets_apikey writes prefix + "_" + body + checksum: a key that shows by its
 * prefix what it is for, and by its checksum that it is one, so that a scanner
 * finds leaked keys without asking anyone.
 *
 * The body is random, of as few base62 digits (0-9 A-Z a-z, in this order) as
 * have 8 * nbytes bits: 43 for 32 bytes, and so many for every key of that
 * nbytes. The checksum is the CRC-32 (IEEE 802.3, that of zlib) of all before it, as
 * 6 base62 digits, most significant first. It guards against slips and not against
 * forgery: keep a hash of the key, and compare with secrets_compare_digest.
 *
 * out       receives the key and a NUL
 * out_size  the size of out in bytes, at least secrets_apikey_size() of the same
 *           arguments; what lies beyond the NUL stays untouched
 * prefix    1 to 32 of a-z A-Z 0-9 and _, the first a letter
 * nbytes    the random bytes that the body stands for; 0 gives an empty one
 *
 * On error out is untouched.
 *
 * Returns:
 *   SECRETS_OK        out holds the key
 *   SECRETS_EINVAL    out is NULL and out_size is not 0, or prefix is NULL or not
 *                     as it must be
 *   SECRETS_ENOSPC    the key does not fit into out_size bytes, or into any size_t
 *   SECRETS_EENTROPY  the operating system gives no randomness
 *   SECRETS_ESTART    the library cannot start in this process
 */
int secrets_apikey(char *out, size_t out_size, const char *prefix, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_apikey_size tells how large the buffer for a key has to be, in bytes,
 * the NUL included.
 *
 * Returns: the size; 0 where secrets_apikey would say SECRETS_EINVAL, or
 * SECRETS_ENOSPC whatever the buffer, or where the library cannot start.
 */
size_t secrets_apikey_size(const char *prefix, size_t nbytes);

/*
 * secrets_apikey_valid tells whether key is one that secrets_apikey of any
 * version can have made: of its form, and with the right checksum. It does not
 * tell that anyone was given it. Any change of one character, and any exchange of
 * two neighbours, is noticed.
 *
 * key       any bytes; NULL only where key_size is 0
 * key_size  their number, without a NUL
 *
 * Returns:
 *   1  it has the form of a key, and the checksum holds
 *   0  it has not, or an argument is bad, or the library cannot start; never
 *      any other value
 */
int secrets_apikey_valid(const char *key, size_t key_size) SECRETS_MUST_CHECK;

/* ---- Comparing and wiping --------------------------------------------- */

/*
 * secrets_compare_digest tells whether a and b hold the same bytes, in a time
 * that depends on b_size alone: not on the contents, not on a_size. Give it the
 * secret you hold as b and what came from outside as a, and nobody learns by
 * timing how much of a guess was right, nor how long the secret is from how
 * long the guess was. It fails closed: whatever is wrong, the answer is 0.
 *
 * a, b            the bytes; NULL only where the size is 0
 * a_size, b_size  their sizes in bytes, without a NUL. Two empty inputs are equal
 *
 * Returns:
 *   1  the sizes and all bytes are equal
 *   0  they are not, or an argument is bad, or the library cannot start; never
 *      any other value
 */
int secrets_compare_digest(const void *a, size_t a_size, const void *b, size_t b_size) SECRETS_MUST_CHECK;

/*
 * secrets_wipe sets size bytes at buffer to zero, and no optimiser removes it:
 * for a secret that is no longer needed. It cannot fail. It does not reach
 * copies that you, the compiler or the kernel (swap, core dumps) made elsewhere.
 *
 * buffer  at least size bytes; NULL is left alone, whatever size says
 */
void secrets_wipe(void *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* LIBSECRETS_SECRETS_H */
