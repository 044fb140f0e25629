"""Ne remettre que des octets fidèles : ceux dont l'empreinte est prouvée.

Un fichier se relit entier une fois par processus, avant d'être remis pour la première fois. Ensuite
sa marque suffit, tant qu'elle ne change pas : sur un disque, ce que le système dit de lui à chaque
écriture ; sur S3, l'étiquette que le service recalcule.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.stockage import empreinte_gardee, stockage

logger = logging.getLogger(__name__)
RETENUS_AU_PLUS = 10_000
Jugement = tuple[str, str, str]


class OctetsChanges(ServiceIndisponible):
    """Ce qui est gardé n'est plus ce qui a été prouvé : rien n'en part."""

    titre = "Ce fichier a changé, il n'est pas remis"

    def __init__(self) -> None:
        super().__init__(
            "Ce fichier n'est plus, octet pour octet, celui que la plateforme a reçu : son "
            "empreinte n'est pas celle qui a été inscrite. Il n'est donc pas remis. Vous n'y êtes "
            "pour rien, et rien de ce que vous avez envoyé n'est touché. Prévenez qui vous "
            "l'adresse, ou l'assistance : une copie de sauvegarde permet de le rétablir.",
            permanent=True,
        )


class Juges:
    """Ce que ce processus a déjà relu, borné. Deux demandes du même fichier n'en font qu'une."""

    def __init__(self) -> None:
        self._connus: OrderedDict[Jugement, bool] = OrderedDict()
        self._en_cours: dict[Jugement, threading.Lock] = {}
        self._verrou = threading.Lock()

    def juger(self, jugement: Jugement, relire: Callable[[], bool]) -> bool:
        with self._verrou:
            if jugement in self._connus:
                self._connus.move_to_end(jugement)
                return self._connus[jugement]
            en_cours = self._en_cours.setdefault(jugement, threading.Lock())
        with en_cours:
            connu = self._connus.get(jugement)
            if connu is not None:
                return connu
            try:
                return self._retenir(jugement, bon=relire())
            finally:
                self._en_cours.pop(jugement, None)

    def _retenir(self, jugement: Jugement, *, bon: bool) -> bool:
        with self._verrou:
            self._connus[jugement] = bon
            while len(self._connus) > RETENUS_AU_PLUS:
                self._connus.popitem(last=False)
        return bon


_juges = Juges()


def exiger_des_octets_fideles(
    cle: str, attendu: str, *, relire: Callable[[], bool] | None = None
) -> None:
    """Refuse ce qui n'a plus l'empreinte attendue.

    `relire` : comment juger un fichier que plusieurs empreintes prouvent ; `attendu` les dit alors
    toutes, et change avec elles.
    """
    jugement = (cle, stockage().marque(cle), attendu)
    if not _juges.juger(jugement, relire or (lambda: empreinte_gardee(cle) == attendu)):
        logger.error("stored bytes differ from their proved digest: %s", cle)
        raise OctetsChanges()
