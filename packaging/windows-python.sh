#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches a Python for Windows, for the tests: `windows-python.sh FOLDER`. A module of Go has it,
# with each file packed, as Go's embed wants them.
set -eu
module=github.com/kluctl/go-embed-python@v0.0.0-3.11.11-20241219-1
sum='h1:yVXFTxa6cvhLC6TwkDEHmNaiWlDyaFEGiXd1DQdoeOU='

fail() {
	echo "make: the Go module $module is missing" >&2
	exit 1
}

about=$(GOOS='' GOARCH='' ${GO:-go} mod download -json "$module") || fail
echo "$about" | grep -qF "$sum" || fail
files=$(echo "$about" | sed -n 's/.*"Dir": "\(.*\)",/\1/p')/python/internal/data/windows-amd64
rm -rf "$1.new"
mkdir -p "$(dirname "$1")"
cp -r "$files" "$1.new" || fail
chmod -R u+w "$1.new"
rm -r "$1.new/tcl"
find "$1.new" -name '*.gz' -exec gunzip {} +
mv "$1.new" "$1"
