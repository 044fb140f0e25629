"""Ce que l'ouverture montre d'un fichier et qu'un contexte plus haut sait : ce que l'antivirus en a dit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.ouverture.models import FichierOuvert


@dataclass(frozen=True)
class SurveillanceDuFichier:
    """Le constat d'un fichier : un ton, un mot, un signe, une phrase, sa page ; et s'il est retenu, pourquoi."""

    ton: str
    mot: str
    signe: str
    phrase: str
    url: str
    retenu: str = ""


class SurveillanceDesFichiers(Protocol):
    """Qui sait ce que vaut chaque fichier ouvert ; par clé de fichier."""

    def __call__(self, fichiers: Sequence[FichierOuvert], *, le: datetime) -> Mapping[int, SurveillanceDuFichier]: ...


def surveillance_des_fichiers(
    fichiers: Sequence[FichierOuvert], *, le: datetime
) -> Mapping[int, SurveillanceDuFichier]:
    """Ce que les pages disent à côté de chaque fichier, et ce qui le retient avant qu'on le télécharge."""
    dire: SurveillanceDesFichiers = import_string(settings.ADAPTATEURS["ouverture.SurveillanceDesFichiers"])
    return dire(fichiers, le=le)
