"""Ce qu'une convention montre et que d'autres tiennent : où renvoyer ses documents,
ce qui en est revenu, ce que l'annexe 1 dit, où en est la clause de l'article 28.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from beffroi.centre.conventions.documents.faits import LigneDeGrille
from beffroi.centre.conventions.models import Convention
from beffroi.socle.fondations.ports import port


@port("conventions.LienDuDossier")
def lien_du_dossier(convention: Convention) -> str:
    """L'adresse complète où cette collectivité renvoie sa délibération et l'exemplaire signé."""


@dataclass(frozen=True, kw_only=True)
class Renvoye:
    """Ce qu'une collectivité a renvoyé, et que personne au centre n'a encore regardé.

    `attendu` : « deliberation » ou « exemplaire ». `page` : où on le vérifie.
    """

    attendu: str
    quoi: str
    de: str
    recu_le: datetime
    page: str


@port("conventions.CeQuiEstRenvoye")
def ce_qui_est_renvoye() -> Mapping[int, Sequence[Renvoye]]:
    """Par convention, tout ce qui attend : une seule lecture, quel qu'en soit le nombre."""


@port("conventions.GrilleDeLAnnexe")
def grille_de_l_annexe(le: date) -> Sequence[LigneDeGrille]:
    """L'annexe 1 de la grille adoptée qui vaut ce jour-là ; vide si aucune ne l'est encore."""


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
