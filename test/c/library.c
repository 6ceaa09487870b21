/* SPDX-License-Identifier: MIT */
/* The section "Library" of secrets.h. */
#include "check.h"

/* Programs may check these at compile time; the values never change. */
#if SECRETS_VERSION_MAJOR != 1 || SECRETS_VERSION_MINOR < 0 || SECRETS_VERSION_PATCH < 0
#error "not version 1"
#endif
#if SECRETS_OK != 0 || SECRETS_EINVAL != -1 || SECRETS_ENOSPC != -2 || SECRETS_EENTROPY != -3 || \
	SECRETS_ESTART != -4 || SECRETS_EINTERNAL != -5 || SECRETS_ENOMEM != -6
#error "a status code has changed"
#endif

static const int codes[] = {
	SECRETS_OK,
	SECRETS_EINVAL,
	SECRETS_ENOSPC,
	SECRETS_EENTROPY,
	SECRETS_ESTART,
	SECRETS_EINTERNAL,
	SECRETS_ENOMEM,
};

static const int strangers[] = { 1, 2, 22, 255, 256, INT_MAX - 1, INT_MAX, -7, -8, -22, -255, -256,
	-257, INT_MIN + 1, INT_MIN };

/* The tests use the library with its own header. */
static void version_is_header(void)
{
	errno = CHECK_ERRNO;
	const char *version = secrets_version();
	CHECK(errno == CHECK_ERRNO);
	CHECK(version != NULL && strcmp(version, SECRETS_VERSION) == 0);
}

static void version_is_its_parts(void)
{
	char text[64];
	snprintf(text, sizeof text, "%d.%d.%d", SECRETS_VERSION_MAJOR, SECRETS_VERSION_MINOR,
		SECRETS_VERSION_PATCH);
	CHECK(strcmp(text, SECRETS_VERSION) == 0);
}

static const char *describe(int status)
{
	errno = CHECK_ERRNO;
	const char *text = secrets_strerror(status);
	CHECK(errno == CHECK_ERRNO);
	CHECK(text != NULL && text[0] != '\0' && strchr(text, '\n') == NULL);
	return text;
}

static int is_code(int status)
{
	for (size_t i = 0; i < COUNT(codes); i++)
		if (codes[i] == status)
			return 1;
	return 0;
}

static void check_stranger(int status)
{
	CHECK(strstr(describe(status), "unknown") != NULL);
	for (size_t i = 0; i < COUNT(codes); i++)
		CHECK(strcmp(describe(codes[i]), describe(status)) != 0);
}

static void strerror_tells_codes_apart(void)
{
	for (size_t i = 0; i < COUNT(codes); i++)
		for (size_t j = 0; j < i; j++)
			CHECK(strcmp(describe(codes[i]), describe(codes[j])) != 0);
}

static void strerror_unknown(void)
{
	for (size_t i = 0; i < COUNT(strangers); i++)
		check_stranger(strangers[i]);
}

static void strerror_every_small_status(void)
{
	for (int status = -1000; status <= 1000; status++)
		if (!is_code(status))
			check_stranger(status);
}

/* Static text: it does not change with later calls. */
static void strerror_is_static(void)
{
	const char *texts[COUNT(codes)];
	char copies[COUNT(codes)][128];
	for (size_t i = 0; i < COUNT(codes); i++) {
		texts[i] = describe(codes[i]);
		snprintf(copies[i], sizeof copies[i], "%s", texts[i]);
	}
	for (size_t i = 0; i < COUNT(strangers); i++)
		describe(strangers[i]);
	for (size_t i = 0; i < COUNT(codes); i++)
		CHECK(strcmp(texts[i], copies[i]) == 0);
}

static const struct check_case cases[] = {
	CASE(version_is_header),
	CASE(version_is_its_parts),
	CASE(strerror_tells_codes_apart),
	CASE(strerror_unknown),
	CASE(strerror_every_small_status),
	CASE(strerror_is_static),
};

CHECK_MAIN(cases)
