#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes sure that tools are there: `tools.sh NAME...`, by the names of the table below. As root on
# Debian it installs what is missing; elsewhere it names that, and fails.
# shellcheck disable=SC2046,SC2086 # names of tools and packages are words
set -eu
: "${BUILD:=build}" "${CC:=cc}" "${CMAKE:=cmake}" "${CXX:=g++}" "${GO:=go}" "${PYTHON:=python3}"
here=$(dirname "$0")

# members NAME...: the tools of each group, and the other names unchanged.
members() {
	for name; do
		case $name in
		lint) echo go cc git shellcheck clang-format ;;
		manual) echo mandoc groff ;;
		packaging) echo pkg-config clang lld unshare bash-completion zsh fish ;;
		packages) echo nfpm lintian rpm mmdebstrap ${SUITES:=bookworm} ;;
		platforms) echo aarch64 qemu musl mingw wine windows-python clang lld libc++ llvm-ar npm \
			macos-sdk ;;
		languages) echo ruby luajit php platypus node npm koffi javac jna ;;
		instruments) echo valgrind strace libfuzzer ent rngtest dieharder gcov ;;
		*) echo "$name" ;;
		esac
	done
}

# The table: the command of each tool and Debian's packages for it, or what it is called, the
# packages and a test, or where it is and what fetches it.
find_tool() {
	case $1 in
	cc) command_of "$CC" gcc libc6-dev ;;
	cxx) command_of "$CXX" g++ ;;
	binutils) command_of "${OBJCOPY:-${CROSS-}objcopy}" binutils ;;
	cmake) command_of "$CMAKE" cmake ;;
	python) command_of "$PYTHON" python3 ;;
	packer) thing 'setuptools with wheel' 'python3-setuptools python3-wheel' "sh $here/packer.sh" ;;
	venv) thing 'venv with pip' python3-venv "$PYTHON -c 'import ensurepip'" ;;
	suites) thing 'the test suite of CPython' "libpython$(python_version)-testsuite" \
		"! test -x /usr/bin/python3 || /usr/bin/python3 -c 'import test.test_random'" ;;
	pypy) thing 'PyPy with its test suite' 'pypy3 pypy3-lib-testsuite' \
		"pypy3 -c 'import test.test_random'" ;;
	gunicorn) command_of gunicorn gunicorn ;;

	git) command_of git git ;;
	shellcheck) command_of shellcheck shellcheck ;;
	clang-format) command_of clang-format clang-format ;;
	mandoc) command_of mandoc mandoc ;;
	groff) thing 'groff with its macros' groff-base 'groff -mdoc -z -Tutf8 man/secrets.7' ;;
	abigail) command_of abidiff abigail-tools ;;
	pkg-config) command_of pkg-config pkg-config ;;
	clang) command_of clang clang ;;
	lld) command_of ld.lld lld ;;
	unshare) command_of unshare util-linux ;;
	bash-completion) thing 'completion for bash' bash-completion \
		'test -e /usr/share/bash-completion/bash_completion' ;;
	zsh) command_of zsh zsh ;;
	fish) command_of fish fish ;;

	nfpm) fetched "$BUILD/nfpm" "sh $here/nfpm.sh $BUILD" ;;
	mmdebstrap) command_of mmdebstrap mmdebstrap ;;
	bookworm | bullseye) fetched "$BUILD/$1" "sh $here/debian.sh $1 $BUILD/$1" ;;
	lintian) command_of lintian lintian ;;
	rpm) command_of rpm rpm ;;

	aarch64) command_of aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu ;;
	qemu) command_of qemu-aarch64 qemu-user ;;
	musl) command_of musl-gcc musl-tools ;;
	mingw) command_of x86_64-w64-mingw32-g++ g++-mingw-w64-x86-64-win32 ;;
	wine) command_of wine wine ;;
	libc++) thing libc++ 'clang libc++-dev libc++abi-dev' \
		"echo '#include <string>' | clang++ -stdlib=libc++ -x c++ -fsyntax-only -" ;;
	llvm-ar) command_of llvm-ar llvm ;;
	macos-sdk) fetched "$BUILD/$1" "sh $here/macos-sdk.sh $BUILD/$1" ;;
	windows-python) fetched "$BUILD/$1" "sh $here/windows-python.sh $BUILD/$1" ;;

	ruby) command_of ruby ruby ;;
	luajit) command_of luajit luajit ;;
	php) thing 'PHP with FFI' php-cli 'php -m | grep -q FFI' ;;
	platypus) thing 'FFI::Platypus for Perl' libffi-platypus-perl \
		"perl -e 'use FFI::Platypus 1.00'" ;;
	node) command_of node nodejs ;;
	npm) command_of npm npm ;;
	koffi) fetched "$BUILD/node/node_modules/koffi" \
		"npm install --silent --no-audit --no-fund --prefix $BUILD/node koffi@3.3.4" ;;
	javac) command_of javac default-jdk-headless ;;
	jna) thing 'JNA for Java' libjna-java 'test -e /usr/share/java/jna.jar' ;;

	valgrind) command_of valgrind valgrind ;;
	strace) command_of strace strace ;;
	libfuzzer) thing 'clang with libFuzzer' 'clang libclang-rt-dev' \
		"echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
			clang -x c -fsanitize=fuzzer -o /dev/null -" ;;
	ent) command_of ent ent ;;
	rngtest) command_of rngtest rng-tools5 ;;
	dieharder) command_of dieharder dieharder ;;
	gcov) command_of gcov gcc ;;
	peers) thing 'a peer of the benchmark or gnuplot' "libsodium-dev libbsd-dev libssl-dev \
libgcrypt20-dev libgnutls28-dev python3-nacl gnuplot-nox" \
		"printf '#include <%s>\n' sodium.h bsd/stdlib.h openssl/rand.h gcrypt.h gnutls/crypto.h |
			$CC -E - && command -v gnuplot && /usr/bin/python3 -c 'import nacl'" ;;
	*) say "no tool is called '$1'" && exit 1 ;;
	esac
}

# command_of COMMAND PACKAGE...: only the name of the command counts, not its options.
command_of() {
	command=${1%% *}
	shift
	thing "the command $command" "$*" "command -v '$command'"
}

# fetched PATH COMMAND: what no package of Debian has, and the command that fetches it.
fetched() {
	thing "$1" '' "test -e '$1'"
	fetch=$2
}

# thing WHAT PACKAGES TEST
thing() {
	what=$1
	packages=$2
	probe=$3
	fetch=
}

python_version() {
	/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || :
}

say() {
	echo "make: $1" >&2
}

# Debian has no Go that is new enough, so that is nobody's to install but the user's.
check_go() {
	case $($GO env GOVERSION 2>/dev/null) in
	go1.2[6-9]* | go1.[3-9][0-9]* | go[2-9]*) return ;;
	esac
	version=$($GO version 2>/dev/null | cut -d' ' -f3)
	say "libsecrets needs Go 1.26 or newer (https://go.dev/dl); '$GO' is ${version:-missing}"
	exit 1
}

# missing NAME...: those of the tools that are not there.
missing() {
	for tool; do
		if [ "$tool" = go ]; then check_go && continue; fi
		find_tool "$tool"
		sh -c "$probe" >/dev/null 2>&1 || echo "$tool"
	done
}

packages_of() {
	for tool; do
		find_tool "$tool"
		echo "$packages"
	done
}

install() {
	say "installing $*"
	{ apt-get -q update && apt-get -q -y install "$@"; } >&2
}

tools=$(missing $(members "$@"))
packages=$(packages_of $tools)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	install $packages || : # what is still missing is named below
	tools=$(missing $tools)
fi
status=0
for tool in $tools; do
	find_tool "$tool"
	if [ -n "$fetch" ]; then
		$fetch
	else
		say "$what is missing: install it (package $packages on Debian)"
		status=1
	fi
done
exit $status
