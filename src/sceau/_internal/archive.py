"""The receipt as a zip file: read within bounds, written always the same.

An evidence archive: read block by block.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from sceau.errors import SealError

ENTRIES_LIMIT = 30
SIZE_LIMIT_BYTES = 64 << 20
# An evidence archive may be big: no more than a block, or a short file, is ever in memory.
EVIDENCE_ENTRIES_LIMIT = 1000
EVIDENCE_FILE_LIMIT_BYTES = 1 << 30
EVIDENCE_SIZE_LIMIT_BYTES = 4 << 30
SHORT_FILE_LIMIT_BYTES = 16 << 20
BLOCK_BYTES = 1 << 20
# Nothing is compressed when it is made; text packed again by somebody else stays far below.
RATIO_LIMIT = 100
_LOCAL_HEADER_BYTES = 30
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?")
_DATE = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def read_archive(archive: BinaryIO) -> dict[str, bytes]:
    """The files of an archive; SealError before reading anything out of bounds or oddly named."""
    if archive.seek(0, io.SEEK_END) > SIZE_LIMIT_BYTES:
        raise SealError("The archive is too big for a receipt.")
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            _check(entries)
            return {entry.filename: _read(opened, entry) for entry in entries}
    except _UNREADABLE:
        raise SealError("The archive is not a readable zip file.") from None


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return opened.read(entry)
    except (zipfile.BadZipFile, zlib.error):
        raise SealError("{name} is damaged.", name=entry.filename) from None


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the files and their order only; nothing is compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        entries = [new_entry(name) for name in files]
        for entry in entries:
            archive.writestr(entry, files[entry.filename])
        _check(entries)
    return target.getvalue()


class StreamedArchive(Mapping[str, bytes]):
    """An archive open for reading: a short file at once, a long one by blocks.

    SealError out of bounds.
    """

    def __init__(self, archive: BinaryIO) -> None:
        size = archive.seek(0, io.SEEK_END)
        if size > EVIDENCE_SIZE_LIMIT_BYTES:
            raise SealError("The archive is too big to be read.")
        try:
            self._zip = zipfile.ZipFile(archive)
        except _UNREADABLE:
            raise SealError("The archive is not a readable zip file.") from None
        entries = self._zip.infolist()
        _check_bounds(entries)
        _check_names(entries)
        _check_places(entries, size)
        self._entries = {entry.filename: entry for entry in entries}

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, name: str) -> bytes:
        if self._entries[name].file_size > SHORT_FILE_LIMIT_BYTES:
            raise SealError("{name} is too big to be read at once.", name=name)
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """The content of a file.

        What it unpacks to never exceeds what the archive declared, which is bounded.
        """
        if name not in self._entries:
            raise SealError("{name} is missing.", name=name)
        try:
            with self._zip.open(self._entries[name]) as stream:
                while block := stream.read(BLOCK_BYTES):
                    yield block
        except _UNREADABLE:
            raise SealError("{name} is damaged.", name=name) from None


def _check_bounds(entries: list[zipfile.ZipInfo]) -> None:
    too_many = len(entries) > EVIDENCE_ENTRIES_LIMIT
    too_big = sum(entry.file_size for entry in entries) > EVIDENCE_SIZE_LIMIT_BYTES
    if too_many or too_big or any(entry.file_size > EVIDENCE_FILE_LIMIT_BYTES for entry in entries):
        raise SealError("The archive is too big to be read.")
    if any(
        entry.file_size > RATIO_LIMIT * max(entry.compress_size, BLOCK_BYTES // RATIO_LIMIT)
        for entry in entries
    ):
        raise SealError("The archive unpacks to far more than it weighs.")


def _check_places(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Entries that share bytes would make a small archive unpack to anything."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise SealError("The archive unpacks to far more than it weighs.")
        end = entry.header_offset + _LOCAL_HEADER_BYTES + len(entry.filename) + entry.compress_size
    if end > size:
        raise SealError("The archive is not a readable zip file.")


def new_entry(name: str) -> zipfile.ZipInfo:
    """An entry of a fixed date, readable by all where it is unpacked, wherever it was packed."""
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > SIZE_LIMIT_BYTES:
        raise SealError("The archive is too big for a receipt.")
    _check_names(entries)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or not all(map(_NAME.fullmatch, names)):
        raise SealError("The archive holds a file with an odd or repeated name.")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SealError("The archive is encrypted.")
