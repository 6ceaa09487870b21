# SPDX-License-Identifier: MIT
"""Status codes of the C library as exceptions."""

from . import _functions

_ADVICE = {
    _functions.EENTROPY: "check that getrandom(2) is allowed here (seccomp, sandbox)",
    _functions.EFORK: "start the worker by spawn/exec instead, "
    "or load the library in the child",
}


def failure(status: int) -> Exception:
    """Return the exception for a status that is not OK."""
    text = _functions.strerror(status).decode("utf-8")
    if status == _functions.ENOSPC:
        return MemoryError(text)
    if status in _ADVICE:
        return OSError("%s: %s" % (text, _ADVICE[status]))
    return RuntimeError("%s (status %d)" % (text, status))
