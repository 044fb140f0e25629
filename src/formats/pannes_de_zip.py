"""Ce qu'une archive ZIP abîmée, ou piégée, fait lever à la bibliothèque qui la lit."""

import struct
import zipfile
import zlib

PANNES_DE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    ValueError,
    OverflowError,
    NotImplementedError,
    KeyError,
    OSError,
    RuntimeError,
    MemoryError,
    AttributeError,
    IndexError,
)
