"""Les clés d'une séance, dans la mémoire d'un seul processus."""

import io
from collections.abc import Sequence
from threading import Lock
from typing import Any

from beffroi.seance.coffre.errors import CleRefusee, CoffreVide
from sceau import Identity, SealError, unseal

TAILLE_D_UNE_GRAINE = 32


class CoffreEnMemoire:
    """Le coffre d'un seul processus."""

    def __init__(self) -> None:
        self._identite = Identity.generate()
        self._cles: dict[tuple[str, str], Identity] = {}
        self._verrou = Lock()

    def destinataire(self) -> str:
        return self._identite.recipient.encode()

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str) -> None:
        cle = self._ouvrir(graine)
        if cle is None or cle.recipient.fingerprint != empreinte:
            raise CleRefusee(
                "La clé reconstituée n'est pas celle de cette consultation. "
                "Vérifiez qui a remis sa part, "
                "puis tournez de nouveau les clés."
            )
        with self._verrou:
            self._cles[seance, sorte] = cle

    def contient(self, seance: str, sorte: str) -> bool:
        return (seance, sorte) in self._cles

    def desceller(self, seance: str, sorte: str, stances: Sequence[Any]) -> bytes | None:
        cle = self._cles.get((seance, sorte))
        if cle is None:
            raise CoffreVide
        return cle.unwrap(stances)

    def vider(self, seance: str) -> None:
        with self._verrou:
            for cle in [cle for cle in self._cles if cle[0] == seance]:
                del self._cles[cle]

    def _ouvrir(self, scellee: bytes) -> Identity | None:
        clair = io.BytesIO()
        try:
            unseal(io.BytesIO(scellee), clair, [self._identite])
        except SealError:
            return None
        graine = clair.getvalue()
        return Identity.from_seed(graine) if len(graine) == TAILLE_D_UNE_GRAINE else None
