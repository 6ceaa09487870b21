#!/bin/sh
# SPDX-License-Identifier: MIT
# Packs the tracked files into BUILD/libsecrets-VERSION.tar.gz. It works in a checkout and in
# what such an archive was unpacked to, and the same files give the same bytes.
set -eu
export LC_ALL=C
name=libsecrets-$VERSION
mkdir -p "$BUILD"
BUILD=$(cd "$BUILD" && pwd)
cd "$(dirname "$0")/.."

# What git holds, or where there is none, what it would: see .gitignore.
files() {
	if [ -e .git ]; then
		git ls-files -z
	else
		find . '(' -path "./build" -o -path ".${BUILD#"$PWD"}" -o -name __pycache__ \
			-o -name .mypy_cache ')' -prune -o ! -name '*.py[co]' ! -type d -printf '%P\0'
	fi
}

[ ! -e .git ] || git diff --quiet HEAD ||
	echo 'libsecrets: packing changes that are not committed' >&2
epoch=$(sh packaging/epoch.sh)
files > "$BUILD/$name.files"
sort -z "$BUILD/$name.files" | tar -c --null --no-recursion -T - --transform "s|^|$name/|S" \
	--format=ustar --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@$epoch" \
	-f "$BUILD/$name.tar"
rm "$BUILD/$name.files"
gzip -9 -n -f "$BUILD/$name.tar"
cd "$BUILD"
sha256sum "$name.tar.gz" > "$name.tar.gz.sha256"
cat "$name.tar.gz.sha256"
