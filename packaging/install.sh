#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is built, or uninstalls it: `install.sh install SOURCE...`, for what may not be
# newer than the libraries, or `install.sh uninstall`. make and CMake call it, with these in the
# environment, where no character of a path means anything to a shell:
#
#   BUILD, VERSION    the folder of the libraries, and their version
#   TARGET            linux, darwin or windows
#   PREFIX            an absolute path
#   BINDIR, LIBDIR, INCLUDEDIR, DATADIR, MANDIR, DOCDIR   absolute, or below PREFIX
#   DESTDIR           stands before every path written, and in no file
#
# All that can fail is done first: everything is looked at, then written under a
# temporary name beside its place. What is left is to rename, so nothing is half
# installed, and a program that runs with an older library keeps that file.
set -eu
umask 022
export LC_ALL=C
# Names of the files of this checkout may hold spaces; a newline is refused below.
IFS='
'
root=$(cd "$(dirname "$0")/.." && pwd)
: "${PREFIX=/usr/local}" "${BINDIR=$PREFIX/bin}" "${LIBDIR=$PREFIX/lib}" "${DESTDIR=}"
: "${INCLUDEDIR=$PREFIX/include}" "${DATADIR=$PREFIX/share}" "${MANDIR=$PREFIX/share/man}"
: "${DOCDIR=$PREFIX/share/doc/libsecrets}"

fail() {
	(IFS=' ' && printf 'libsecrets: %s\n' "$*" >&2)
	exit 1
}

# settle NAME: hold the folder of that name to its rules, and make it an absolute path.
settle() {
	eval "folder=\$$1"
	case $folder in
	*[[:cntrl:]\"\'\\\$\#\;\`]*)
		fail "$1 must have no newline, quote or other character that a shell, pkg-config or" \
			"CMake takes for its own" ;;
	*/../* | */..) fail "$1 must have no '..' in it: $folder" ;;
	esac
	case $1:$folder in
	DESTDIR:* | *:/*) ;;
	PREFIX:*) fail "PREFIX must be an absolute path, and is '$folder'" ;;
	*) folder=$PREFIX/$folder ;;
	esac
	eval "$1=\$(printf %s \"\$folder\" | sed 's|//*|/|g; s|/\$||')"
}

# every COMMAND: call it for each thing installed, as COMMAND PATH MODE MAKER ARGUMENT...,
# where the maker prints the file, or as COMMAND PATH link TEXT.
every() {
	tool=libsecrets
	case $TARGET in
	windows)
		tool=libsecrets.exe
		"$1" "$BINDIR/secrets.dll" 755 cat "$BUILD/secrets.dll"
		for name in libsecrets.dll.a secrets.def; do
			"$1" "$LIBDIR/$name" 644 cat "$BUILD/$name"
		done
		;;
	darwin)
		every_name "$1" "libsecrets.$VERSION.dylib" "libsecrets.${VERSION%%.*}.dylib" \
			libsecrets.dylib
		;;
	*) every_name "$1" "libsecrets.so.$VERSION" "libsecrets.so.${VERSION%%.*}" libsecrets.so ;;
	esac
	"$1" "$LIBDIR/libsecrets.a" 644 cat "$BUILD/libsecrets.a"
	"$1" "$BINDIR/$tool" 755 cat "$BUILD/$tool"
	for name in secrets.h secrets.hpp; do
		"$1" "$INCLUDEDIR/$name" 644 cat "$root/include/$name"
	done
	"$1" "$LIBDIR/pkgconfig/libsecrets.pc" 644 \
		fill "$root/packaging/libsecrets.pc.in" pcfiledir "$LIBDIR/pkgconfig"
	for name in secrets-config secrets-config-version; do
		"$1" "$cmake/$name.cmake" 644 fill "$root/packaging/$name.cmake.in" here "$cmake"
	done
	for name in LICENSE NOTICE; do
		"$1" "$DOCDIR/$name" 644 cat "$root/$name"
	done
	every_completion "$1" bash-completion/completions/libsecrets libsecrets.bash
	every_completion "$1" zsh/site-functions/_libsecrets libsecrets.zsh
	every_completion "$1" fish/vendor_completions.d/libsecrets.fish libsecrets.fish
	for page in "$root"/man/*.[137]; do
		[ ! -e "$page" ] || every_page "$1" "$page"
	done
}

# every_name COMMAND FILE NAME NAME: the shared library, and the names to load and to link it by.
every_name() {
	"$1" "$LIBDIR/$2" 755 cat "$BUILD/$2"
	"$1" "$LIBDIR/$3" link "$2"
	"$1" "$LIBDIR/$4" link "$3"
}

# every_completion COMMAND PLACE FILE: what a shell completes the command line of the tool by, in
# the place where it looks.
every_completion() {
	"$1" "$DATADIR/$2" 644 cat "$root/packaging/completion/$3"
}

# A page of functions is found by the name of each of them.
every_page() {
	section=man${2##*.}
	file=${2##*/}
	"$1" "$MANDIR/$section/$file" 644 cat "$2"
	[ "$section" = man3 ] || return 0
	# shellcheck disable=SC2013 # a name is a word
	for name in $(awk '/^\.Sh/ { names = $2 == "NAME" } names && /^\.Nm/ { print $2 }' "$2"); do
		[ "$name.3" = "$file" ] || "$1" "$MANDIR/man3/$name.3" 644 echo ".so man3/$file"
	done
}

# fill FILE HERE FOLDER: the file with paths for its @NAMES@. They go by ${prefix}, and that
# by the FOLDER which holds the file (the variable HERE), so that all of it can be moved.
fill() {
	prefix=$PREFIX
	within "$LIBDIR" && prefix="\${$2}$(printf %s "${3#"$PREFIX"}" | sed 's|[^/][^/]*|..|g')"
	sed -e "s|@PREFIX@|$(quoted "$prefix")|" -e "s|@LIBDIR@|$(from_prefix "$LIBDIR")|" \
		-e "s|@BINDIR@|$(from_prefix "$BINDIR")|" \
		-e "s|@INCLUDEDIR@|$(from_prefix "$INCLUDEDIR")|" \
		-e "s|@VERSION@|$VERSION|" -e "s|@MAJOR@|${VERSION%%.*}|" "$1"
}

within() {
	case $1/ in "$PREFIX"/*) ;; *) return 1 ;; esac
}

from_prefix() {
	if within "$1"; then quoted "\${prefix}${1#"$PREFIX"}"; else quoted "$1"; fi
}

# Quoted for pkg-config, CMake (which both take a backslash before a space) and then for sed.
quoted() {
	printf %s "$1" | sed 's| |\\ |g; s/[&|\\]/\\&/g'
}

check_source() {
	case $3 in
	cat | fill) check_file "$4" ;;
	esac
}

# shellcheck disable=SC2086 # one source a line
check_file() {
	[ -s "$1" ] || fail "$1 is missing: run make first"
	case $sources:$1 in
	?*:"$BUILD/$tool") newer=$(find $sources "$root"/bindings/c/command/*.[ch] -newer "$1") ;;
	?*:"$BUILD"/*) newer=$(find $sources -newer "$1") ;;
	*) newer= ;;
	esac
	[ -z "$newer" ] || fail 'what is built is older than' $newer': run make first'
}

check_place() {
	path=$DESTDIR$1
	[ ! -d "$path" ] || fail "cannot replace $path: it is a folder"
	[ ! -e "$path" ] || [ -w "$path" ] || fail "cannot replace $path: it is read-only, or not yours"
	folder=${path%/*}
	until [ -e "$folder/." ] || [ -e "$folder" ] || [ -L "$folder" ]; do
		case $folder in */*) folder=${folder%/*} ;; *) folder=. ;; esac
	done
	[ -d "$folder/" ] || fail "cannot write to $path: $folder is not a folder"
	if [ ! -w "$folder/" ] || [ ! -x "$folder/" ]; then
		fail "cannot write to $path: $folder is read-only, or not yours"
	fi
}

temporary() {
	echo "$DESTDIR${1%/*}/.${1##*/}.$$"
}

# attempt PATH COMMAND...: what fails says why, in one sentence.
attempt() {
	reason=$(shift && "$@" 2>&1) || fail "cannot write to $1: $reason"
}

write() {
	new=$(temporary "$1")
	make_folder "${new%/*}"
	case $2 in
	link) attempt "$DESTDIR$1" ln -s "$3" "$new" ;;
	*) attempt "$DESTDIR$1" print_to "$new" "$@" ;;
	esac
}

# print_to NEW PATH MODE MAKER ARGUMENT...
print_to() {
	mode=$3
	new=$1
	shift 3
	set -C # never through a file or link that somebody else put there
	"$@" > "$new" && chmod "$mode" "$new"
}

made=
make_folder() {
	[ ! -d "$1/" ] || return 0
	case $1 in */*) make_folder "${1%/*}" ;; esac
	attempt "$1" mkdir "$1"
	made="$1
$made"
}

rename() {
	attempt "$DESTDIR$1" mv -f "$(temporary "$1")" "$DESTDIR$1"
}

forget() {
	rm -f "$(temporary "$1")"
}

# Leaves all as it was found.
undo() {
	every forget
	set -f
	for folder in $made; do
		rmdir "$folder"
	done
}

install() {
	every check_source
	every check_place
	trap undo EXIT
	trap 'exit 1' HUP INT TERM
	every write
	every rename
	trap - EXIT
	echo "libsecrets $VERSION is installed in $DESTDIR$PREFIX"
}

check_removal() {
	path=$DESTDIR$1
	[ ! -d "$path" ] || [ -L "$path" ] || fail "cannot remove $path: it is a folder"
	[ ! -e "$path" ] && [ ! -L "$path" ] || [ -w "${path%/*}/" ] ||
		fail "cannot remove $path: ${path%/*} is read-only, or not yours"
}

remove() {
	rm -f "$DESTDIR$1"
}

uninstall() {
	every check_removal
	every remove
	for folder in "$cmake" "$DOCDIR"; do
		rmdir "$DESTDIR$folder" 2>/dev/null || :
	done
}

for name in PREFIX BINDIR LIBDIR INCLUDEDIR DATADIR MANDIR DOCDIR DESTDIR; do
	settle "$name"
done
cmake=$LIBDIR/cmake/secrets
command=$1
shift
sources=$*
"$command"
