"""Les documents d'un brouillon : en ajouter, en retirer.

Publié, le dossier change par versions (`versions`).
"""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.rules import documents as rules
from beffroi.achat.consultations.rules import publication
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def ajouter_piece(
    *,
    consultation: Consultation,
    sorte: str,
    intitule: str,
    nom: str,
    flux: BinaryIO,
    par: Acteur,
    maintenant: datetime,
) -> PieceDce:
    """Joint un document au dossier d'un brouillon."""
    cle, taille, sha256 = garder_les_octets(nom, flux)
    consultation = verrouiller(consultation)
    exiger(publication.peut_etre_modifiee(etat=consultation.etat))
    piece = PieceDce.objects.create(
        consultation=consultation,
        sorte=sorte,
        intitule=intitule.strip() or PieceDce.Sorte(sorte).label,
        nom=rules.nom_sur(nom),
        taille=taille,
        sha256=sha256,
        cle_de_stockage=cle,
        ajoutee_le=maintenant,
        rang=consultation.pieces.count(),
    )
    _journaliser(piece, "consultation.ajouter_piece", par=par, maintenant=maintenant)
    return piece


def garder_les_octets(nom: str, flux: BinaryIO) -> tuple[str, int, str]:
    """Écrit les octets sous une clé neuve, puis vérifie ce qui a été reçu ;
    rien ne reste d'un document refusé.
    """
    cle = nouvelle_cle("dce")
    ecrit = stockage().ecrire(cle, flux)
    decision = rules.document_recevable(nom=rules.nom_sur(nom), taille=ecrit.taille)
    if not decision.favorable:
        stockage().supprimer(cle)
    exiger(decision)
    return cle, ecrit.taille, ecrit.sha256


@transaction.atomic
def retirer_piece(*, piece: PieceDce, par: Acteur, maintenant: datetime) -> None:
    """Retire un document d'un brouillon ; ses octets partent quand l'acte est acquis."""
    consultation = verrouiller(piece.consultation)
    exiger(publication.peut_etre_modifiee(etat=consultation.etat))
    PieceDce.objects.filter(pk=piece.pk).delete()
    _journaliser(piece, "consultation.retirer_piece", par=par, maintenant=maintenant)
    transaction.on_commit(lambda: stockage().supprimer(piece.cle_de_stockage))


def _journaliser(piece: PieceDce, acte: str, *, par: Acteur, maintenant: datetime) -> None:
    consultation = piece.consultation
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={
            "document": piece.reference,
            "intitule": piece.intitule,
            "nom": piece.nom,
            "version": piece.version,
            "taille": piece.taille,
            "sha256": piece.sha256,
        },
    )
