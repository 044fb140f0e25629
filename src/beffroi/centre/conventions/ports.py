"""Ce qu'une convention montre et que d'autres tiennent :
où renvoyer ses documents, où en est la clause de l'article 28.
"""

from dataclasses import dataclass

from beffroi.centre.conventions.models import Convention
from beffroi.socle.fondations.ports import port


@port("conventions.LienDuDossier")
def lien_du_dossier(convention: Convention) -> str:
    """L'adresse complète où cette collectivité renvoie sa délibération et l'exemplaire signé."""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """Où en est la clause de sous-traitance d'une convention finie ;
    l'adresse où la finir, si c'est encore à faire.
    """

    dite: str
    a_finir: str = ""


@port("conventions.ClauseDeSousTraitance")
def clause_d_une_convention_finie(convention: Convention) -> Clause:
    """Ce que la fiche en dit, au centre comme chez l'adhérent."""


def clause_de_sous_traitance(convention: Convention) -> Clause | None:
    """Rien tant que la convention n'a pas de fin."""
    if convention.fin is None:
        return None
    return clause_d_une_convention_finie(convention)
