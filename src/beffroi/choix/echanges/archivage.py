"""Ce que les archives reçoivent des courriers :
ce que chaque entreprise a reçu, lu et répondu, les fichiers joints.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.achat.consultations.archivage import faits, gardee
from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges.models import Exemplaire, PieceJointe, Retour
from formats.versement import Etape, Piece, Sorte


def remis(consultation: Consultation, *, le: datetime) -> list[QuerySet[Exemplaire]]:
    return [Exemplaire.objects.filter(courrier__consultation=consultation, remis_le__isnull=False)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [exemplaires] = remis(consultation, le=le)
    for exemplaire in exemplaires.select_related("courrier", "fil__equipe", "lu_par"):
        yield faits(
            f"Courrier {exemplaire.reference} : {exemplaire.sujet}",
            f"courrier-{exemplaire.reference}.json",
            _exemplaire(exemplaire),
            sorte=Sorte.COURRIER,
            etape=Etape.ATTRIBUTION,
            le=exemplaire.remis_le,
            sujet=exemplaire.courrier.reference,
        )


def recus(consultation: Consultation, *, le: datetime) -> list[QuerySet[Retour]]:
    return [Retour.objects.filter(fil__consultation=consultation)]


def retours(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [lus] = recus(consultation, le=le)
    for retour in lus.select_related("fil__equipe", "en_reponse_a", "ecrit_par"):
        yield faits(
            f"Réponse {retour.reference} de {retour.fil.equipe.nom}",
            f"reponse-{retour.reference}.json",
            {
                "entreprise": retour.fil.equipe.nom,
                "en_reponse_a": retour.en_reponse_a.reference,
                "texte": retour.texte,
                "ecrit_par": retour.ecrit_par.nom,
                "recu_le": retour.recu_le,
                "hors_delai": retour.hors_delai,
            },
            sorte=Sorte.COURRIER,
            etape=Etape.ATTRIBUTION,
            le=retour.recu_le,
            sujet=retour.reference,
        )


def fichiers_joints(consultation: Consultation, *, le: datetime) -> list[QuerySet[PieceJointe]]:
    siennes = (
        Q(courrier__consultation=consultation, courrier__envoye_le__isnull=False)
        | Q(exemplaire__courrier__consultation=consultation, exemplaire__remis_le__isnull=False)
        | Q(retour__fil__consultation=consultation)
    )
    return [PieceJointe.objects.filter(siennes)]


def jointes(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [lues] = fichiers_joints(consultation, le=le)
    for jointe in lues:
        yield gardee(
            f"Fichier joint : {jointe.nom}", jointe, sorte=Sorte.COURRIER, etape=Etape.ATTRIBUTION
        )


def _exemplaire(exemplaire: Exemplaire) -> dict[str, object]:
    return {
        "courrier": exemplaire.courrier.reference,
        "sorte": exemplaire.courrier.sorte,
        "entreprise": exemplaire.fil.equipe.nom,
        "identifiant": exemplaire.fil.equipe.identifiant,
        "sujet": exemplaire.sujet,
        "texte": exemplaire.texte,
        "remis_le": exemplaire.remis_le,
        "lu_le": exemplaire.lu_le,
        "lu_par": exemplaire.lu_par.nom if exemplaire.lu_par else "",
    }
