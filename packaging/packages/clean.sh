#!/bin/sh
# SPDX-License-Identifier: MIT
set -e
if command -v py3clean >/dev/null; then
	py3clean -p python3-libsecrets
fi
