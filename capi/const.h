/* SPDX-License-Identifier: MIT */
/* Names for what cgo cannot say: what is const in secrets.h is const in the
   prototypes of the Go exports only with a name for it. */
#ifndef SECRETS_CONST_H
#define SECRETS_CONST_H

#include <secrets.h>

typedef const void const_void;
typedef const char const_char;
typedef const char *const const_string;
typedef const uint8_t const_uint8_t;
typedef const secrets_class const_class;

#endif
