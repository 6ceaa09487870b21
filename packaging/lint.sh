#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks the form of all tracked files: Go by gofmt and go vet, C and C++ by clang-format, scripts
# of the shell by shellcheck, and any text by .editorconfig. make calls it, with GO in the
# environment.
set -u
cd "$(dirname "$0")/.." || exit
sh packaging/tools.sh lint || exit

go_format() {
	git ls-files -z '*.go' | xargs -0 "$($GO env GOROOT)/bin/gofmt" -d
}

c_format() {
	git ls-files -z '*.c' '*.cc' '*.h' '*.hpp' | xargs -0 clang-format --dry-run -Werror
}

# What has a shell in its first line, or says there which one it is for.
scripts() {
	git ls-files -z | xargs -0 awk 'FNR == 1 && /^#(!| shellcheck ).*sh$/ { print FILENAME }' |
		xargs shellcheck
}

# It also says what it downloads.
vet() {
	said=$($GO vet ./... 2>&1) || echo "$said"
}

# A tab at the beginning of a line is four columns.
columns() {
	set --
	for tabs in 0 1 2 3 4 5 6 7 8; do
		set -- "$@" -e "$(printf '^\t{%d}.{%d}' $tabs $((101 - 4 * tabs)))"
	done
	held_to max_line_length | LC_ALL=C.UTF-8 xargs grep -nE "$@" || [ $? = 123 ] # grep found none
}

blanks() {
	held_to trim_trailing_whitespace |
		xargs git diff --check "$(git hash-object -t tree /dev/null)" --
}

last_lines() {
	held_to insert_final_newline | xargs tail -v -c 1 |
		awk '/^==> / { file = $2; next } NF { print file " does not end with a newline" }'
}

# held_to SETTING: the files of which no section of .editorconfig says that it is off.
held_to() {
	# shellcheck disable=SC2046 # a pattern is a word
	git ls-files -- . $(awk -v setting="$1" '/^\[/ { pattern = substr($0, 2, length($0) - 2) }
		$1 == setting && /(off|false)$/ { print ":(exclude,glob)" pattern }' .editorconfig)
}

# report NAME TEXT: there is a text if the check has found something, or has failed.
status=0
report() {
	[ -z "$2" ] || { printf 'lint: %s\n%s\n' "$1" "$2" >&2 && status=1; }
}

report gofmt "$(go_format 2>&1 || echo failed)"
report 'go vet' "$(vet)"
report clang-format "$(c_format 2>&1 || echo failed)"
report shellcheck "$(scripts 2>&1 || echo failed)"
report '100 columns' "$(columns 2>&1 || echo failed)"
report blanks "$(blanks 2>&1 || echo failed)"
report newlines "$(last_lines 2>&1 || echo failed)"
exit $status
