/* SPDX-License-Identifier: MIT */
/* Names for const types: cgo can declare a parameter of an export const only by a
   type of that name. */
#ifndef SECRETS_CONST_H
#define SECRETS_CONST_H

#include <secrets.h>

typedef const void const_void;
typedef const char const_char;
typedef const char *const const_string;
typedef const uint8_t const_uint8_t;
typedef const secrets_class const_class;

#endif
