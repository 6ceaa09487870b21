# SPDX-License-Identifier: MIT
"""Tests of the package, and what they share."""

import ctypes
import unittest

# Elsewhere, as in PyPy, results are copied out of buffers of C.
cpython = unittest.skipUnless(hasattr(ctypes, "pythonapi"), "for CPython's objects")
