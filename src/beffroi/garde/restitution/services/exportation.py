"""Exporter par la commande : la même archive, écrite là où l'exploitant le dit."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.garde.restitution import composition
from beffroi.garde.restitution.models import reference_de_restitution
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import couvrir_ce_qui_est_inscrit, journaliser


def exporter(*, organisme: Organisme, sortie: BinaryIO, maintenant: datetime) -> tuple[str, str]:
    """Écrit l'archive dans `sortie` ;
    rend sa référence et l'empreinte de son manifeste, que le journal retient.
    """
    couvrir_ce_qui_est_inscrit()
    reference = reference_de_restitution()
    manifeste = composition.ecrire(
        organisme, reference=reference, le=maintenant, sortie=sortie, avancer=lambda _rang: None
    ).manifeste
    with transaction.atomic():
        journaliser(
            "restitution.exporter",
            sujet=reference,
            par=PLATEFORME,
            le=maintenant,
            donnees={"manifeste": manifeste},
            organisme=organisme.siret,
        )
    return reference, manifeste
