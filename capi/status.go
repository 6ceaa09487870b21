// SPDX-License-Identifier: MIT

package main

// #include <secrets.h>
import "C"

import (
	"errors"

	"libsecrets/internal/scratch"
	"libsecrets/secrets"
)

// code gives the status that stands for err.
func code(err error) C.int {
	switch {
	case err == nil:
		return C.SECRETS_OK
	case errors.Is(err, secrets.ErrShortBuffer):
		return C.SECRETS_ENOSPC
	case errors.Is(err, scratch.ErrRefused):
		return C.SECRETS_ENOMEM
	default:
		return C.SECRETS_EINVAL
	}
}

// recovered, deferred by every export, keeps a panic from ending the host. No argument is
// known to lead to one: this is the last net, with the answer for a fault of the library.
func recovered[T any](answer *T, fault T) {
	if recover() != nil {
		*answer = fault
	}
}
