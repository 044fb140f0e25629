"""Ce que l'essai attend de plus haut que lui : l'autre instance, et les robots qui y tiennent le rôle de l'acheteur."""

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.consultations.models import Consultation
from sceau.keys import Opener


class EspaceDEssai(Protocol):
    """L'adresse de l'espace d'essai s'il répond, vide sinon."""

    def __call__(self) -> str: ...


class Robots(Protocol):
    """Une commune inventée : elle publie la consultation d'essai, et garde ses clés."""

    def publier(self, *, le: datetime) -> Consultation: ...

    def cle(self, consultation: Consultation, sorte: str) -> Opener: ...


def adresse_de_l_espace() -> str:
    demander: EspaceDEssai = import_string(settings.ADAPTATEURS["essai.EspaceDEssai"])
    return demander()


def robots() -> Robots:
    fabrique = import_string(settings.ADAPTATEURS["essai.Robots"])
    mobilises: Robots = fabrique()
    return mobilises
