"""Ce que Sirene dit d'un établissement, quand l'exploitant l'a relié : jamais une condition.

Le service se tait, tarde ou ne connaît pas le numéro : la personne tape, et continue.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.personnes.entreprises.ports import Etablissement, sirene
from beffroi.socle.fondations.erreurs import ServiceIndisponible

logger = logging.getLogger(__name__)

INCONNU = (
    "Sirene ne connaît pas ce SIRET, ou n'en dit pas le nom. Vérifiez-le, ou saisissez le nom de "
    "l'entreprise pour continuer."
)
MUET = "Sirene n'a pas répondu. Saisissez le nom de l'entreprise pour continuer."


@dataclass(frozen=True)
class Reponse:
    """Ce qui a été trouvé, ou pourquoi rien ne l'a été."""

    trouves: Sequence[Etablissement] = ()
    phrase: str = ""

    @property
    def etablissement(self) -> Etablissement | None:
        return next(iter(self.trouves), None)


def est_relie() -> bool:
    return sirene() is not None


def chercher(siret: str) -> Reponse:
    """L'établissement de ce SIRET."""
    annuaire = sirene()
    if annuaire is None:
        return Reponse()
    try:
        trouve = annuaire.etablissement(siret)
    except ServiceIndisponible as panne:
        return _muet(panne)
    return Reponse((trouve,)) if trouve else Reponse(phrase=INCONNU)


def freres(siren: str) -> Reponse:
    """Les autres établissements de cette entreprise, ouverts, que Sirene veut bien montrer."""
    annuaire = sirene()
    if annuaire is None:
        return Reponse()
    try:
        trouves = annuaire.etablissements(siren)
    except ServiceIndisponible as panne:
        return _muet(panne)
    return Reponse(tuple(un for un in trouves if un.ouvert))


def _muet(panne: ServiceIndisponible) -> Reponse:
    logger.warning("Sirene ne répond pas", extra={"panne": panne.message})
    return Reponse(phrase=MUET)
