"""Ce qu'un adhérent retrouve des violations qui l'ont touché quand tout lui est rendu :
ce que sa page lui en dit.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.archivage import faits
from beffroi.garde.violations import queries
from beffroi.garde.violations.models import Touche
from beffroi.personnes.organismes.models import Organisme
from droit.calendrier.personnes import notifier_avant
from formats.versement import Etape, Piece, Sorte

COLONNES = (
    "reference",
    "titre",
    "connue_le",
    "commencee_le",
    "atteintes",
    "nature",
    "personnes",
    "nombre_de_personnes",
    "donnees",
    "nombre_d_enregistrements",
    "consequences",
    "mesures",
    "raison_du_risque",
    "close_le",
    "bilan",
)


def hors_consultation(organisme: Organisme, *, le: datetime) -> Iterator[Piece]:
    """Une pièce par violation qui le touche (RGPD, art. 33, § 2) :
    jamais un autre adhérent, ni ce que le centre notifie.
    """
    for touche in reversed(queries.touches_de(organisme)):
        violation = touche.violation
        yield faits(
            f"Violation de données {violation.reference}, {violation.titre}",
            f"violation-{violation.reference}.json",
            _dite(touche),
            sorte=Sorte.REGISTRE,
            etape=Etape.EXECUTION,
            le=touche.prevenu_le,
            sujet=violation.reference,
        )


def _dite(touche: Touche) -> dict[str, object]:
    violation = touche.violation
    return {
        **{colonne: getattr(violation, colonne) for colonne in COLONNES},
        "etat": violation.get_etat_display(),
        "risque": violation.get_risque_display(),
        "prevenu_le": touche.prevenu_le,
        "message": touche.message,
        "a_notifier_avant": notifier_avant(touche.prevenu_le),
        "precisions": [
            {"le": suite.faite_le, "texte": suite.texte, "changements": suite.changements}
            for suite in queries.precisions(violation)
        ],
    }
