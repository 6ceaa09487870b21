#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints which Python makes the wheel, as any will do: PYTHON, or else the system's.
set -u
for python in "${PYTHON:-python3}" /usr/bin/python3; do
	if $python -c 'import wheel, setuptools.config.pyprojecttoml' 2>/dev/null; then
		echo "$python"
		exit
	fi
done
exit 1
