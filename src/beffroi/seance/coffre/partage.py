"""Le coffre de plusieurs nœuds : une séance tient au coffre de l'un, que tous savent joindre.

Le navigateur de la présidence scelle les graines pour le coffre du nœud qui lui a répondu. Quel
que soit le nœud qui les reçoit, seul ce coffre-là les ouvre : on les lui porte. Ensuite, qui en a
besoin demande aux coffres lequel tient la séance, et le retient.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from beffroi.seance.coffre.errors import (
    AutreNavigateur,
    CoffreEteint,
    CoffreInjoignable,
    CoffreVide,
    PourUnAutreCoffre,
)
from beffroi.seance.coffre.port import Coffre

logger = logging.getLogger(__name__)


class CoffreDesNoeuds:
    """Le coffre d'ici, et ceux des autres nœuds.

    Un nœud qui ne répond pas ne tient rien : s'il tenait la séance, les clés sont à tourner de
    nouveau, et la séance reprend à la même enveloppe.
    """

    def __init__(self, ici: Coffre, autres: Sequence[Coffre]) -> None:
        self._ici, self._autres = ici, tuple(autres)
        self._connus: dict[str, Coffre] = {}

    def destinataire(self) -> str:
        return self._ici.destinataire()

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str, capacite: str) -> None:
        """Porte la graine au coffre pour qui elle est scellée ; ceux qui tiennent la séance pour un
        autre navigateur l'oublient.
        """
        for coffre in self._tous(seance):
            try:
                coffre.ranger(seance, sorte, graine, empreinte, capacite)
            except (PourUnAutreCoffre, CoffreInjoignable):
                continue
            self._connus[seance] = coffre
            self._chasser(seance, capacite)
            return
        raise PourUnAutreCoffre

    def contient(self, seance: str, sorte: str) -> bool:
        return self._un_dit_oui(seance, lambda coffre: coffre.contient(seance, sorte))

    def repond_a(self, seance: str, capacite: str) -> bool:
        return self._un_dit_oui(seance, lambda coffre: coffre.repond_a(seance, capacite))

    def desceller(
        self, seance: str, sorte: str, stances: Sequence[Any], capacite: str
    ) -> bytes | None:
        refus: Exception = CoffreVide()
        for coffre in self._tous(seance):
            try:
                return coffre.desceller(seance, sorte, stances, capacite)
            except AutreNavigateur as autre:
                refus = autre
            except (CoffreVide, CoffreInjoignable):
                continue
        raise refus

    def vider(self, seance: str) -> None:
        self._faire_oublier(seance, lambda coffre: coffre.vider(seance))
        self._connus.pop(seance, None)

    def _tous(self, seance: str) -> Iterator[Coffre]:
        """Celui qui tenait la séance, puis celui d'ici, puis les autres."""
        connu = self._connus.get(seance, self._ici)
        yield connu
        yield from (coffre for coffre in (self._ici, *self._autres) if coffre is not connu)

    def _un_dit_oui(self, seance: str, demander: Callable[[Coffre], bool]) -> bool:
        for coffre in self._tous(seance):
            try:
                if demander(coffre):
                    self._connus[seance] = coffre
                    return True
            except CoffreInjoignable:
                continue
        return False

    def _chasser(self, seance: str, capacite: str) -> None:
        """Les deux clés d'une séance peuvent tenir à deux coffres : la page en a vu deux."""

        def oublier(coffre: Coffre) -> None:
            if not coffre.repond_a(seance, capacite):
                coffre.vider(seance)

        self._faire_oublier(seance, oublier)

    def _faire_oublier(self, seance: str, oublier: Callable[[Coffre], None]) -> None:
        for coffre in self._tous(seance):
            try:
                oublier(coffre)
            except CoffreEteint:
                continue
            except CoffreInjoignable:
                # Ce qu'il en tient ne répond qu'à la capacité de cette séance, et meurt avec lui.
                logger.warning("Un coffre ne répond pas : la séance %s n'y est pas vidée.", seance)
