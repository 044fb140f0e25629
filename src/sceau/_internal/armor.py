"""The strict PEM that may wrap an age file, decoded as a stream."""

import base64
import binascii
import io
from typing import BinaryIO

from sceau.errors import ArmorError

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_BLANKS_LIMIT_BYTES = 1024


def dearmor(source: BinaryIO) -> BinaryIO:
    """The binary file inside `source`; reading it raises ArmorError on any deviation."""
    return io.BufferedReader(_Dearmored(source))


class _Dearmored(io.RawIOBase):
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._pending = b""
        self._started = self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._started:
            self._begin()
        while not self._pending and not self._ended:
            self._pending = self._next_line()
        size = min(len(buffer), len(self._pending))
        buffer[:size], self._pending = self._pending[:size], self._pending[size:]
        return size

    def _begin(self) -> None:
        self._started = True
        line = self._skip_blanks()
        if _without_end_of_line(line) != _BEGIN:
            raise ArmorError("The armor does not start with its BEGIN line.")

    def _next_line(self) -> bytes:
        line = _without_end_of_line(self._source.readline(_COLUMNS + 3))
        if line == _END:
            return self._finish()
        try:
            data = base64.b64decode(line, validate=True)
        except binascii.Error:
            data = b""
        if not data or base64.b64encode(data) != line or len(line) > _COLUMNS:
            raise ArmorError("A line of the armor is malformed.")
        if len(line) < _COLUMNS or line.endswith(b"="):
            self._expect_end()
        return data

    def _expect_end(self) -> None:
        if _without_end_of_line(self._source.readline(_COLUMNS + 3)) != _END:
            raise ArmorError("Only the last line of the armor may be shorter.")
        self._finish()

    def _finish(self) -> bytes:
        self._ended = True
        if self._skip_blanks():
            raise ArmorError("Something follows the armor.")
        return b""

    def _skip_blanks(self) -> bytes:
        """Skip blank lines, within a limit; return the first other line, or nothing at the end."""
        skipped = 0
        while (line := self._source.readline(_BLANKS_LIMIT_BYTES)) and not line.strip():
            skipped += len(line)
            if skipped > _BLANKS_LIMIT_BYTES:
                raise ArmorError("Too much blank space around the armor.")
        return line


def _without_end_of_line(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r") if line.endswith(b"\n") else line
