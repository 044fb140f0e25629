"""Ce que le rédacteur dit d'une consultation, d'un seul tenant."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.achat.consultations.rules.procedures import PROCEDURE_ADAPTEE


@dataclass(frozen=True)
class Fiche:
    """La description d'une consultation, telle que le premier formulaire la recueille."""

    titre: str
    objet: str
    nature: str
    type_de_procedure: str = PROCEDURE_ADAPTEE
    code_cpv: str = ""
    lieu: str = ""
    date_limite_remise: datetime | None = None
    date_limite_questions: datetime | None = None
    ouverture_prevue_le: datetime | None = None
    adresse_de_remise: str = ""
