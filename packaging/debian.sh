#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes a Debian with compilers and Python, for the tests: `debian.sh SUITE FOLDER`, as root.
set -eu
rm -rf "$2.new"
mmdebstrap --quiet --mode=root --variant=essential --dpkgopt=force-unsafe-io \
	--include=g++,pkg-config,python3 "$1" "$2.new"
mv "$2.new" "$2"
