# SPDX-License-Identifier: MIT
"""Finding and opening the shared library."""

import ctypes
import os
import sys

MAJOR = 1
SETTING = "LIBSECRETS_LIBRARY"
PACKAGE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.normpath(os.path.join(PACKAGE, "..", "..", "..", "build"))


def _file_names():
    if sys.platform == "win32":
        return ("secrets.dll", "libsecrets.dll")
    if sys.platform == "darwin":
        return ("libsecrets.1.dylib", "libsecrets.dylib")
    return ("libsecrets.so.1", "libsecrets.so")


def _places():
    """Yield what to hand to the system's loader, best first."""
    setting = os.environ.get(SETTING)
    if setting:
        yield setting
        return
    names = _file_names()
    for folder in (PACKAGE, BUILD):
        for name in names:
            yield os.path.join(folder, name)
    yield names[0]
    # Last, because it may have to start a compiler or ldconfig to find out. Imported
    # here, because few get this far, and it takes longer than all the rest.
    import ctypes.util

    found = ctypes.util.find_library("secrets")
    if found and found != names[0]:
        yield found


def _open(place, symbols):
    """Open the library at place; OSError says why it cannot serve."""
    library = ctypes.CDLL(place)
    missing = [name for name in symbols if not hasattr(library, name)]
    if missing:
        raise OSError("lacks " + ", ".join(missing))
    version = version_of(library)
    if version.split(".")[0] != str(MAJOR):
        raise OSError("is version %s, and %d.x is needed" % (version, MAJOR))
    return library


def version_of(library):
    get = ctypes.CFUNCTYPE(ctypes.c_char_p)(("secrets_version", library))
    return str(get().decode("ascii"))


def load(symbols):
    """Return the first library that is of the right version and has symbols.

    ImportError, naming every place tried and why it failed, if there is none.
    """
    symbols = tuple(symbols)
    failures = []
    for place in _places():
        try:
            return _open(place, symbols)
        except OSError as reason:
            failures.append("  %s: %s" % (place, reason))
    raise ImportError(
        "libsecrets cannot be loaded. Tried:\n%s\n"
        "Run make in the checkout, or set %s to the path of the library."
        % ("\n".join(failures), SETTING)
    )
