"""Ce que l'essai attend de plus haut que lui :
l'autre instance, et les robots qui y tiennent le rôle de l'acheteur.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from beffroi.achat.consultations.models import Consultation
from beffroi.socle.fondations.ports import port
from sceau.keys import Opener


class Robots(Protocol):
    """Une commune inventée : elle publie la consultation d'essai, et garde ses clés."""

    def publier(self, *, le: datetime) -> Consultation: ...

    def cle(self, consultation: Consultation, sorte: str) -> Opener: ...


class Acces(Protocol):
    """De quoi entrer comme stagiaire de la classe."""

    nom: str
    qualite: str
    identifiant: str
    mot_de_passe: str
    code: str
    phrase_de_cle: str


class Classe(Protocol):
    """Les personnages de la consultation école :
    ils publient et déposent, les stagiaires ouvrent.
    """

    def publier_pour_la_classe(self, *, limite: datetime, le: datetime) -> Consultation: ...

    def jouer(self, code: str, consultation: Consultation, *, le: datetime) -> None: ...

    def acces(self, *, heure_reelle: datetime) -> Sequence[Acces]: ...


@port("essai.EspaceDEssai")
def adresse_de_l_espace(espace: str) -> str:
    """L'adresse de cette instance (`essai` ou `ecole`) si elle répond, vide sinon."""


@port("essai.Robots")
def robots() -> Robots:
    """Ceux de cette instance."""


@port("essai.Classe")
def classe() -> Classe:
    """La classe de cette instance."""
