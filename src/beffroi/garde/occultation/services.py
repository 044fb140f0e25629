"""Occulter un document, et l'oublier une heure après."""

import hashlib
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.garde.occultation import queries, rules
from beffroi.garde.occultation.models import DocumentOcculte
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.journal.services import journaliser
from formats.lecture.refus import DocumentIllisible
from formats.occultation import Demande, OccultationRatee, Occulte, occulter

RATEE = (
    "Un passage à ôter se lit encore dans le résultat : rien n'a été rendu. "
    "Enregistrez le document en PDF depuis le logiciel "
    "qui l'a fait, puis recommencez."
)


def occulter_un_document(
    *, nom: str, octets: bytes, demande: Demande, par: Utilisateur, maintenant: datetime
) -> DocumentOcculte:
    """Rend le document sans ces passages.

    Le travail se fait hors de toute transaction : il peut durer.
    """
    try:
        rendu = occulter(octets, demande)
    except DocumentIllisible as illisible:
        raise RegleEnfreinte(illisible.phrase) from illisible
    except OccultationRatee as ratee:
        raise RegleEnfreinte(RATEE) from ratee
    return _garder(nom, octets, rendu, par=par, maintenant=maintenant)


@transaction.atomic
def _garder(
    nom: str, octets: bytes, rendu: Occulte, *, par: Utilisateur, maintenant: datetime
) -> DocumentOcculte:
    """Le journal garde les deux empreintes : de quoi dire lequel a été tiré duquel.

    Ni le nom, ni les mots ôtés.
    """
    cle = nouvelle_cle("occultation")
    chiffrement.ranger(cle, rendu.pdf)
    document = DocumentOcculte.objects.create(
        demande_par=par,
        nom=rules.nom_occulte(nom_sur(nom)),
        pages=rendu.pages,
        taille=len(rendu.pdf),
        sha256=hashlib.sha256(rendu.pdf).hexdigest(),
        sha256_d_origine=hashlib.sha256(octets).hexdigest(),
        cle_de_stockage=cle,
        comptes=list(rendu.comptes.values()),
        a_regarder=list(rendu.a_regarder),
        fait_le=maintenant,
        expire_le=maintenant + rules.VIE,
    )
    donnees = {
        "d_origine": document.sha256_d_origine,
        "rendu": document.sha256,
        "passages": sum(document.comptes),
    }
    journaliser(
        "document.occulter",
        sujet=document.reference,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return document


@transaction.atomic
def effacer_les_expires(*, le: datetime) -> int:
    """Ce qui a servi ne se garde pas : ni le fichier, ni son nom."""
    expires = list(queries.expires(le))
    for document in expires:
        cle = document.cle_de_stockage
        document.delete()
        transaction.on_commit(lambda cle=cle: stockage().supprimer(cle))  # type: ignore[misc]
    return len(expires)
