# SPDX-License-Identifier: MIT
# Completes the command line of libsecrets(1) in fish.
complete -c libsecrets -f

set -l none __fish_is_first_arg
complete -c libsecrets -n $none -l help -d 'Show the commands'
complete -c libsecrets -n $none -l version -d 'Show the version'
complete -c libsecrets -n $none -a token -d 'Random bytes as text'
complete -c libsecrets -n $none -a password -d 'Random characters'
complete -c libsecrets -n $none -a passphrase -d 'Random words'
complete -c libsecrets -n $none -a apikey -d 'An API key with a checksum'
complete -c libsecrets -n $none -a number -d 'A whole number from a range'
complete -c libsecrets -n $none -a choose -d 'Some of many lines or arguments'
complete -c libsecrets -n $none -a shuffle -d 'Lines or arguments in random order'
complete -c libsecrets -n $none -a check -d 'Whether API keys are valid, or texts equal'

set -l any 'not __fish_is_first_arg'
complete -c libsecrets -n $any -l help -d 'Show the options'
complete -c libsecrets -n $any -l json -d 'One JSON object'

set -l many '__fish_seen_subcommand_from token password passphrase apikey number choose shuffle'
complete -c libsecrets -n $many -l count -x -d 'How many to print'
set -l secret '__fish_seen_subcommand_from token password passphrase apikey'
complete -c libsecrets -n $secret -l entropy -d 'Also print the entropy'
set -l bytes '__fish_seen_subcommand_from token apikey'
complete -c libsecrets -n $bytes -l bytes -x -d 'How many random bytes'
set -l input '__fish_seen_subcommand_from choose shuffle check'
complete -c libsecrets -n $input -l file -r -F -d 'Read this file'
set -l bits '__fish_seen_subcommand_from password passphrase'
complete -c libsecrets -n $bits -l bits -x -d 'Bits of entropy'

set -l token '__fish_seen_subcommand_from token'
complete -c libsecrets -n $token -l hex -d 'Hexadecimal digits'
complete -c libsecrets -n $token -l urlsafe -d 'Base64url'
complete -c libsecrets -n $token -l raw -d 'The bytes as they are'

set -l password '__fish_seen_subcommand_from password'
complete -c libsecrets -n $password -l length -x -d 'How many characters'
complete -c libsecrets -n $password -l lower -x -d 'Lower-case letters, at least'
complete -c libsecrets -n $password -l upper -x -d 'Upper-case letters, at least'
complete -c libsecrets -n $password -l digits -x -d 'Digits, at least'
complete -c libsecrets -n $password -l symbols -x -d 'Punctuation, at least'
complete -c libsecrets -n $password -l class -x -d 'MIN:CHARS'
complete -c libsecrets -n $password -l exclude -x -d 'Leave these characters out'
complete -c libsecrets -n $password -l unambiguous -d 'Leave out what looks alike'

set -l passphrase '__fish_seen_subcommand_from passphrase'
complete -c libsecrets -n $passphrase -l words -x -d 'How many words'
complete -c libsecrets -n $passphrase -l separator -x -d 'The text between words'
complete -c libsecrets -n $passphrase -l separators -x -d 'Characters, one of them between words'
complete -c libsecrets -n $passphrase -l capitalize -d 'Begin each word with a capital letter'
complete -c libsecrets -n $passphrase -l digit -d 'A digit behind one of the words'
complete -c libsecrets -n $passphrase -l wordlist -r -F -d 'Words of your own'

complete -c libsecrets -n '__fish_seen_subcommand_from choose' -l repeat -d 'Choose the same again'
complete -c libsecrets -n '__fish_seen_subcommand_from check' -l against -r -F \
    -d 'The secret to compare with'
