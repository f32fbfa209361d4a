"""Values for another process in, a message out that never grows: what is large waits in a private file until it is opened.

A pipe holds 64 KB. A message that is longer blocks whoever sends it until the other side reads, and for good where the other
side died. 例: 見本社の 72 MB の passwords.txt は、メッセージではなくファイルに置かれます。
"""

from __future__ import annotations

import pickle
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INLINE = 8 << 10  # bytes of a message that holds its values itself


@dataclass(frozen=True, slots=True)
class Parcel:
    """Values, packed: in the message itself, or in the file at `path`."""

    data: bytes = b""
    path: str = ""


class ParcelFolder:
    """Files for values that are too large for a message; only this user may read them, and `close` removes them."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()

    def pack(self, values: object, most: int = INLINE) -> Parcel:
        """The parcel of these values: more than `most` bytes go into a file. Raises OSError where that cannot be written."""
        data = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
        if len(data) <= most:
            return Parcel(data)
        with self._lock:
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="checksheet-")
            handle, path = tempfile.mkstemp(dir=self._folder.name)
        with open(handle, "wb") as stream:  # noqa: PTH123  a file that is open already
            stream.write(data)
        return Parcel(path=path)

    def close(self) -> None:
        """Remove the files."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def unpack(parcel: Parcel) -> Any:
    """The values of a parcel that this program packed. Raises OSError where its file is gone."""
    return pickle.loads(Path(parcel.path).read_bytes() if parcel.path else parcel.data)
