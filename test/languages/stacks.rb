# SPDX-License-Identifier: MIT
# Calls from the stacks of fibers, of two threads, between marks that strace sees (stacks_test.go).
require "fiddle/import"

CALLS = 500

module C
  extend Fiddle::Importer
  dlload "libc.so.6"
  extern "int abs(int number)"
  extern "long write(int fd, char *text, size_t size)"
end

module Secrets
  extend Fiddle::Importer
  dlload ENV.fetch("LIBSECRETS_LIBRARY")
  extern "int secrets_token_bytes(void *out, size_t nbytes)"
  extern "int secrets_passphrase(char *out, size_t out_size, size_t words, void *separator, " \
         "void *wordlist, size_t wordlist_size)"
end

room = "\0" * 64
nothing = lambda do
  C.abs(1)
  C.abs(2)
end
calls = lambda do
  abort unless Secrets.secrets_token_bytes(room, 32).zero?
  abort unless Secrets.secrets_passphrase(room, 64, 4, nil, nil, 0).zero?
end

def mark(text) = C.write(-1, text, text.bytesize)

def repeat(title, work)
  work.call
  mark(title)
  CALLS.times { work.call }
  mark("end")
end

# The caller's stack and a fiber's by turns.
def turns(work)
  fiber = Fiber.new { loop { work.call; Fiber.yield } }
  lambda do
    work.call
    fiber.resume
  end
end

def all(title, work)
  repeat("#{title}own stack", work)
  Fiber.new { repeat("#{title}fiber", work) }.resume
  repeat("#{title}by turns", turns(work))
end

{ "nothing" => nothing, "calls" => calls }.each do |name, work|
  all("#{name}: ", work)
  Thread.new { all("#{name}: in a thread, ", work) }.join
end
