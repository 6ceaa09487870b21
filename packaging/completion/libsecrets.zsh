#compdef libsecrets
# SPDX-License-Identifier: MIT
# Completes the command line of libsecrets(1) in zsh.

_libsecrets() {
	local -a commands=(
		'token:random bytes as text'
		'password:random characters'
		'passphrase:random words'
		'apikey:an API key with a checksum'
		'number:a whole number from a range'
		'choose:some of many lines or arguments'
		'shuffle:lines or arguments in random order'
		'check:whether API keys are valid, or texts equal'
	)
	local help='--help[show the options]' json='--json[one JSON object]'
	local count='--count=[how many to print]:number'
	local -a some=($help $json $count)
	local -a secret=($some '--entropy[also print the entropy]')
	local bytes='--bytes=[how many random bytes]:number'
	local bits='--bits=[bits of entropy]:number'
	local file='--file=[read this file]:file:_files'

	if ((CURRENT == 2)); then
		_describe command commands
		_arguments '--help[show the commands]' '--version[show the version]'
		return
	fi
	local command=$words[2]
	shift words
	((CURRENT--))
	case $command in
	token)
		_arguments $secret $bytes '(--urlsafe --raw)--hex[hexadecimal digits]' \
			'(--hex --raw)--urlsafe[base64url]' '(--hex --urlsafe)--raw[the bytes as they are]' ;;
	password)
		_arguments $secret $bits '--length=[how many characters]:number' \
			'--lower=[lower-case letters, at least]:number' \
			'--upper=[upper-case letters, at least]:number' \
			'--digits=[digits, at least]:number' '--symbols=[punctuation, at least]:number' \
			'*--class=[these characters, at least]:MIN\:CHARS' \
			'--exclude=[leave these characters out]:characters' \
			'--unambiguous[leave out what looks alike]' ;;
	passphrase)
		_arguments $secret $bits '--words=[how many words]:number' \
			'--separator=[the text between words]:text' \
			'--separators=[characters, one of them between words]:characters' \
			'--capitalize[begin each word with a capital letter]' \
			'--digit[a digit behind one of the words]' \
			'--wordlist=[words of your own]:file:_files' ;;
	apikey) _arguments $secret $bytes '1:prefix' ;;
	number) _arguments $some '1:number' '2:number' ;;
	choose) _arguments $some $file '--repeat[choose the same again]' '*:text' ;;
	shuffle) _arguments $some $file '*:text' ;;
	check) _arguments $help $json $file '--against=[the secret to compare with]:file:_files' ;;
	esac
}

_libsecrets "$@"
