#!/bin/sh
# SPDX-License-Identifier: MIT
# Links the shared library: `link.sh OBJECT LIBRARY OPTION...`, with options for the compiler. make
# calls it, in the root of the tree, with CC, GO, SHARED, SONAME, TARGET and VERSION in the
# environment.
set -eu
object=$1
library=$2
shift 2

for_linux() {
	threads=$(sh packaging/glibc.sh "$library.threads")
	# The stand-in goes behind the object, and before the C library.
	$CC -shared -Wl,-soname,"$SONAME" -Wl,--version-script=capi/secrets.map -Wl,-Bsymbolic \
		-Wl,-z,relro,-z,now,-z,noexecstack "$@" -o "$library" "$object" ${threads:+"$threads"} \
		-pthread
	[ -z "$threads" ] || rm "$threads"
	# Go's cryptographic module holds itself to a checksum, which is that of what is linked here.
	[ -z "${FIPS-}" ] ||
		GOOS='' GOARCH='' GOFLAGS='' CGO_ENABLED=0 $GO run ./capi/fipsinfo "$library"
}

# Beside the library are its import library, and the list of what it exports.
for_windows() {
	list=${library%/*}/secrets.def
	about=${library%/*}/version.o
	{
		printf 'LIBRARY %s\nEXPORTS\n' "$SONAME"
		${NM:-${CROSS-}nm} -g --defined-only "$object" | sed -n 's/.* T \(secrets_.*\)/\t\1/p'
	} > "$list"
	IFS=. read -r major minor patch <<-END
		$VERSION
	END
	${WINDRES:-${CROSS-}windres} -D MAJOR="$major" -D MINOR="$minor" -D PATCH="$patch" \
		capi/secrets.rc "$about"
	$CC -shared -static-libgcc -Wl,--no-insert-timestamp -Wl,--disable-auto-image-base \
		-Wl,--out-implib="$SHARED" "$@" -o "$library" "$object" "$about" "$list"
}

"for_$TARGET" "$@"
