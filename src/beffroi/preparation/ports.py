"""Ce que la préparation montre et qu'un contexte plus haut décide : les contrôles de l'achat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.consultations.models import Consultation


@dataclass(frozen=True)
class ConstatAffiche:
    """Une ligne des contrôles : sa gravité (`bloquant`, `avertissement`, `information`), la phrase, et où la corriger."""

    code: str
    gravite: str
    texte: str
    remede: str
    source: str
    url: str = ""


class ControlesDeLAchat(Protocol):
    """Qui sait contrôler l'achat d'une consultation."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> Sequence[ConstatAffiche]: ...


def controles_de(consultation: Consultation, *, le: datetime) -> Sequence[ConstatAffiche]:
    """Les constats du moment, les bloquants d'abord."""
    controler: ControlesDeLAchat = import_string(settings.ADAPTATEURS["preparation.ControlesDeLAchat"])
    return controler(consultation, le=le)
