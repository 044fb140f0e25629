"""Garder les attestations d'assurance de l'exploitant (art. 3 ; ruling 35)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions.models import AttestationDAssurance
from beffroi.centre.conventions.services.pieces import Fichier, ranger
from beffroi.personnes.organismes.queries import exploitant
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class Attestation:
    sorte: str
    assureur: str
    police: str
    du: date
    au: date
    fichier: Fichier


@transaction.atomic
def garder_une_attestation(
    *, attestation: Attestation, par: Acteur, maintenant: datetime
) -> AttestationDAssurance:
    """Une attestation de plus : les adhérents voient aussitôt la dernière de chaque sorte."""
    if attestation.au < attestation.du:
        raise RegleEnfreinte(
            "Cette assurance finirait avant de commencer. Vérifiez ces deux dates."
        )
    range_ = ranger(attestation.fichier)
    gardee = AttestationDAssurance.objects.create(
        sorte=attestation.sorte,
        assureur=attestation.assureur.strip(),
        police=attestation.police.strip(),
        du=attestation.du,
        au=attestation.au,
        nom=range_.nom,
        taille=range_.taille,
        sha256=range_.sha256,
        cle_de_stockage=range_.cle,
        ajoutee_le=maintenant,
    )
    journaliser(
        "assurance.garder",
        sujet=gardee.reference,
        organisme=exploitant().siret,
        par=par,
        le=maintenant,
        donnees={"sorte": gardee.sorte, "au": gardee.au.isoformat(), "sha256": gardee.sha256},
    )
    return gardee
