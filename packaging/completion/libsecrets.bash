# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Completes the command line of libsecrets(1) in bash.

# shellcheck disable=SC2207 # of files, a line is a word
_libsecrets() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words=
	# bash takes --file=name for three words.
	if [ "$word" = = ]; then
		word=
	elif [ "$before" = = ]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $before in
	--file | --against | --wordlist)
		local IFS=$'\n'
		compopt -o filenames 2>/dev/null # which bash 3 lacks
		COMPREPLY=($(compgen -f -- "$word"))
		return
		;;
	--bytes | --length | --bits | --lower | --upper | --digits | --symbols | --class | --exclude | \
		--words | --separator | --separators | --count)
		COMPREPLY=()
		return
		;;
	esac
	case $COMP_CWORD:${COMP_WORDS[1]} in
	1:*) words='token password passphrase apikey number choose shuffle check --version' ;;
	*:token) words='--bytes --hex --urlsafe --raw --count --entropy --json' ;;
	*:password) words='--length --bits --lower --upper --digits --symbols --class --exclude
		--unambiguous --count --entropy --json' ;;
	*:passphrase) words='--words --bits --separator --separators --capitalize --digit --wordlist
		--count --entropy --json' ;;
	*:apikey) words='--bytes --count --entropy --json' ;;
	*:number) words='--count --json' ;;
	*:choose) words='--file --repeat --count --json' ;;
	*:shuffle) words='--file --count --json' ;;
	*:check) words='--file --against --json' ;;
	esac
	COMPREPLY=($(compgen -W "$words --help" -- "$word"))
}

complete -F _libsecrets libsecrets
