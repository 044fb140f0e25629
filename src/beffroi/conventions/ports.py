"""Ce qu'une convention montre et que d'autres tiennent : où renvoyer ses documents, où en est la clause de l'article 28."""

from dataclasses import dataclass
from typing import Protocol

from beffroi.conventions.models import Convention
from beffroi.socle.ports import branche


class LienDuDossier(Protocol):
    """Qui sait où cette collectivité renvoie sa délibération et l'exemplaire signé : une adresse complète."""

    def __call__(self, convention: Convention) -> str: ...


def lien_du_dossier(convention: Convention) -> str:
    """L'adresse à écrire dans un courriel."""
    port: LienDuDossier = branche("conventions.LienDuDossier")
    return port(convention)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """Où en est la clause de sous-traitance d'une convention finie ; l'adresse où la finir, si c'est encore à faire."""

    dite: str
    a_finir: str = ""


class ClauseDeSousTraitance(Protocol):
    def __call__(self, convention: Convention) -> Clause:
        """Ce que la fiche en dit, au centre comme chez l'adhérent."""


def clause_de_sous_traitance(convention: Convention) -> Clause | None:
    """Rien tant que la convention n'a pas de fin."""
    if convention.fin is None:
        return None
    port: ClauseDeSousTraitance = branche("conventions.ClauseDeSousTraitance")
    return port(convention)
