"""Ce que les avis demandent à l'extérieur :
porter un avis à un support, et rapporter la preuve de l'envoi.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True, kw_only=True)
class AvisAEnvoyer:
    """Un avis prêt.

    `cle` ne change pas d'un essai à l'autre : le support ne doit le prendre qu'une fois.
    """

    cle: str
    support: str
    nom_du_support: str
    texte: str
    xml: str


@dataclass(frozen=True, kw_only=True)
class AccuseDEnvoi:
    """La preuve de l'envoi : quand, sous quel numéro, et la pièce qui le dit."""

    envoye_le: datetime
    numero: str
    preuve: bytes
    nom_de_la_preuve: str


class PublicateurDAvis(Protocol):
    """Qui porte un avis.

    Lève `ServiceIndisponible` s'il faut recommencer, `permanent=True` si c'est un refus.
    """

    def publier(self, avis: AvisAEnvoyer, *, maintenant: datetime) -> AccuseDEnvoi: ...


@port("avis.PublicateursDAvis")
def voies_servies() -> Mapping[str, PublicateurDAvis]:
    """Les voies que l'exploitant a réglées ; d'office, aucune : tout se fait à la main."""


def publicateur(voie: str) -> PublicateurDAvis:
    trouve = voies_servies().get(voie)
    if trouve is None:
        raise ServiceIndisponible(
            "L'envoi automatique n'est pas réglé sur cette plateforme.", permanent=True
        )
    return trouve
