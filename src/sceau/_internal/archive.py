"""The receipt as a zip file: read within bounds, written always the same."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO

from sceau.errors import SealError

ENTRIES_LIMIT = 30
SIZE_LIMIT_BYTES = 64 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?")
_DATE = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)


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
        raise SealError(f"{entry.filename} is damaged.") from None


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the files and their order only; nothing is compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        entries = [zipfile.ZipInfo(name, _DATE) for name in files]
        for entry in entries:
            # Readable by all where it is unpacked, wherever it was packed.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[entry.filename])
        _check(entries)
    return target.getvalue()


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > SIZE_LIMIT_BYTES:
        raise SealError("The archive is too big for a receipt.")
    if len(set(names)) != len(names) or not all(map(_NAME.fullmatch, names)):
        raise SealError("The archive holds a file with an odd or repeated name.")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SealError("The archive is encrypted.")
