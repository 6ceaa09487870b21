# SPDX-License-Identifier: MIT
# All types stand here and none in the modules: there they would show in the
# signatures, which are those of the standard module, and take time at import.
import os
import random
import sys
from typing import (
    Any,
    Iterable,
    List,
    NoReturn,
    Optional,
    Protocol,
    SupportsFloat,
    SupportsIndex,
    Tuple,
    TypeVar,
    Union,
    overload,
)

from _typeshed import ReadableBuffer

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)

_Class = Union[str, Tuple[str, SupportsIndex]]
_Path = Union["os.PathLike[str]", "os.PathLike[bytes]"]
_WordList = Union[Iterable[str], Iterable[bytes], _Path]
_Real = Union[SupportsFloat, SupportsIndex]

class _Indexable(Protocol[_T_co]):
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> _T_co: ...

__version__: str
__all__ = [
    "choice",
    "randbelow",
    "randbits",
    "SystemRandom",
    "token_bytes",
    "token_hex",
    "token_urlsafe",
    "compare_digest",
]

DEFAULT_ENTROPY: int
UNAMBIGUOUS: str

class SystemRandom(random.Random):
    def random(self) -> float: ...
    def getrandbits(self, k: int) -> int: ...
    if sys.version_info >= (3, 9):
        def randbytes(self, n: int) -> bytes: ...

    def seed(self, *args: Any, **kwds: Any) -> None: ...
    def getstate(self, *args: Any, **kwds: Any) -> NoReturn: ...
    def setstate(self, *args: Any, **kwds: Any) -> NoReturn: ...
    # choice, choices, sample, shuffle and the distributions: as in random.Random.

def apikey(prefix: str, nbytes: Optional[SupportsIndex] = None) -> str: ...
def apikey_valid(key: Union[str, ReadableBuffer]) -> bool: ...
@overload
def compare_digest(a: ReadableBuffer, b: ReadableBuffer, /) -> bool: ...
@overload
def compare_digest(a: str, b: str, /) -> bool: ...
def choice(seq: _Indexable[_T]) -> _T: ...
def needed_entropy(
    guesses_per_second: _Real, years: _Real, chance: _Real = 1e-6
) -> float: ...
def passphrase(
    nwords: SupportsIndex = 6,
    separator: str = " ",
    wordlist: Optional[_WordList] = None,
    *,
    capitalize: bool = False,
    digit: bool = False,
    separators: Optional[Iterable[str]] = None,
) -> str: ...
def passphrase_entropy(
    nwords: SupportsIndex = 6,
    wordlist_size: Optional[SupportsIndex] = None,
    *,
    capitalize: bool = False,
    digit: bool = False,
    separators: Optional[Iterable[str]] = None,
) -> float: ...
def passphrase_words(
    bits: _Real, wordlist_size: Optional[SupportsIndex] = None
) -> int: ...
def password(
    length: SupportsIndex = 16, classes: Optional[Iterable[_Class]] = None
) -> str: ...
def password_entropy(
    length: SupportsIndex = 16, classes: Optional[Iterable[_Class]] = None
) -> float: ...
def password_length(bits: _Real, classes: Optional[Iterable[_Class]] = None) -> int: ...
def randbelow(exclusive_upper_bound: int) -> int: ...
def randbelow_batch(exclusive_upper_bound: int, count: SupportsIndex) -> List[int]: ...
def randbits(k: int) -> int: ...
def read_wordlist(source: Union[str, _WordList]) -> List[str]: ...
def token_bytes(nbytes: Optional[SupportsIndex] = None) -> bytes: ...
def token_hex(nbytes: Optional[SupportsIndex] = None) -> str: ...
def token_hex_batch(
    count: SupportsIndex, nbytes: Optional[SupportsIndex] = None
) -> List[str]: ...
def token_urlsafe(nbytes: Optional[SupportsIndex] = None) -> str: ...
def token_urlsafe_batch(
    count: SupportsIndex, nbytes: Optional[SupportsIndex] = None
) -> List[str]: ...
