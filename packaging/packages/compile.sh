#!/bin/sh
# SPDX-License-Identifier: MIT
set -e
if command -v py3compile >/dev/null; then
	py3compile -p python3-libsecrets
fi
