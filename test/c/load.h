/* SPDX-License-Identifier: MIT */
/* A library that is loaded while the program runs. After check.h. */
#ifndef LOAD_H
#define LOAD_H

#include <dlfcn.h>

/* Loads the library whose path is in an environment variable. */
static inline void *load_library(const char *variable)
{
	void *library = dlopen(getenv(variable), RTLD_NOW | RTLD_LOCAL);
	CHECK(library != NULL);
	return library;
}

/* Sets *pointer, a pointer to a function, to that function of the library. */
static inline void find_function(void *library, const char *name, void *pointer)
{
	void *function = dlsym(library, name);
	CHECK(function != NULL);
	memcpy(pointer, &function, sizeof function);
}

#endif
