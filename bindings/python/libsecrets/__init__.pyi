# SPDX-License-Identifier: MIT
# A stub, because annotations in the modules would show in the signatures, which
# are those of the standard module.
from typing import Optional, SupportsIndex, overload

from _typeshed import ReadableBuffer

__version__: str
__all__ = [
    "randbelow",
    "randbits",
    "token_bytes",
    "token_hex",
    "token_urlsafe",
    "compare_digest",
]

DEFAULT_ENTROPY: int

@overload
def compare_digest(a: ReadableBuffer, b: ReadableBuffer, /) -> bool: ...
@overload
def compare_digest(a: str, b: str, /) -> bool: ...
def randbelow(exclusive_upper_bound: int) -> int: ...
def randbits(k: int) -> int: ...
def token_bytes(nbytes: Optional[SupportsIndex] = None) -> bytes: ...
def token_hex(nbytes: Optional[SupportsIndex] = None) -> str: ...
def token_urlsafe(nbytes: Optional[SupportsIndex] = None) -> str: ...
