#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the sdist and the wheel in BUILD/wheel: `wheel.sh LIBRARY SOURCE...`. The sdist has the
# sources, which the library and the package are made of. The wheel is made from it, around the
# LIBRARY that is built already. make calls it, in the root of the tree, with BUILD, PYTHON,
# SONAME and VERSION in the environment.
set -eu
# The first second that a zip file can hold.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-315532800}"
library=$1
shift
sh packaging/tools.sh packer
packer=$(sh packaging/packer.sh)
wheel=$BUILD/wheel
sdist=$wheel/libsecrets-$VERSION
python=bindings/python

setup() {
	(cd "$sdist" && umask 022 && $packer -W ignore setup.py -q "$@")
}

rm -rf "$wheel"
mkdir -p "$sdist/libsecrets"
cp --parents "$@" "$sdist"
cp $python/pyproject.toml $python/setup.py $python/README.md "$sdist"
cp $python/libsecrets/*.py $python/libsecrets/*.pyi $python/libsecrets/py.typed "$sdist/libsecrets"
setup egg_info -e ..
mv "$wheel/libsecrets.egg-info/PKG-INFO" "$sdist"
find "$sdist" -type d -exec chmod 755 {} + -o -exec chmod 644 {} +
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
	-I 'gzip -n9' -C "$wheel" -cf "$sdist.tar.gz" "${sdist##*/}"
install -m 755 "$library" "$sdist/libsecrets/$SONAME"
setup bdist_wheel -d ..
rm -r "$sdist" "$wheel/libsecrets.egg-info"
