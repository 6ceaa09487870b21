// SPDX-License-Identifier: MIT
// Calls by koffi, which makes each on a stack of its own, of two threads, between marks that
// strace sees (stacks_test.go).
const { Worker, isMainThread } = require("worker_threads");
const koffi = require("koffi");

const CALLS = 500;
const libc = koffi.load("libc.so.6");
const abs = libc.func("int abs(int number)");
const write = libc.func("long write(int fd, const char *text, size_t size)");
const visit = koffi.proto("int Visit(const void *key, const void *element)");
const bsearch = libc.func("void *bsearch(const void *key, const void *base, " +
  "size_t count, size_t size, Visit *visit)");
const secrets = koffi.load(process.env.LIBSECRETS_LIBRARY);
const tokenBytes = secrets.func("int secrets_token_bytes(void *out, size_t nbytes)");
const passphrase = secrets.func("int secrets_passphrase(void *out, size_t out_size, " +
  "size_t words, void *separator, void *wordlist, size_t wordlist_size)");

const room = Buffer.alloc(64);
const works = {
  nothing: () => abs(1) + abs(2),
  calls: () => {
    if (tokenBytes(room, 32) + passphrase(room, 64, 4, null, null, 0) !== 0) process.exit(1);
  },
};

function mark(text) {
  write(-1, text, text.length);
}

function repeat(title, work) {
  for (let i = 0; i < CALLS; i++) work();
  mark(title);
  for (let i = 0; i < CALLS; i++) work();
  mark("end");
}

// bsearch(3) asks its callback once for one element.
function inCallback(work) {
  const visit = () => (work(), 0);
  return () => bsearch(room, room, 1, 1, visit);
}

const where = isMainThread ? "" : "in a thread, ";
for (const [name, work] of Object.entries(works)) {
  repeat(`${name}: ${where}koffi`, work);
  repeat(`${name}: ${where}callback`, inCallback(work));
}
if (isMainThread) new Worker(__filename);
