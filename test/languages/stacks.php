<?php
// SPDX-License-Identifier: MIT
// Calls from the stacks of fibers, between marks that strace sees (stacks_test.go).
const CALLS = 500;
$libc = FFI::cdef('int abs(int number); long write(int fd, const char *text, size_t size);');
$secrets = FFI::cdef('
int secrets_token_bytes(char *out, size_t nbytes);
int secrets_passphrase(char *out, size_t out_size, size_t words, const char *separator,
    const char *const *wordlist, size_t wordlist_size);
', getenv('LIBSECRETS_LIBRARY'));
$room = FFI::new('char[64]');

$works = [
    'nothing' => function () use ($libc): void {
        $libc->abs(1);
        $libc->abs(2);
    },
    'calls' => function () use ($secrets, $room): void {
        $status = $secrets->secrets_token_bytes($room, 32)
            + $secrets->secrets_passphrase($room, 64, 4, null, null, 0);
        if ($status !== 0) {
            exit(1);
        }
    },
];

$mark = fn (string $text) => $libc->write(-1, $text, strlen($text));

$repeat = function (string $title, callable $work) use ($mark): void {
    $work();
    $mark($title);
    for ($i = 0; $i < CALLS; $i++) {
        $work();
    }
    $mark('end');
};

// The caller's stack and a fiber's by turns.
$turns = function (callable $work): callable {
    $fiber = new Fiber(function () use ($work): void {
        for (;;) {
            $work();
            Fiber::suspend();
        }
    });
    $fiber->start();
    return function () use ($work, $fiber): void {
        $work();
        $fiber->resume();
    };
};

foreach ($works as $name => $work) {
    $repeat("$name: own stack", $work);
    (new Fiber(fn () => $repeat("$name: fiber", $work)))->start();
    $repeat("$name: by turns", $turns($work));
}
