#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the command-line tool: `tool.sh TOOL`. make calls it, in the root of the tree, with BUILD,
# CC, CFLAGS, FIPS, GO, LDFLAGS, SHARED, STATIC, STRIP and TARGET in the environment.
# shellcheck disable=SC2086 # options are words, and so are objects
set -eu
tool=$1

# The library is inside, so that the tool runs wherever it is put; but see docs/fips.md.
library=$STATIC
[ -z "${FIPS-}" ] || library="$SHARED -Wl,-rpath,\$ORIGIN -Wl,-rpath,\$ORIGIN/../lib"

threads=
case $TARGET in
# All symbols are bound at the start: later, the loader would save registers, and with them parts
# of a secret.
linux)
	options="-pthread -Wl,-z,relro,-z,now $STRIP"
	threads=$(sh packaging/glibc.sh "$tool.threads" __libc_start_main)
	;;
darwin) options='-framework CoreFoundation' ;;
windows) options=$STRIP ;;
esac

mkdir -p "$BUILD/command"
objects=
for source in bindings/c/command/*.c; do
	object=$BUILD/command/$(basename "$source" .c).o
	$CC -std=c99 $CFLAGS -Iinclude -c "$source" -o "$object"
	objects="$objects $object"
done
$CC $CFLAGS $objects -o "$tool" $library $threads $options $LDFLAGS
[ -z "$threads" ] || rm "$threads"
