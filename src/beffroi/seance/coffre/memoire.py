"""Les clés d'une séance, dans la mémoire d'un seul processus.

Chacune n'y est qu'une graine, dans une page protégée. La clé s'en refait à chaque en-tête, et se
perd aussitôt : Python et OpenSSL n'en tiennent de copie que le temps de ce calcul.
"""

import hashlib
import hmac
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from beffroi.seance.coffre.errors import (
    AutreNavigateur,
    CleRefusee,
    CoffreVide,
    PourUnAutreCoffre,
)
from beffroi.seance.coffre.page import PageProtegee
from sceau import Identity, SealError, unseal
from sceau.errors import NoMatch

TAILLE_D_UNE_GRAINE = 32


@dataclass
class Tenue:
    """Ce que le coffre tient d'une séance, et l'empreinte de la capacité à qui il répond."""

    empreinte_de_la_capacite: bytes
    pages: dict[str, PageProtegee] = field(default_factory=dict)

    def repond_a(self, capacite: str) -> bool:
        return hmac.compare_digest(self.empreinte_de_la_capacite, empreinte_de(capacite))

    def ranger(self, sorte: str, page: PageProtegee) -> None:
        if sorte in self.pages:
            self.pages[sorte].effacer()
        self.pages[sorte] = page

    def effacer(self) -> None:
        for page in self.pages.values():
            page.effacer()
        self.pages.clear()


class CoffreEnMemoire:
    """Le coffre d'un seul processus."""

    def __init__(self) -> None:
        self._sienne = PageProtegee()
        self._sienne.write(os.urandom(TAILLE_D_UNE_GRAINE))
        self._destinataire = cle_de(self._sienne).recipient.encode()
        self._tenues: dict[str, Tenue] = {}
        self._verrou = Lock()

    def destinataire(self) -> str:
        return self._destinataire

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str, capacite: str) -> None:
        """Une capacité neuve chasse ce que la séance avait : qui retourne les clés les donne."""
        page = self._ouvrir(graine, empreinte)
        with self._verrou:
            tenue = self._tenues.get(seance)
            if tenue is None or not tenue.repond_a(capacite):
                self._vider(seance)
                tenue = self._tenues[seance] = Tenue(empreinte_de(capacite))
            tenue.ranger(sorte, page)

    def contient(self, seance: str, sorte: str) -> bool:
        with self._verrou:
            return seance in self._tenues and sorte in self._tenues[seance].pages

    def repond_a(self, seance: str, capacite: str) -> bool:
        with self._verrou:
            return seance in self._tenues and self._tenues[seance].repond_a(capacite)

    def desceller(
        self, seance: str, sorte: str, stances: Sequence[Any], capacite: str
    ) -> bytes | None:
        with self._verrou:
            tenue = self._tenues.get(seance)
            if tenue is None or sorte not in tenue.pages:
                raise CoffreVide
            if not tenue.repond_a(capacite):
                raise AutreNavigateur
            cle = cle_de(tenue.pages[sorte])
        return cle.unwrap(stances)

    def vider(self, seance: str) -> None:
        with self._verrou:
            self._vider(seance)

    def _vider(self, seance: str) -> None:
        if tenue := self._tenues.pop(seance, None):
            tenue.effacer()

    def _ouvrir(self, scellee: bytes, empreinte: str) -> PageProtegee:
        """La graine, descellée tout droit dans sa page."""
        page = PageProtegee()
        try:
            unseal(io.BytesIO(scellee), page, [cle_de(self._sienne)])  # type: ignore[arg-type]
            if cle_de(page).recipient.fingerprint == empreinte:
                return page
        except NoMatch as cause:
            page.effacer()
            raise PourUnAutreCoffre from cause
        except (SealError, ValueError):
            pass
        page.effacer()
        raise CleRefusee(
            "La clé reconstituée n'est pas celle de cette consultation. "
            "Vérifiez qui a remis sa part, puis tournez de nouveau les clés."
        )


def cle_de(page: PageProtegee) -> Identity:
    return Identity.from_seed(page.lire())


def empreinte_de(capacite: str) -> bytes:
    """Le coffre ne garde pas la capacité : ce qu'il tient ne suffirait pas à la présenter."""
    return hashlib.sha256(capacite.encode()).digest()
