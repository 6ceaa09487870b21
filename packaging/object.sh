#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes all of the library one object, from the archive of cgo: `object.sh ARCHIVE OBJECT`. Nothing
# is global in the object but the public functions, and it has no constructor. make calls it, in
# the root of the tree, with GO in the environment.
set -eu
: "${CROSS=}"
: "${AR:=${CROSS}ar}" "${LD:=${CROSS}ld}" "${NM:=${CROSS}nm}" "${OBJCOPY:=${CROSS}objcopy}"
: "${OBJDUMP:=${CROSS}objdump}" "${READELF:=${CROSS}readelf}"
known='Go 1.26 and 1.27 are known to work'
system=$($GO env GOOS)
processor=$($GO env GOARCH)

# The table of what is taken from the Go runtime:
#
#   taken        names that capi/ needs, as name-there=name-here
#   sizes        variables of which more than the first field is taken, as name=hexadecimal-size
#   wrapped      calls of the C library that capi/threads.c and capi/heap.c stand before
#   writable     sections that may be written to (capi/sections.ld), as a pattern of awk; with
#                SECTIONS=any those of an instrument may be as well, which no child sees rewound
#   constructor  sections by which the runtime would start when the library is loaded
case $system in
linux)
	# The variable of a thread that holds its goroutine has another name on amd64 than elsewhere.
	thread=tls_g
	[ "$processor" != amd64 ] || thread=tlsg
	taken="
		_rt0_${processor}_linux_lib=go_start
		runtime.$thread=go_thread
		runtime.sigtable=go_signals
		crypto/internal/sysrand.firstUse=go_random_used
		runtime.newmHandoff=go_new_threads
		syscall..inittask=go_syscall_begins
		syscall.init.0=go_raise_limit"
	sizes='runtime.newmHandoff=28 runtime.sigtable=618'
	wrapped='pthread_create pthread_attr_init pthread_key_create pthread_setspecific
		x_cgo_getstackbound mmap munmap malloc free'
	writable='libsecrets_(data|zero)|[.]keep|[.]bss[.]process|[.]t(data|bss).*|[.]data[.]rel[.]ro'
	writable="$writable|[.]go[.](buildinfo|fipsinfo)|[.](pre)?init_array.*|[.]fini_array.*"
	constructor='.init_array .rela.init_array'
	;;
windows)
	# Here also what the runtime imports, to which capi/engine_windows.c has another answer.
	taken="_rt0_${processor}_windows_lib=go_start"
	for name in SetErrorMode WerSetFlags SetProcessPriorityBoost SetConsoleCtrlHandler \
		AddVectoredExceptionHandler AddVectoredContinueHandler GetProcAddress \
		GetEnvironmentStringsW FreeEnvironmentStringsW; do
		taken="$taken $name=instead_$name"
	done
	sizes=
	wrapped=
	constructor=.ctors
	;;
esac

# moved WHAT: a release of Go that has something elsewhere ends the build.
moved() {
	echo "make: $($GO env GOVERSION) has moved $1, which libsecrets takes from the Go runtime:" \
		"$known" >&2
	exit 1
}

check_symbols() {
	$NM -S go.o > symbols
	for pair in $taken; do
		check_symbol "${pair%=*}"
	done
	check_symbol runtime.godebugDefault
	for name in $wrapped; do
		case $name in x_cgo*) check_symbol "$name" ;; esac
	done
	for pair in $sizes; do
		grep -q "0${pair#*=} . ${pair%=*}\$" symbols || moved "fields of ${pair%=*}"
	done
}

check_symbol() {
	grep -q " $1\$" symbols || moved "$1"
}

check_constructor() {
	$OBJDUMP -h go.o | grep -q " ${constructor%% *} " || moved 'its constructor'
}

# Takes the constructor out, and makes what is taken global by its name here.
rename() {
	for section in $constructor; do
		set -- "$@" --remove-section="$section"
	done
	for pair in $taken; do
		set -- "$@" --redefine-sym "$pair" --globalize-symbol="${pair#*=}"
	done
	$OBJCOPY "$@" go.o
}

# link FOLDER: all the objects there as all.o, by the script of sections where there is one.
link() {
	set -- "$1"/go.o "$1"/0*.o -o "$1/all.o"
	for name in $wrapped; do
		set -- --wrap="$name" "$@"
	done
	[ "$system" != linux ] || set -- -T capi/sections.ld "$@"
	$LD -r -d "$@"
}

check_sections() {
	new=$($READELF -SW all.o | sed 's/^ *\[ *[0-9]*\] *//' |
		awk '$7 ~ /W/ && $7 ~ /A/ && $1 !~ /^('"$writable"')$/ { print $1; exit }')
	[ -z "$new" ] || moved "the section $new"
}

check_no_constructor() {
	! $OBJDUMP -h all.o | grep -qE ' [.](ctors|init_array|CRT)' || moved 'its constructor'
}

parts=$2.parts
rm -rf "$parts"
mkdir "$parts"
cp "$1" "$parts/go.a"
(
	cd "$parts"
	$AR x go.a
	check_symbols
	check_constructor
	rename
)
link "$parts"
(
	cd "$parts"
	case $system in
	linux) [ "${SECTIONS-}" = any ] || check_sections ;;
	windows) check_no_constructor ;;
	esac
)
# What cgo tells Windows' linker to export goes with its section.
$OBJCOPY --wildcard --keep-global-symbol='secrets_*' --remove-section=.drectve "$parts/all.o" "$2"
rm -r "$parts"
