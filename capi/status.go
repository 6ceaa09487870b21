// SPDX-License-Identifier: MIT

package main

// #include <secrets.h>
import "C"

import (
	"libsecrets/internal/scratch"
	"libsecrets/secrets"
)

// code returns the status that stands for err. The core returns these two as they are, so they
// are compared: errors.Is asks for methods, and what the runtime finds out about types it keeps
// on its heap.
func code(err error) C.int {
	switch err {
	case nil:
		return C.SECRETS_OK
	case secrets.ErrShortBuffer:
		return C.SECRETS_ENOSPC
	case scratch.ErrRefused:
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
