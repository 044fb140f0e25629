"""Les documents du dossier : en ajouter, en retirer d'un brouillon, en remplacer un après la publication."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.consultations.events import ConsultationModifiee
from beffroi.consultations.models import ChangementPublie, Consultation, PieceDce
from beffroi.consultations.rules import documents as rules
from beffroi.consultations.rules import publication
from beffroi.consultations.services.dossier import enfiler_l_archive
from beffroi.journal.acteurs import Acteur
from beffroi.journal.services import journaliser
from beffroi.socle import evenements
from beffroi.socle.erreurs import ConflitEtat, exiger
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller


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
    cle, taille, sha256 = _garder(nom, flux)
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


def _garder(nom: str, flux: BinaryIO) -> tuple[str, int, str]:
    """Écrit les octets sous une clé neuve, puis vérifie ce qui a été reçu ; rien ne reste d'un document refusé."""
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
    _journaliser(piece, "consultation.retirer_piece", par=par, maintenant=maintenant)
    PieceDce.objects.filter(pk=piece.pk).delete()
    transaction.on_commit(lambda: stockage().supprimer(piece.cle_de_stockage))


@transaction.atomic
def remplacer_piece(
    *, piece: PieceDce, nom: str, flux: BinaryIO, explication: str, par: Acteur, maintenant: datetime
) -> PieceDce:
    """Publie une version nouvelle d'un document ; l'ancienne reste lisible (fiabilité, C6)."""
    cle, taille, sha256 = _garder(nom, flux)
    consultation = verrouiller(piece.consultation)
    exiger(
        publication.peut_changer_un_document(
            etat=consultation.etat, limite=consultation.date_limite_remise, maintenant=maintenant
        )
    )
    if PieceDce.objects.filter(remplace=piece).exists():
        raise ConflitEtat("Ce document a déjà été remplacé. Rechargez la page.")
    nouvelle = PieceDce.objects.create(
        consultation=consultation,
        sorte=piece.sorte,
        intitule=piece.intitule,
        nom=rules.nom_sur(nom),
        taille=taille,
        sha256=sha256,
        cle_de_stockage=cle,
        version=piece.version + 1,
        remplace=piece,
        explication=explication.strip(),
        ajoutee_le=maintenant,
        publiee_le=maintenant,
        rang=piece.rang,
    )
    _annoncer(nouvelle, par=par, maintenant=maintenant)
    return nouvelle


def _annoncer(piece: PieceDce, *, par: Acteur, maintenant: datetime) -> None:
    """Le changement se dit partout au même instant : journal, page, événement, dossier."""
    consultation = piece.consultation
    texte = f"{piece.intitule} : la version {piece.version} remplace la version {piece.version - 1}."
    complet = f"{texte} {piece.explication}".strip()
    ChangementPublie.objects.create(
        consultation=consultation, sorte=ChangementPublie.Sorte.DOCUMENT, texte=complet, le=maintenant
    )
    _journaliser(piece, "consultation.remplacer_piece", par=par, maintenant=maintenant)
    enfiler_l_archive(consultation)
    evenements.publier(
        ConsultationModifiee(
            reference=consultation.reference, sorte=ChangementPublie.Sorte.DOCUMENT, texte=complet, le=maintenant
        )
    )


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
