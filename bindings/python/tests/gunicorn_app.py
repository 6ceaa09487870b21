# SPDX-License-Identifier: MIT
"""A WSGI application that hands out tokens, for test_gunicorn.py."""

import os

import libsecrets

# With --preload, in the parent of all workers.
AT_IMPORT = libsecrets.token_urlsafe()


def app(environ, start_response):
    body = "%d %s %s\n" % (os.getpid(), libsecrets.token_urlsafe(), AT_IMPORT)
    start_response(
        "200 OK",
        [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))],
    )
    return [body.encode("ascii")]
