/* SPDX-License-Identifier: MIT */
/* A library that is loaded while the program runs. After check.h. */
#ifndef LOAD_H
#define LOAD_H

#include <dlfcn.h>

/* The library whose path an environment variable holds. */
static inline void *load_library(const char *variable)
{
	void *library = dlopen(getenv(variable), RTLD_NOW | RTLD_LOCAL);
	CHECK(library != NULL);
	return library;
}

/* Makes the pointer that pointer points to point to a function of the library. */
static inline void find_function(void *library, const char *name, void *pointer)
{
	void *function = dlsym(library, name);
	CHECK(function != NULL);
	memcpy(pointer, &function, sizeof function);
}

#endif
