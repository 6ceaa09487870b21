#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds and tests with the other releases of Go, each in a folder of its own below BUILD. The go
# command fetches them. make calls it, with BUILD, GO, PYTHON and the SONAME in the environment.
set -eu
releases='go1.26.8 go1.27.4'
tests='Programs|Fork|Rewind$|Signals$|Loading|Preloading|Refusals|Environment|Audit$'
tests="$tests|BuildIsReproducible|Library"
this=$($GO env GOVERSION)

for release in $releases; do
	[ "$release" != "$this" ] || continue
	echo "== $release"
	GOTOOLCHAIN=$release BUILD=$BUILD/$release $GO test -count=1 -timeout 60m \
		-run "^Test($tests)" ./test/abi ./test/hosts ./test/packaging
	# The package with that library.
	LIBSECRETS_LIBRARY=$(cd "$BUILD/$release" && pwd)/$SONAME
	(export LIBSECRETS_LIBRARY && cd bindings/python && $PYTHON -m unittest discover -s tests -t .)
done
