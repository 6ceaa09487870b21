#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the time of the files in what is packed: SOURCE_DATE_EPOCH, or that of the commit, which
# all files have that an archive was unpacked to.
set -eu
if [ -n "${SOURCE_DATE_EPOCH-}" ]; then
	echo "$SOURCE_DATE_EPOCH"
elif [ -e .git ]; then
	git log -1 --format=%ct
else
	stat -c %Y CHANGELOG.md
fi
