// SPDX-License-Identifier: MIT

package main

// #include <secrets.h>
import "C"

import (
	"libsecrets/internal/scratch"
	"libsecrets/secrets"
)

// code returns the status for err. The core never wraps these two errors, so they are compared:
// errors.Is looks for methods, and the runtime caches the result of that on its heap.
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

// recovered, deferred by every export, keeps a panic from ending the host, and sets the answer for
// a fault of the library. No argument is known to cause a panic.
func recovered[T any](answer *T, fault T) {
	if recover() != nil {
		*answer = fault
	}
}
