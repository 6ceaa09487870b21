#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs examples: `demo.sh NAME...`, with the names of those in C. make calls it, with BUILD and
# PYTHON in the environment.
set -eu
for name; do
	echo "== C: bindings/c/$name.c"
	"$BUILD/$name"
done
echo '== C++: bindings/c/raffle.cc'
"$BUILD/raffle_cpp"
export PYTHONPATH=bindings/python
for name in password_reset passwords; do
	echo "== Python: bindings/python/examples/$name.py"
	$PYTHON "bindings/python/examples/$name.py"
done
