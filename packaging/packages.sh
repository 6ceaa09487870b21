#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the packages for Debian and for systems with RPM in BUILD/packages, for amd64 and arm64 or
# what ARCHES names: what `make install` installs, divided, and what such systems ask for beside it.
# nfpm packs them, by the files in packaging/packages. make calls it, in the root of the tree, with
# BUILD, GO, PYTHON, SONAME, TARGET and VERSION in the environment.
set -eu
umask 022
export LC_ALL=C
: "${ARCHES:=amd64 arm64}" "${MAINTAINER:=The libsecrets authors <libsecrets@example.org>}"
[ "$TARGET" = linux ] || { echo 'libsecrets: packages are for Linux' >&2 && exit 1; }
BUILD=$(cd "$BUILD" && pwd)
SOURCE_DATE_EPOCH=$(sh packaging/epoch.sh)
export MAINTAINER SOURCE_DATE_EPOCH
packages=$BUILD/packages
stage=$packages/stage
tree=$packages/tree

# build ARCH: makes the libraries for that processor, unless BUILD has them.
build() {
	built=$BUILD
	[ "$1" != "$($GO env GOARCH)" ] || return 0
	built=$BUILD/$1
	[ -z "${CROSS-}" ] || unset CC CXX AR # of the other processor
	cross=
	options=
	case $1:$($GO env GOHOSTARCH) in
	amd64:arm64) cross=x86_64-linux-gnu- ;;
	arm64:amd64)
		cross=aarch64-linux-gnu-
		options=-fuse-ld=gold
		sh packaging/tools.sh aarch64
		;;
	esac
	make -s BUILD="$built" GOARCH="$1" CROSS="$cross" LDFLAGS="$options ${LDFLAGS-}" all
}

# install_to LIBDIR DOCDIR: what `make install` installs, below $stage.
install_to() {
	BUILD=$built DESTDIR=$stage PREFIX=/usr BINDIR=bin LIBDIR=$1 INCLUDEDIR=include \
		MANDIR=share/man DOCDIR=$2 sh packaging/install.sh install >/dev/null
	find "$stage/usr/share/man" -type f -exec gzip -9n {} +
}

# take PATH...: moves what is there in the stage to the tree of the next package.
take() {
	for path; do
		mkdir -p "$tree${path%/*}"
		mv "$stage$path" "$tree$path"
	done
}

# What Debian wants to know of each package, at the place where it looks.
document() {
	docs=$tree/usr/share/doc/$1
	mkdir -p "$docs"
	cat LICENSE NOTICE > "$docs/copyright"
	gzip -9nc CHANGELOG.md > "$docs/changelog.gz"
	gzip -9n > "$docs/changelog.Debian.gz" <<-END
		libsecrets ($VERSION-1) unstable; urgency=medium

		  * Release $VERSION.

		 -- $MAINTAINER  $(date -uRd "@$SOURCE_DATE_EPOCH")
	END
}

# pack FORMAT PACKAGE ARCH [NAME]: makes a package of the tree, and then removes that.
pack() {
	find "$tree" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
	NAME=${4-$2} ARCH=$3 TREE=$tree "$BUILD/nfpm" package -p "$1" -f "packaging/packages/$2.yaml" \
		-t "$packages" >/dev/null
	rm -r "$tree"
}

# nfpm has no place for shlibs: programs that are linked with the library need this release of it.
add_shlibs() {
	(
		cd "$packages"
		ar x "$1" control.tar.gz
		gunzip control.tar.gz
		echo "libsecrets ${VERSION%%.*} libsecrets1 (>= $VERSION)" > shlibs
		tar -r -f control.tar --owner=root:0 --group=root:0 --mode=644 \
			--mtime="@$SOURCE_DATE_EPOCH" ./shlibs
		gzip -9n control.tar
		ar rD "$1" control.tar.gz
		rm control.tar.gz shlibs
	)
}

# The command, with its manual page and what shells complete it by.
take_command() {
	take /usr/bin /usr/share/bash-completion /usr/share/fish /usr/share/man/man1 /usr/share/zsh
}

make_deb() {
	case $1 in amd64) lib=/usr/lib/x86_64-linux-gnu ;; arm64) lib=/usr/lib/aarch64-linux-gnu ;; esac
	install_to "$lib" share/doc/libsecrets
	rm -r "$stage/usr/share/doc"
	chmod 644 "$stage$lib/libsecrets.so.$VERSION"
	take "$lib/$SONAME" "$lib/libsecrets.so.$VERSION"
	document libsecrets1
	pack deb libsecrets1 "$1"
	add_shlibs "libsecrets1_$VERSION-1_$1.deb"
	# Debian's zsh looks here.
	mv "$stage/usr/share/zsh/site-functions" "$stage/usr/share/zsh/vendor-completions"
	take_command
	document libsecrets-bin
	pack deb libsecrets-bin "$1"
	take /usr
	document libsecrets-dev
	pack deb libsecrets-dev "$1"
}

make_rpm() {
	lib=/usr/lib64
	install_to "$lib" share/licenses/libsecrets1
	take "$lib/$SONAME" "$lib/libsecrets.so.$VERSION" /usr/share/licenses
	pack rpm libsecrets1 "$1"
	take_command
	licences=$tree/usr/share/licenses/libsecrets-tools
	mkdir -p "$licences"
	cp LICENSE NOTICE "$licences"
	pack rpm libsecrets-bin "$1" libsecrets-tools
	take /usr
	pack rpm libsecrets-dev "$1" libsecrets-devel
}

# The package in the wheel, which loads the library of libsecrets1.
make_python() {
	modules=$stage/usr/lib/python3/dist-packages
	mkdir -p "$modules"
	${PYTHON:-python3} -m zipfile -e "$BUILD"/wheel/*.whl "$modules"
	about=$modules/libsecrets-$VERSION.dist-info
	rm "$modules/libsecrets/$SONAME" "$about/LICENSE" "$about/NOTICE" "$about/RECORD" \
		"$about/WHEEL"
	echo debian > "$about/INSTALLER"
	take /usr
	document python3-libsecrets
	pack deb python3-libsecrets all
}

rm -rf "$packages"
mkdir "$packages"
for arch in $ARCHES; do
	build "$arch"
	make_deb "$arch"
	make_rpm "$arch"
done
make_python
rmdir "$stage"
(cd "$packages" && ls)
