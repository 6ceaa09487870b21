/* SPDX-License-Identifier: MIT */
/*
 * secrets.h - cryptographically secure random tokens, numbers, choices and shuffles,
 * passwords, passphrases and API keys, and comparison in constant time, for C99 and C++.
 *
 * What holds for every function here
 *
 *   Randomness  Every byte comes from the operating system's CSPRNG (getrandom(2) on Linux,
 *               ProcessPrng on Windows, arc4random_buf(3) on macOS). There is nothing to seed
 *               and nothing to initialise, and no random byte is kept between calls. Results
 *               are uniformly distributed: there is no modulo bias.
 *   Status      A function that can fail returns SECRETS_OK (0) or a negative code. Check it:
 *               after a failure the buffer holds its old contents, not a token, and nothing has
 *               been drawn for it. Every function that returns a status may return these three,
 *               which are not repeated below:
 *                 SECRETS_EENTROPY   the operating system refuses randomness
 *                 SECRETS_ESTART     the library cannot start in this process
 *                 SECRETS_EINTERNAL  a fault in the library itself: the output may have been
 *                                    written to and must not be used. Please report it.
 *               If several codes apply, the first of these is returned: SECRETS_EENTROPY,
 *               SECRETS_ESTART, SECRETS_EINVAL, SECRETS_ENOSPC. SECRETS_ENOMEM comes before the
 *               last two if memory was needed to find them out.
 *   Memory      Every buffer is yours. Nothing that is returned must be freed, no pointer is
 *               kept, and no copy of a result stays in the library. A pointer may be NULL if
 *               its size is 0.
 *   Strings     Results are NUL-terminated, and out_size includes the NUL.
 *   Loading     Loading runs no code (except on macOS, where it starts the library). The
 *               environment is never read (except on macOS).
 *   Starting    The first call of a process starts the library. It takes some milliseconds, 3 MB
 *               and a few threads, which have signals blocked and end before it returns. If
 *               memory or threads are refused, it returns SECRETS_ESTART; if randomness is,
 *               SECRETS_EENTROPY. Later calls try again. Call once before entering a sandbox:
 *               secrets_token_bytes(NULL, 0) will do.
 *   Threads     Any function may be called from any thread at any time. As many calls can run at
 *               once as there are processors, at least 4 and at most 16; others wait.
 *   Unloading   On Linux the library, or a plugin that it is linked into, may be unloaded
 *               (dlclose) when no call is running; it then frees all its memory.
 *   Fork        Any function may be called in a forked child, whatever threads parent and child
 *               have. The first call there re-initialises the library. On macOS a child always
 *               gets SECRETS_ESTART.
 *   Signals     No function is async-signal-safe (signal-safety(7)): call none from a signal
 *               handler, and do not leave one by siglongjmp(3). errno is unchanged.
 *   Windows     Call none from DllMain, where the library's threads cannot start. Once called,
 *               the library stays loaded, even after FreeLibrary.
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

/* Status codes. Their values never change; later releases may add codes, all of them negative. */
#define SECRETS_OK 0          /* success */
#define SECRETS_EINVAL (-1)   /* an argument is outside its domain */
#define SECRETS_ENOSPC (-2)   /* the output buffer is too small, or none could be large enough */
#define SECRETS_EENTROPY (-3) /* the operating system refuses randomness */

/* The library cannot start in this process: memory or threads are refused, or it is a forked child
   on macOS. */
#define SECRETS_ESTART (-4)

/* A fault in the library itself: the output may have been written to and must not be used. */
#define SECRETS_EINTERNAL (-5)

/* A call needs memory of its own and is refused it (only for large policies and word lists of your
   own). */
#define SECRETS_ENOMEM (-6)

/*
 * secrets_version returns the version of the loaded library, which may be newer than the
 * SECRETS_VERSION that the program was compiled with.
 *
 * Returns: static text such as "1.0.0"; never NULL.
 */
const char *secrets_version(void);

/*
 * secrets_strerror describes a status code in English.
 *
 * status  any int; a value that is no status code yields "unknown status"
 *
 * Returns: static text without a newline; never NULL.
 */
const char *secrets_strerror(int status);

/* ---- Tokens ----------------------------------------------------------- */

/*
 * The number of random bytes for a token, unless you have a reason for another: 32 bytes are 256
 * bits, far beyond any brute-force search. A later release may raise it, so size buffers from it
 * with the macros below. Fewer than 16 bytes are too few for a token that an attacker can test
 * offline (RFC 4086, section 8.2).
 */
#define SECRETS_DEFAULT_ENTROPY 32

/*
 * The size of the buffer for a token of nbytes random bytes, in bytes, the NUL included. Constant
 * for a constant nbytes, so they may size an array. They do not check for overflow: use the
 * functions below for sizes you did not choose.
 */
#define SECRETS_TOKEN_HEX_SIZE(nbytes) (2 * SECRETS_AS_SIZE(nbytes) + 1)
#define SECRETS_TOKEN_URLSAFE_SIZE(nbytes) \
	(SECRETS_AS_SIZE(nbytes) / 3 * 4 + (SECRETS_AS_SIZE(nbytes) % 3 * 8 + 5) / 6 + 1)

/* Only for the macros. C++ compilers warn of a C cast and of a cast from size_t to size_t
   (-Wold-style-cast, -Wuseless-cast); this type has the values of a size_t. */
#if defined(__cplusplus) && __cplusplus >= 201103L
enum secrets_as_size : size_t {};
#define SECRETS_AS_SIZE(nbytes) static_cast<secrets_as_size>(nbytes)
#else
#define SECRETS_AS_SIZE(nbytes) ((size_t)(nbytes))
#endif

/*
 * secrets_token_hex_size and secrets_token_urlsafe_size are the macros above as functions, for
 * callers that cannot use macros or do not trust nbytes.
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
 * On error out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        out holds nbytes random bytes
 *   SECRETS_EINVAL    out is NULL and nbytes is not 0
 *   SECRETS_ENOSPC    nbytes exceeds what any object can hold
 */
int secrets_token_bytes(void *out, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_token_hex writes nbytes random bytes as 2 * nbytes digits 0-9a-f and a NUL.
 *
 * out       at least SECRETS_TOKEN_HEX_SIZE(nbytes) bytes
 * out_size  the size of out in bytes; bytes beyond the NUL are unchanged
 * nbytes    the number of random bytes, not of digits; 0 yields ""
 *
 * On error out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        out holds the token
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    the token does not fit into out_size bytes, or its size into a size_t
 */
int secrets_token_hex(char *out, size_t out_size, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_token_urlsafe writes nbytes random bytes as unpadded base64url (RFC 4648, section 5: A-Z
 * a-z 0-9 - _) and a NUL: about 1.3 characters per byte, none of which needs escaping in a URL, a
 * file name, a cookie or a header. One token in 64 begins with -, which commands take for an
 * option: as an argument put it behind "--", and as a file name behind "./" or a prefix of your
 * own.
 *
 * out       at least SECRETS_TOKEN_URLSAFE_SIZE(nbytes) bytes
 * out_size  the size of out in bytes; bytes beyond the NUL are unchanged
 * nbytes    the number of random bytes, not of characters; 0 yields ""
 *
 * On error out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        out holds the token
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    the token does not fit into out_size bytes, or its size into a size_t
 */
int secrets_token_urlsafe(char *out, size_t out_size, size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_token_hex_batch and secrets_token_urlsafe_batch write count tokens, as secrets_token_hex
 * and secrets_token_urlsafe do one by one, and much faster. Token i begins at
 * out + i * SECRETS_TOKEN_HEX_SIZE(nbytes), or at out + i * SECRETS_TOKEN_URLSAFE_SIZE(nbytes), and
 * each ends with a NUL.
 *
 * out       at least count times that size; may be NULL if count is 0
 * out_size  the size of out in bytes; bytes beyond the last NUL are unchanged
 * nbytes    the number of random bytes in each token; 0 yields ""
 * count     the number of tokens; 0 writes nothing
 *
 * On error out is unchanged. No memory other than out is needed.
 *
 * Returns:
 *   SECRETS_OK        out holds the tokens
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    the tokens do not fit into out_size bytes, or their size into a size_t
 */
int secrets_token_hex_batch(char *out, size_t out_size, size_t nbytes,
	size_t count) SECRETS_MUST_CHECK;
int secrets_token_urlsafe_batch(char *out, size_t out_size, size_t nbytes,
	size_t count) SECRETS_MUST_CHECK;

/* ---- Numbers ---------------------------------------------------------- */

/*
 * secrets_randbelow draws an integer from [0, bound), uniformly: each value is equally likely.
 *
 * bound  1 to UINT64_MAX; the bound itself is never drawn
 * out    receives the integer; not NULL
 *
 * On error *out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        *out holds the integer
 *   SECRETS_EINVAL    bound is 0, or out is NULL
 */
int secrets_randbelow(uint64_t bound, uint64_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_randbits draws an integer of that many random bits: uniformly from [0, 2^bits).
 *
 * bits  0 to 64; 0 yields 0
 * out   receives the integer; not NULL
 *
 * On error *out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        *out holds the integer
 *   SECRETS_EINVAL    bits is more than 64, or out is NULL
 */
int secrets_randbits(unsigned bits, uint64_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_randrange draws an integer from [start, stop), uniformly. The range may be as wide as
 * [INT64_MIN, INT64_MAX). If INT64_MAX is to be drawn too, draw an offset:
 *
 *     secrets_randbelow((uint64_t)INT64_MAX - (uint64_t)start + 1, &offset)
 *
 * and take (int64_t)((uint64_t)start + offset). From INT64_MIN on that is secrets_randbits(64).
 *
 * start  the smallest value that can be drawn
 * stop   more than start; stop itself is never drawn
 * out    receives the integer; not NULL
 *
 * On error *out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        *out holds the integer
 *   SECRETS_EINVAL    stop is not more than start, or out is NULL
 */
int secrets_randrange(int64_t start, int64_t stop, int64_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_random draws a number from [0, 1), uniformly from the 2^53 multiples of 2^-53 there. For
 * integers use secrets_randbelow: multiplying the result by a range is biased.
 *
 * out  receives the number; not NULL
 *
 * On error *out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        *out holds the number
 *   SECRETS_EINVAL    out is NULL
 */
int secrets_random(double *out) SECRETS_MUST_CHECK;

/*
 * secrets_randbelow_batch draws count independent integers from [0, bound), as secrets_randbelow
 * does one by one, and much faster.
 *
 * bound  1 to UINT64_MAX; the bound itself is never drawn
 * out    count integers; may be NULL if count is 0
 * count  the number of integers; 0 writes nothing
 *
 * On error out is unchanged. No memory other than out is needed.
 *
 * Returns:
 *   SECRETS_OK        out holds the integers
 *   SECRETS_EINVAL    bound is 0, or out is NULL and count is not 0
 *   SECRETS_ENOSPC    count integers exceed what any object can hold
 */
int secrets_randbelow_batch(uint64_t bound, uint64_t *out, size_t count) SECRETS_MUST_CHECK;

/*
 * secrets_random_batch draws count independent numbers from [0, 1), as secrets_random does one by
 * one, and much faster.
 *
 * out    count numbers; may be NULL if count is 0
 * count  the number of numbers; 0 writes nothing
 *
 * On error out is unchanged. No memory other than out is needed.
 *
 * Returns:
 *   SECRETS_OK        out holds the numbers
 *   SECRETS_EINVAL    out is NULL and count is not 0
 *   SECRETS_ENOSPC    count numbers exceed what any object can hold
 */
int secrets_random_batch(double *out, size_t count) SECRETS_MUST_CHECK;

/*
 * secrets_randbelow_big draws an integer of any size from [0, bound), uniformly. Both are unsigned,
 * most significant byte first.
 *
 * bound  size bytes, not all of them 0; leading zeros are allowed
 * size   the size of bound in bytes, and of out
 * out    receives the integer in size bytes, with leading zeros; must not overlap bound
 *
 * On error out is unchanged. The time depends on the bound and on the number of rejected draws (1
 * at most, on average), not on the integer.
 *
 * Returns:
 *   SECRETS_OK        out holds the integer
 *   SECRETS_EINVAL    - bound is 0 (as it is if size is 0)
 *                     - bound or out is NULL
 *                     - they overlap
 *   SECRETS_ENOSPC    size exceeds what any object can hold
 */
int secrets_randbelow_big(const uint8_t *bound, size_t size, uint8_t *out) SECRETS_MUST_CHECK;

/*
 * secrets_randbits_big draws an integer of that many random bits, uniformly from [0, 2^bits),
 * unsigned and most significant byte first.
 *
 * bits      0 or more; 0 yields 0
 * out       receives the integer, with leading zeros; may be NULL if out_size is 0
 * out_size  the size of out in bytes, at least bits / 8 rounded up; all of it is written
 *
 * On error out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        out holds the integer
 *   SECRETS_EINVAL    out is NULL and out_size is not 0
 *   SECRETS_ENOSPC    out_size bytes are too few, or more than any object can hold
 */
int secrets_randbits_big(size_t bits, uint8_t *out, size_t out_size) SECRETS_MUST_CHECK;

/* ---- Sequences -------------------------------------------------------- */

/* An array is passed as to qsort(): its address, the number of its elements, and the size of one in
   bytes. Elements may have any size and any alignment. */

/*
 * secrets_choice picks an element of an array, uniformly. It does not read the array.
 *
 * base   nmemb elements
 * nmemb  the number of elements
 * size   the size of one in bytes, 1 or more
 *
 * Returns: a pointer into base, or NULL if
 *   - base is NULL, or nmemb or size is 0
 *   - nmemb elements of that size exceed what any object can hold
 *   - secrets_randbelow fails; if the difference matters, use it for the index
 */
void *secrets_choice(const void *base, size_t nmemb, size_t size) SECRETS_MUST_CHECK;

/*
 * secrets_shuffle puts the elements of an array in random order, every permutation equally likely
 * (Fisher-Yates). It swaps them in place, without a copy.
 *
 * base   nmemb elements; may be NULL if nmemb is 0
 * nmemb  the number of elements
 * size   the size of one in bytes, 1 or more (any if nmemb is 0)
 *
 * On error the array is unchanged.
 *
 * Returns:
 *   SECRETS_OK        the elements are in random order
 *   SECRETS_EINVAL    base is NULL or size is 0, and nmemb is not 0
 *   SECRETS_ENOSPC    nmemb elements of that size exceed what any object can hold
 */
int secrets_shuffle(void *base, size_t nmemb, size_t size) SECRETS_MUST_CHECK;

/*
 * secrets_sample draws count distinct integers from [0, population), in random order: every such
 * sequence is equally likely. They serve as indices into an array of population elements, or as
 * distinct numbers from any range.
 *
 * population  count or more, up to SIZE_MAX
 * count       how many to draw
 * indices     receives count integers; may be NULL if count is 0
 *
 * On error indices is unchanged. No memory other than indices is needed. The time is
 * O(count log count), independent of population.
 *
 * Returns:
 *   SECRETS_OK        indices holds the integers
 *   SECRETS_EINVAL    count is more than population, or indices is NULL and count is not 0
 *   SECRETS_ENOSPC    count integers exceed what any object can hold
 */
int secrets_sample(size_t population, size_t count, size_t *indices) SECRETS_MUST_CHECK;

/* ---- Passwords -------------------------------------------------------- */

/* The characters of Python's constants of these names, as string literals, so adjacent ones
   concatenate. */
#define SECRETS_LOWERCASE "abcdefghijklmnopqrstuvwxyz"
#define SECRETS_UPPERCASE "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SECRETS_DIGITS "0123456789"
#define SECRETS_PUNCTUATION "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

/* The letters and digits that are not mistaken for each other, for passwords that people read
   aloud, copy from paper or type from a screen. Left out are 0 O o, 1 l I, 2 Z, 5 S and 8 B, which
   look alike in print or in handwriting. The other 50 have 5.64 bits each: 17 of them are worth 16
   letters and digits. A policy cannot have it beside one of the classes whose characters it
   repeats. */
#define SECRETS_UNAMBIGUOUS "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"

/* A set of characters, and the minimum number of them in a password. */
typedef struct secrets_class {
	const char *characters; /* UTF-8, no character twice; not NULL */
	size_t min;
} secrets_class;

/*
 * secrets_password writes a password of length characters from the classes, with at least min from
 * each, uniformly from all strings that meet this policy. The time does not depend on how rare they
 * are. A character is a code point, however many bytes it takes.
 *
 *     const secrets_class classes[] = {
 *         {SECRETS_LOWERCASE, 1}, {SECRETS_UPPERCASE, 1}, {SECRETS_DIGITS, 3}};
 *     char password[10 + 1];
 *     int status = secrets_password(password, sizeof password, 10, classes, 3);
 *
 * out       receives the password and a NUL
 * out_size  the size of out in bytes, at least secrets_password_size() of the same arguments; all
 *           of that may be written to
 * length    the number of characters; at most 256 if there are several classes and one has a
 *           minimum
 * classes   nclasses of them
 * nclasses  0 to 16; 0 means letters and digits (62 characters, 5.95 bits each)
 *
 * On error out is unchanged. The first password for a set of lengths, class sizes and minimums
 * takes longer: less than a millisecond at 64 characters and 4 classes, 0.1 s at 256 and 16, and
 * 0.5 s if these are all of Unicode. Tables for the last four are cached, if they take at most
 * 512 KB, as all of ASCII characters do; they hold no secret. A call may need memory of its own
 * until it returns: up to 1.5 MB for a table that is not cached, or while other calls work on other
 * policies, and 8 bytes per character if more than 128 of all classes are not ASCII.
 *
 * Returns:
 *   SECRETS_OK        out holds the password
 *   SECRETS_EINVAL    - out is NULL and out_size is not 0
 *                     - classes is NULL and nclasses is not 0
 *                     - nclasses is more than 16
 *                     - characters is NULL, not UTF-8, or empty with a min
 *                     - a character is repeated, within or across classes
 *                     - there is no character at all and length is not 0
 *                     - the sum of all min exceeds length
 *                     - length is more than 256 where that is the most
 *   SECRETS_ENOSPC    the longest password does not fit into out_size bytes, or its size into a
 *                     size_t
 *   SECRETS_ENOMEM    no memory for so large a policy
 */
int secrets_password(char *out, size_t out_size, size_t length, const secrets_class *classes,
	size_t nclasses) SECRETS_MUST_CHECK;

/*
 * secrets_password_size returns the size of the buffer for a password: for the longest that
 * secrets_password can write for these arguments, in bytes, the NUL included.
 *
 * Returns: the size, or 0 if
 *   - secrets_password would return SECRETS_EINVAL, or SECRETS_ENOSPC for any buffer
 *   - the library cannot start
 *   - there is no memory for characters that are not ASCII
 */
size_t secrets_password_size(size_t length, const secrets_class *classes, size_t nclasses);

/*
 * secrets_password_entropy returns the entropy of a password: the binary logarithm of the exact
 * number of strings that secrets_password chooses from, with an error of at most 1e-9.
 *
 * Returns: the entropy in bits; NaN if secrets_password_size returns 0, or there is no memory for
 * so large a policy.
 */
double secrets_password_entropy(size_t length, const secrets_class *classes, size_t nclasses);

/*
 * secrets_password_length returns the least length for which secrets_password_entropy returns at
 * least that many bits. With 0 bits that is the sum of all min, which may be 0.
 *
 *     size_t length = secrets_password_length(128, NULL, 0);  -> 22 letters and digits
 *
 * bits  0 to 1e9
 *
 * If there are several classes and one has a minimum, the first call takes as long as the first
 * password that is a little longer (secrets_password), and needs the same memory.
 *
 * Returns: the length, or 0 if
 *   - bits is not a number from 0 to 1e9
 *   - no length that secrets_password accepts has as many: all characters of the classes are one,
 *     or 256 characters are the most
 *   - secrets_password would return SECRETS_EINVAL for every length
 *   - the library cannot start, or there is no memory for so large a policy
 */
size_t secrets_password_length(double bits, const secrets_class *classes, size_t nclasses);

/* ---- Passphrases ------------------------------------------------------ */

/*
 * secrets_passphrase writes nwords words with a separator between them, each chosen uniformly and
 * independently from the list.
 *
 * The built-in list is the large one of the Electronic Frontier Foundation
 * (https://www.eff.org/dice, CC BY 3.0 US): 7,776 English words of 3 to 9 letters, 12.92 bits each.
 * Use six words or more for a passphrase that can be tested offline.
 *
 * Full entropy needs distinct word sequences to give distinct text. They do if no word is a prefix
 * of another (as in the built-in list), whatever the separator; or if the separator is not empty
 * and no word contains any of its bytes. Otherwise two sequences may read the same: "in" "put" and
 * "input".
 *
 * out            receives the passphrase and a NUL
 * out_size       the size of out in bytes, at least secrets_passphrase_size() of the same arguments
 * nwords         the number of words; 0 yields ""
 * separator      UTF-8, may be empty; NULL means " "
 * wordlist       wordlist_size words in UTF-8
 * wordlist_size  the number of words; 0 means the built-in list
 *
 * On error out is unchanged. A list of your own is checked on every call. That takes the time to
 * sort it, and 32 bytes of memory per word until the call returns.
 *
 * Returns:
 *   SECRETS_OK        out holds the passphrase
 *   SECRETS_EINVAL    - out is NULL and out_size is not 0
 *                     - wordlist is NULL and wordlist_size is not 0
 *                     - wordlist_size exceeds what any array can hold
 *                     - a word is NULL, empty or repeated
 *                     - a word or the separator is not UTF-8
 *   SECRETS_ENOSPC    the longest passphrase does not fit into out_size bytes, or its size into a
 *                     size_t
 *   SECRETS_ENOMEM    no memory to check a list of your own
 */
int secrets_passphrase(char *out, size_t out_size, size_t nwords, const char *separator,
	const char *const *wordlist, size_t wordlist_size) SECRETS_MUST_CHECK;

/*
 * secrets_passphrase_size returns the size of the buffer for a passphrase: for the longest that
 * secrets_passphrase can write for these arguments, in bytes, the NUL included. With the built-in
 * list and a separator of one byte that is 10 per word.
 *
 * Returns: the size, or 0 if
 *   - secrets_passphrase would return SECRETS_EINVAL or SECRETS_ENOMEM, or SECRETS_ENOSPC for any
 *     buffer
 *   - the library cannot start
 */
size_t secrets_passphrase_size(size_t nwords, const char *separator, const char *const *wordlist,
	size_t wordlist_size);

/*
 * secrets_passphrase_entropy returns the entropy of nwords words from a list of wordlist_size
 * words, where 0 means the built-in list.
 *
 * Returns: the entropy in bits, nwords times the binary logarithm of the size; NaN if the library
 * cannot start.
 */
double secrets_passphrase_entropy(size_t nwords, size_t wordlist_size);

/*
 * secrets_passphrase_words returns the least number of words for which secrets_passphrase_entropy
 * returns at least that many bits. With 0 bits that is 0.
 *
 * bits           0 to 1e9
 * wordlist_size  the number of words in the list, not 1; 0 means the built-in list
 *
 * Returns: the number of words, or 0 if
 *   - bits is not a number from 0 to 1e9
 *   - wordlist_size is 1: one word has no entropy
 *   - the library cannot start
 */
size_t secrets_passphrase_words(double bits, size_t wordlist_size);

/* ---- API keys --------------------------------------------------------- */

/*
 * secrets_apikey writes prefix + "_" + body + checksum. The prefix shows what the key is for; its
 * checksum lets a secret scanner recognise it offline.
 *
 * The body is random: the fewest base62 digits (0-9 A-Z a-z, in this order) that hold 8 * nbytes
 * bits, 43 for 32 bytes. The length depends only on nbytes. The checksum is the CRC-32 (IEEE 802.3,
 * as in zlib) of all before it, as 6 base62 digits, most significant first. It detects typing
 * errors, not forgery: store a hash of the key, and compare with secrets_compare_digest.
 *
 * out       receives the key and a NUL
 * out_size  the size of out in bytes, at least secrets_apikey_size() of the same arguments; bytes
 *           beyond the NUL are unchanged
 * prefix    1 to 32 of a-z A-Z 0-9 and _, the first a letter
 * nbytes    the number of random bytes in the body; 0 yields an empty body
 *
 * On error out is unchanged.
 *
 * Returns:
 *   SECRETS_OK        out holds the key
 *   SECRETS_EINVAL    - out is NULL and out_size is not 0
 *                     - prefix is NULL or malformed
 *   SECRETS_ENOSPC    the key does not fit into out_size bytes, or its size into a size_t
 */
int secrets_apikey(char *out, size_t out_size, const char *prefix,
	size_t nbytes) SECRETS_MUST_CHECK;

/*
 * secrets_apikey_size returns the size of the buffer for a key, in bytes, the NUL included.
 *
 * Returns: the size, or 0 if
 *   - secrets_apikey would return SECRETS_EINVAL, or SECRETS_ENOSPC for any buffer
 *   - the library cannot start
 */
size_t secrets_apikey_size(const char *prefix, size_t nbytes);

/*
 * secrets_apikey_valid reports whether key has the form of a key of secrets_apikey, of any version,
 * and the right checksum. It does not report whether the key was issued. It detects any change of
 * one character, and any exchange of two neighbours.
 *
 * key       any bytes; NULL only if key_size is 0
 * key_size  their number, without a NUL
 *
 * Returns:
 *   1  the form and the checksum are right
 *   0  they are not, or an argument is invalid, or the library cannot start; never any other value
 */
int secrets_apikey_valid(const char *key, size_t key_size) SECRETS_MUST_CHECK;

/* ---- Comparing and wiping --------------------------------------------- */

/*
 * secrets_compare_digest reports whether a and b hold the same bytes, in constant time: the time
 * depends only on b_size, not on the contents and not on a_size. Pass the secret you hold as b and
 * what came from outside as a. Then a timing attack learns neither how much of a guess was right
 * nor, by varying the guess, the length of the secret. On any error the answer is 0.
 *
 * a, b            the bytes; NULL only if the size is 0
 * a_size, b_size  their sizes in bytes, without a NUL. Two empty inputs are equal
 *
 * Returns:
 *   1  the sizes and all bytes are equal
 *   0  they are not, or an argument is invalid, or the library cannot start; never any other value
 */
int secrets_compare_digest(const void *a, size_t a_size, const void *b,
	size_t b_size) SECRETS_MUST_CHECK;

/*
 * secrets_wipe sets size bytes at buffer to zero, and no optimiser removes it: for a secret that is
 * no longer needed. It cannot fail. It does not reach copies that you, the compiler or the kernel
 * (swap, core dumps) made elsewhere.
 *
 * buffer  at least size bytes; if it is NULL nothing is done, whatever size is
 */
void secrets_wipe(void *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* LIBSECRETS_SECRETS_H */
