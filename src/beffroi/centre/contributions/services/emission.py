"""Garder le document d'un appel émis, et prévenir l'adhérent qu'il l'attend."""

import hashlib
import io
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from beffroi.centre.contributions import documents
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.identite import comptable_de, identite
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import exploitant
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS
from formats.document.modele import Document
from formats.document.pdf import pdf


@transaction.atomic
def garder_le_document(*, contribution: Contribution, maintenant: datetime) -> Contribution:
    """Compose le PDF depuis ce qui est figé, l'écrit une fois,
    inscrit son empreinte, et prévient l'adhérent.
    """
    octets = pdf(appel_de(contribution, centre=exploitant()))
    cle = nouvelle_cle("appels")
    ecrit = stockage().ecrire(cle, io.BytesIO(octets))
    empreinte = hashlib.sha256(octets).hexdigest()
    contribution.document = {"cle": cle, "taille": ecrit.taille, "sha256": empreinte}
    contribution.save(update_fields=["document"])
    journaliser(
        "contribution.garder_le_document",
        sujet=contribution.reference,
        organisme=contribution.siret,
        par=PLATEFORME,
        le=maintenant,
        donnees={
            "appel": documents.numero_d_appel(contribution),
            "sha256": empreinte,
            "taille": ecrit.taille,
        },
    )
    _prevenir(contribution, maintenant=maintenant)
    return contribution


def appel_de(contribution: Contribution, *, centre: Organisme) -> Document:
    """L'appel, au nom que le centre avait quand il est parti, et à payer au comptable qu'il avait.

    Il se refait donc à l'identique.
    """
    if contribution.emise_le is None:
        raise ValueError("Seule une contribution émise a son document.")
    qui = identite(centre, le=contribution.emise_le.astimezone(PARIS).date())
    return documents.appel(
        contribution,
        creancier=qui.emetteur,
        comptable=comptable_de(contribution.convention, qui),
    )


def _prevenir(contribution: Contribution, *, maintenant: datetime) -> None:
    adresse = contribution.adherent.courriel
    if not adresse:
        return
    page = (
        reverse("contributions:mon_compte", args=[contribution.siret]) if contribution.siret else ""
    )
    ecrire_a(
        adresse,
        cle=f"appel/{contribution.reference}",
        sujet=f"{contribution.nom} : contribution {contribution.exercice.annee}",
        gabarit="contributions/courriels/appel.txt",
        contexte={"contribution": contribution, "page": f"{settings.ADRESSE_PUBLIQUE}{page}"},
        maintenant=maintenant,
    )
