"""Le recours aux gardiens ne passe pas inaperçu :
sur demande écrite, inscrit, affiché, écrit à chacun.

Il sert à ouvrir les réponses (séance) ou à refaire des parts (repartage) :
le même bruit dans les deux cas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from beffroi.achat.consultations.events import GardiensAppeles
from beffroi.achat.consultations.models import ChangementPublie, Consultation
from beffroi.achat.consultations.services.publication import annoncer
from beffroi.personnes.cles.rules import recours_aux_gardiens
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


class Motif(NamedTuple):
    """À quoi servent les gardiens, dit à chacun dans ses mots."""

    pour_tous: str
    aux_gardiens: str


OUVRIR = Motif(
    (
        "L'acheteur ne peut plus tourner ses clés. Deux gardiens ouvrent les réponses à sa place, "
        "sur demande écrite."
    ),
    "L'acheteur ne peut plus tourner ses clés. Il vous demande d'ouvrir les réponses à sa place.",
)
REFAIRE = Motif(
    "L'acheteur ne peut plus ouvrir ses clés. Deux gardiens en refont les parts, "
    "sur demande écrite. "
    "Aucune réponse ne s'ouvre.",
    (
        "L'acheteur ne peut plus ouvrir ses clés. Il vous demande d'en refaire les parts. "
        "Aucune réponse ne s'ouvre."
    ),
)


@dataclass(frozen=True)
class Recours:
    """Un recours : son motif, la demande qui le fonde, qui est appelé et où."""

    motif: Motif
    demande: str
    gardiens: Sequence[Utilisateur]
    adresse: str
    interlocuteur: str
    sujet: str
    cle: str


@transaction.atomic
def recourir_aux_gardiens(
    *, consultation: Consultation, recours: Recours, seuil: int, par: Acteur, maintenant: datetime
) -> None:
    """Une écriture, la page publique,
    un courriel à chaque gardien et à chaque entreprise qui a répondu.
    """
    exiger(
        recours_aux_gardiens(
            demande_ecrite=recours.demande, gardiens=len(set(recours.gardiens)), seuil=seuil
        )
    )
    if consultation.publiee_le:
        annoncer(
            consultation,
            ChangementPublie.Sorte.GARDIENS,
            recours.motif.pour_tous,
            maintenant=maintenant,
        )
    journaliser(
        "gardiens.recours",
        sujet=recours.sujet,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={
            "consultation": consultation.reference,
            "demande": recours.demande,
            "motif": recours.motif.pour_tous,
        },
    )
    _appeler(consultation, recours, maintenant=maintenant)
    evenements.publier(
        GardiensAppeles(
            reference=consultation.reference,
            cle=recours.cle,
            motif=recours.motif.pour_tous,
            demande=recours.demande,
            le=maintenant,
        )
    )


def _appeler(consultation: Consultation, recours: Recours, *, maintenant: datetime) -> None:
    """Ils ne sont pas de l'organisme acheteur :
    cette adresse leur ouvre ce recours, et lui seul.
    """
    for gardien in recours.gardiens:
        ecrire_a(
            gardien.courriel,
            cle=f"gardien/{recours.cle}/{gardien.courriel}",
            sujet=(
                f"Votre clé de gardien est demandée pour la consultation {consultation.reference}"
            ),
            gabarit="consultations/courriels/gardien_appele.txt",
            contexte={"recours": recours, "consultation": consultation},
            maintenant=maintenant,
        )
