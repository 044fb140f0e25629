"""Ce que les contrats attendent du dehors : un tiers qui transmet les actes au préfet (@CTES), s'il y en a un."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class ActeATransmettre:
    """Le contrat signé, tel qu'il part."""

    siret: str
    numero: str
    objet: str
    nom: str
    octets: bytes


@dataclass(frozen=True)
class AccuseDeTransmission:
    """Ce que la préfecture a accusé : quand, et le fichier qui le prouve."""

    le: date
    nom: str
    octets: bytes


class TransmissionDesActes(Protocol):
    """Rend l'accusé, ou rien : l'acheteur transmet alors lui-même, et joint la preuve."""

    def __call__(self, acte: ActeATransmettre) -> AccuseDeTransmission | None: ...


def transmission_des_actes() -> TransmissionDesActes:
    tenue: TransmissionDesActes = import_string(settings.ADAPTATEURS["marches.TransmissionDesActes"])
    return tenue
