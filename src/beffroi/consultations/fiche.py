"""Ce que le rédacteur dit d'une consultation, d'un seul tenant."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from beffroi.consultations.procedures import PROCEDURE_ADAPTEE


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


def replier(texte: str) -> str:
    """Sans accent, sans casse, sans apostrophe courbe : « école » se trouve en tapant « ecole »."""
    decompose = unicodedata.normalize("NFKD", texte.replace("’", "'").replace("œ", "oe").replace("Œ", "oe"))
    return " ".join("".join(c for c in decompose if not unicodedata.combining(c)).casefold().split())
