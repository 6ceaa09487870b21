// SPDX-License-Identifier: MIT

// Fipsinfo writes the checksum of Go's cryptographic module into a shared library (make
// FIPS=1). In FIPS 140-3 mode the module verifies itself by it, and ends the process if it is
// wrong.
//
//	fipsinfo libsecrets.so
//
// Go's linker does that for its own output (cmd/link/internal/ld/fips140.go,
// crypto/internal/fips140/check), but this library is linked once more after it.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"debug/elf"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// The section holds a magic text, the checksum, a pointer to itself, and the start and end
// of four ranges.
const (
	section    = ".go.fipsinfo"
	sumOffset  = 16
	pointers   = sumOffset + sha256.Size
	numbers    = 9
	wordSize   = 8
	entrySize  = 24 // of a relocation with addend (Elf64_Rela)
	objectName = "go fips object v1\n"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: fipsinfo libsecrets.so")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "fipsinfo: %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

func write(path string) error {
	library, err := elf.Open(path)
	if err != nil {
		return err
	}
	defer library.Close()
	info := library.Section(section)
	if info == nil {
		return errors.New("no section " + section)
	}
	ranges, err := values(library, info)
	if err != nil {
		return err
	}
	sum, err := checksum(library, ranges[1:])
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(sum, int64(info.Offset)+sumOffset)
	return errors.Join(err, file.Close())
}

// values returns the pointers of the section as they will be in memory, relative to where
// the library is loaded: from the section, or from the addends of their relocations.
func values(library *elf.File, info *elf.Section) (pointer [numbers]uint64, err error) {
	data, err := info.Data()
	if err != nil {
		return pointer, err
	}
	for i := range pointer {
		pointer[i] = library.ByteOrder.Uint64(data[pointers+wordSize*i:])
	}
	relocations := library.Section(".rela.dyn")
	if relocations == nil {
		return pointer, errors.New("no section .rela.dyn")
	}
	entries, err := relocations.Data()
	for ; len(entries) >= entrySize; entries = entries[entrySize:] {
		place := library.ByteOrder.Uint64(entries) - info.Addr - pointers
		if place < numbers*wordSize {
			pointer[place/wordSize] = library.ByteOrder.Uint64(entries[16:])
		}
	}
	return pointer, err
}

func checksum(library *elf.File, ends []uint64) ([]byte, error) {
	h := hmac.New(sha256.New, make([]byte, 32))
	h.Write([]byte(objectName))
	for ; len(ends) > 0; ends = ends[2:] {
		content, err := bytesAt(library, ends[0], ends[1])
		if err != nil {
			return nil, err
		}
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(content))))
		h.Write(content)
	}
	return h.Sum(nil), nil
}

// bytesAt reads the bytes that will be loaded from start up to end.
func bytesAt(library *elf.File, start, end uint64) ([]byte, error) {
	for _, p := range library.Progs {
		if p.Type == elf.PT_LOAD && p.Vaddr <= start && start <= end && end <= p.Vaddr+p.Filesz {
			content := make([]byte, end-start)
			_, err := p.ReadAt(content, int64(start-p.Vaddr))
			return content, err
		}
	}
	return nil, fmt.Errorf("nothing is loaded from %#x to %#x", start, end)
}
