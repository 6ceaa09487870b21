#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds nfpm, which packs for Debian and RPM, from its module: `nfpm.sh FOLDER`.
set -eu
mkdir -p "$1"
GOBIN=$(cd "$1" && pwd)
export GOBIN
GOOS='' GOARCH='' GOFLAGS=-mod=mod CGO_ENABLED=0 \
	${GO:-go} install github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2
