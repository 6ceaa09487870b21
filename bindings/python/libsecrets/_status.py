# SPDX-License-Identifier: MIT
"""Status codes of the C library as exceptions."""

from . import _functions

_ADVICE = {
    _functions.EENTROPY: "check that getrandom(2) is allowed here (seccomp, sandbox)",
    _functions.ESTART: "check that memory and threads are to be had (ulimit, container "
    "limits); on macOS start workers by spawn and not by fork",
}


def failure(status: int) -> Exception:
    """Return the exception for a status that is not OK."""
    text = _functions.strerror(status).decode("utf-8")
    if status in (_functions.ENOSPC, _functions.ENOMEM):
        return MemoryError(text)
    if status in _ADVICE:
        return OSError("%s: %s" % (text, _ADVICE[status]))
    if status == _functions.EINTERNAL:
        return RuntimeError("%s; please report it" % text)
    return RuntimeError("%s (status %d)" % (text, status))
