"""The errors a file can cause, one small tree.

ReadError            a file could not be read; `code` names the problem, `words` fill its message
├── Encrypted        a password is needed
├── Unsupported      no reader for this kind of file
├── Damaged          the bytes are not what their kind promises
├── TooLarge         unpacks to more bytes than this program is willing to hold
├── TooMuch          holds more cells or text than any sheet does
└── Refused          one reader cannot make sense of the file; another way of reading it may
    ├── BrokenRecords    the Workbook stream of an .xls is no BIFF8, or it is cut off
    ├── BrokenDocument   the XML of an .ods or .fods is no OpenDocument spreadsheet
    └── Unfit            a part of an .xlsx is not written as it can be matched: an XML parser has to read it

A Refused never leaves the room: who raises it is called by somebody who knows the next way.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable

# What the standard library raises on a package that is cut off, altered or locked.
BROKEN_PACKAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)

# What Pillow raises on a picture that is cut off or altered: each of its plugins what its own code meets.
BROKEN_PICTURE = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, AttributeError, RuntimeError,
    struct.error,
)  # fmt: skip


class ReadError(Exception):
    """A file could not be read. `words` are the values that its message names; `code` among them names another message."""

    code = "file_unreadable"

    def __init__(self, **words: str) -> None:
        self.code = words.pop("code", self.code)
        super().__init__(self.code, words)
        self.words = words

    def __reduce__(self) -> tuple[Callable[..., ReadError], tuple[type[ReadError], dict[str, str]]]:
        return _again, (
            type(self),
            self.words | {"code": self.code},
        )  # between processes: the words are keywords


class Encrypted(ReadError):
    """The file is protected by a password."""

    code = "file_encrypted"


class Unsupported(ReadError):
    """There is no reader for this kind of file."""

    code = "file_unsupported"


class Damaged(ReadError):
    """The file's bytes are broken or cut off."""

    code = "file_damaged"


class TooLarge(ReadError):
    """The file unpacks to more than this program is willing to read."""

    code = "file_too_large"


class TooMuch(ReadError):
    """The file holds more cells or text than this program is willing to look through."""

    code = "file_holds_too_much"


class Refused(ReadError):
    """This reader cannot make sense of the file, and another may: its caller asks the next one."""


class BrokenRecords(Refused):
    """The stream is no BIFF8, or it is cut off."""


class BrokenDocument(Refused):
    """The file is no OpenDocument spreadsheet that its reader makes sense of."""


class Unfit(Refused):
    """A part is not written in the way that can be matched: only an XML parser can tell what it says."""


def refusal_detail(refusal: Exception) -> str:
    """What a reader says of a file that it makes no sense of: the name of the error and its words."""
    words = refusal.words.get("detail", "") if isinstance(refusal, ReadError) else str(refusal)
    return f"{type(refusal).__name__}: {words}"


def _again(kind: type[ReadError], words: dict[str, str]) -> ReadError:
    return kind(**words)


def panics() -> tuple[type[BaseException], ...]:
    """What a library written in Rust raises where it gives up: it is no Exception, and stands in no module.

    Python makes the class when it is raised for the first time; until then there is none to catch.
    """
    return tuple(kind for kind in BaseException.__subclasses__() if kind.__name__ == "PanicException")
