"""Une page de mémoire hors des objets de Python : ni échangée, ni copiée par une panne, effacée.

Python ne sait pas effacer un objet `bytes` : il rend sa mémoire telle quelle, et le système peut
l'avoir écrite sur son disque d'échange. Une graine se tient donc ici, et n'en sort que le temps
d'un calcul. Chaque protection se demande au système ; un refus se note, et n'arrête rien.
"""

import ctypes
import mmap
import os
from collections.abc import Callable
from enum import StrEnum

MADV_WIPEONFORK = 18  # linux/mman.h ; le module mmap ne le nomme pas
SYSTEME = ctypes.CDLL(None, use_errno=True)


class Protection(StrEnum):
    """Ce que l'on demande au système pour une page."""

    VERROUILLEE = "verrouillée hors de l'échange (mlock)"
    HORS_DES_IMAGES = "hors des images mémoire (MADV_DONTDUMP)"
    PAS_HERITEE = "effacée dans un processus enfant (MADV_WIPEONFORK)"


class PageProtegee:
    """Une page à soi, où un secret s'écrit, se relit, s'efface."""

    def __init__(self) -> None:
        self._plan = mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self._adresse = ctypes.addressof(ctypes.c_char.from_buffer(self._plan))
        self._ecrits = 0
        self.refus = self._demander_les_protections()

    def write(self, octets: bytes) -> int:
        """Ajoute des octets à la suite, comme le ferait un fichier ; `unseal` écrit ainsi ici."""
        fin = self._ecrits + len(octets)
        if fin > mmap.PAGESIZE:
            raise ValueError("Un secret tient dans une page.")
        self._plan[self._ecrits : fin] = octets
        self._ecrits = fin
        return len(octets)

    def lire(self) -> bytes:
        """Une copie, que l'appelant ne garde que le temps d'un calcul."""
        return bytes(self._plan[: self._ecrits])

    def effacer(self) -> None:
        """Des zéros d'abord, le verrou ensuite : la page n'est jamais échangeable et pleine."""
        ctypes.memset(self._adresse, 0, mmap.PAGESIZE)
        self._ecrits = 0
        SYSTEME.munlock(ctypes.c_void_p(self._adresse), ctypes.c_size_t(mmap.PAGESIZE))

    def _demander_les_protections(self) -> dict[Protection, str]:
        """Celles que le système refuse, et ce qu'il en dit."""
        demandes: dict[Protection, Callable[[], object]] = {
            Protection.VERROUILLEE: self._verrouiller,
            Protection.HORS_DES_IMAGES: lambda: self._plan.madvise(mmap.MADV_DONTDUMP),
            Protection.PAS_HERITEE: lambda: self._plan.madvise(MADV_WIPEONFORK),
        }
        refus = {}
        for protection, demander in demandes.items():
            try:
                demander()
            except OSError as cause:
                refus[protection] = cause.strerror or str(cause)
        return refus

    def _verrouiller(self) -> None:
        if SYSTEME.mlock(ctypes.c_void_p(self._adresse), ctypes.c_size_t(mmap.PAGESIZE)):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
