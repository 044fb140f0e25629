"""« À faire » et l'antivirus :
un fichier retenu attend une décision avant que l'examen continue.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.antivirus.queries import infectes, par_consultation
from beffroi.socle.fondations.a_faire import SANS_ECHEANCE, AFaire
from formats import pluriels

OUVERTES = (Consultation.Etat.EN_OUVERTURE, Consultation.Etat.DEPOUILLEE)


def fichiers_retenus(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Copie de sauvegarde, courrier à l'entreprise ou levée : la personne choisit."""
    for consultation, retenus in par_consultation(_ouvertes(consultations)).items():
        yield AFaire(
            titre=(
                "Décider de "
                f"{pluriels.compter(len(retenus), 'fichier retenu', 'fichiers retenus')} par "
                "l'antivirus"
            ),
            detail=consultation.titre,
            url=f"/plis-ouverts/{retenus[0].reference}/antivirus/",
            geste="Voir l'analyse",
            quand="L'antivirus y a vu une menace",
            presse=False,
            echeance=SANS_ECHEANCE,
        )


def fichiers_infectes(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [infectes(_ouvertes(consultations))]


def _ouvertes(consultations: Iterable[Consultation]) -> list[Consultation]:
    return [une for une in consultations if une.etat in OUVERTES]
