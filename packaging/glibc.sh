#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes FILE to link with, so that what is linked runs with every glibc since 2.17: `glibc.sh FILE
# FUNCTION...`. It prints the name of the file, or nothing where there is no need. link.sh and
# tool.sh call it, with CC and GO in the environment.
#
# When these functions moved from libpthread to libc, in glibc 2.32 and 2.34, they got new versions,
# which older releases lack. The file stands in for libpthread as it was in 2.17, and for other
# functions that are named.
set -eu
file=$1
shift
echo '#include <features.h>' | $CC -E -dM -x c - | grep -q '#define __GLIBC__ ' || exit 0
case $($GO env GOARCH) in
amd64) oldest=GLIBC_2.2.5 ;;
arm64) oldest=GLIBC_2.17 ;;
*) exit 0 ;; # which release brought the processor is not known here
esac
echo "$oldest { *; };" > "$file.map"
printf 'void %s(void) {}\n' pthread_attr_getstack pthread_attr_getstacksize \
	pthread_attr_setstacksize pthread_create pthread_getattr_np pthread_join \
	pthread_mutex_trylock pthread_sigmask sem_getvalue sem_init sem_post sem_timedwait \
	sem_wait "$@" |
	$CC -w -shared -nostdlib -Wl,-soname,libpthread.so.0 -Wl,--version-script="$file.map" \
		-o "$file" -x c -
rm "$file.map"
echo "$file"
