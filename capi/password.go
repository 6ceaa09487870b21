// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"math"
	"unsafe"

	"libsecrets/secrets"
)

//export goPassword
func goPassword(out *C.char, outSize, length C.size_t, classes *C.const_class,
	n C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	var room [maxClasses]secrets.Class
	list, err := classList(&room, length, classes, n)
	if err != nil {
		return code(err)
	}
	return code(text(out, outSize, func(dst []byte) (int, error) {
		return secrets.FillPassword(dst, count(length), list...)
	}))
}

//export goPasswordSize
func goPasswordSize(length C.size_t, classes *C.const_class, n C.size_t) (size C.size_t) {
	defer recovered(&size, 0)
	var room [maxClasses]secrets.Class
	list, err := classList(&room, length, classes, n)
	if err != nil {
		return 0
	}
	return sizeOf(secrets.PasswordLen(count(length), list...))
}

//export goPasswordEntropy
func goPasswordEntropy(length C.size_t, classes *C.const_class, n C.size_t) (bits C.double) {
	defer recovered(&bits, C.double(math.NaN()))
	var room [maxClasses]secrets.Class
	list, err := classList(&room, length, classes, n)
	if err != nil {
		return C.double(math.NaN())
	}
	entropy, err := secrets.PasswordEntropy(count(length), list...)
	if err != nil {
		return C.double(math.NaN())
	}
	return C.double(entropy)
}

//export goPasswordLength
func goPasswordLength(bits C.double, classes *C.const_class, n C.size_t) (length C.size_t) {
	defer recovered(&length, 0)
	var room [maxClasses]secrets.Class
	list, err := classList(&room, math.MaxInt, classes, n)
	if err != nil {
		return 0
	}
	return orZero(secrets.PasswordLength(float64(bits), list...))
}

// The most that the core accepts. If the caller passes more, none is read.
const maxClasses = 16

// classList returns the classes in room, without copies of their characters.
//
// A minimum that exceeds the length is an error here: if both are more than an int,
// the core would see the same number for either.
func classList(room *[maxClasses]secrets.Class, length C.size_t, classes *C.const_class,
	n C.size_t) ([]secrets.Class, error) {
	if n > maxClasses || classes == nil && n > 0 {
		return nil, secrets.ErrInvalid
	}
	list := room[:n]
	for i, class := range unsafe.Slice((*C.secrets_class)(unsafe.Pointer(classes)), len(list)) {
		if class.characters == nil || class.min > length {
			return nil, secrets.ErrInvalid
		}
		list[i] = secrets.Class{
			Characters: goString((*C.const_char)(class.characters)),
			Min:        count(class.min),
		}
	}
	return list, nil
}
