"""Ce que les versements attendent du dehors :
un service d'archives qui reçoit un paquet, et répond.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.ports import port
from beffroi.socle.fondations.stockage import CleInconnue

BLOC = 1 << 20
ABIME = (
    "Le paquet gardé n'a plus l'empreinte qui a été notée : "
    "rien n'a été remis au service d'archives. "
    "Appelez l'assistance, puis préparez un autre paquet."
)
PERDU = (
    "Le paquet gardé ne se trouve plus : rien n'a été remis au service d'archives. "
    "Appelez l'assistance."
)


@dataclass(frozen=True, kw_only=True)
class Transfert:
    """Un paquet prêt à partir. `identifiant` est celui de son bordereau :
    le service d'archives y répond.

    `cle` distingue deux versements du même paquet, et ne change pas d'un essai à l'autre :
    le service n'en garde qu'un.
    """

    cle: str
    identifiant: str
    taille: int
    sha256: str
    ouvrir: Callable[[], BinaryIO]

    @property
    def nom(self) -> str:
        return f"{self.identifiant}-{self.cle}.zip"

    def blocs(self) -> Iterator[bytes]:
        """Les octets, un bloc à la fois.

        Le dernier n'est rendu qu'une fois l'empreinte reconnue : abîmé, il n'arrive pas.
        """
        condense, retenu = hashlib.sha256(), b""
        try:
            flux = self.ouvrir()
        except CleInconnue:
            raise ServiceIndisponible(PERDU, permanent=True) from None
        with flux:
            while bloc := flux.read(BLOC):
                if retenu:
                    yield retenu
                condense.update(bloc)
                retenu = bloc
        if condense.hexdigest() != self.sha256:
            raise ServiceIndisponible(ABIME, permanent=True)
        yield retenu


class ServiceDArchivage(Protocol):
    """Qui reçoit les paquets. Chaque réponse est un message SEDA, borné, tel que reçu :
    personne ne l'a encore lu.

    Lève `ServiceIndisponible` s'il faut recommencer,
    `permanent=True` si recommencer n'y changera rien.
    """

    voie: str

    def deposer(self, transfert: Transfert, *, maintenant: datetime) -> bytes | None:
        """Remet le paquet, une fois par `cle`.

        Rend ce que le service répond aussitôt ; rien s'il répondra plus tard.
        """

    def reponses(self, identifiant: str) -> Iterable[bytes]:
        """Ce que le service a répondu depuis ; rien tant qu'il n'a rien dit.

        Les mêmes messages peuvent revenir.
        """


@port("versements.ServiceDArchivage")
def service_d_archivage() -> ServiceDArchivage | None:
    """Le service que l'exploitant a réglé ; d'office, aucun :
    l'organisme remet le paquet lui-même.
    """
