"""Les courriels d'une convention :
confirmer une demande, envoyer un projet, relancer, annoncer une fin.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.models import (
    Convention,
    DemandeDAdhesion,
    Denonciation,
    PieceDeConvention,
)
from beffroi.centre.conventions.ports import lien_du_dossier
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.telechargements import sorte_de
from droit.dates import en_toutes_lettres


def confirmer_la_demande(demande: DemandeDAdhesion, *, maintenant: datetime) -> None:
    ecrire_a(
        demande.courriel,
        cle=f"{queries.CONFIRMATION}{demande.reference}:{maintenant.isoformat()}",
        sujet="Confirmez votre demande d'adhésion",
        gabarit="conventions/courriels/confirmer.txt",
        contexte={
            "demande": demande,
            "lien": lien_vers("conventions:confirmer", queries.jeton(demande)),
        },
        maintenant=maintenant,
    )


def demande_recue(demande: DemandeDAdhesion, *, maintenant: datetime) -> None:
    ecrire_a(
        demande.courriel,
        cle=f"adhesion:recue:{demande.reference}",
        sujet="Votre demande d'adhésion est reçue",
        gabarit="conventions/courriels/recue.txt",
        contexte={"demande": demande},
        maintenant=maintenant,
    )


def projet_envoye(
    convention: Convention, pieces: Sequence[PieceDeConvention], *, maintenant: datetime
) -> None:
    ecrire_a(
        convention.courriel,
        cle=f"convention:projet:{convention.reference}:{maintenant.isoformat()}",
        sujet=f"Votre projet de convention {convention.reference}",
        gabarit="conventions/courriels/projet.txt",
        contexte={"convention": convention, "lien": lien_du_dossier(convention)},
        maintenant=maintenant,
        pieces=[jointe(piece) for piece in pieces],
    )


def exemplaire_a_signer(
    convention: Convention, pieces: Sequence[PieceDeConvention], *, maintenant: datetime
) -> None:
    ecrire_a(
        convention.courriel,
        cle=f"convention:a_signer:{convention.reference}:{maintenant.isoformat()}",
        sujet=f"Convention {convention.reference} : l'exemplaire à signer",
        gabarit="conventions/courriels/a_signer.txt",
        contexte={"convention": convention, "lien": lien_du_dossier(convention)},
        maintenant=maintenant,
        pieces=[jointe(piece) for piece in pieces],
    )


def relance(convention: Convention, *, maintenant: datetime) -> None:
    ecrire_a(
        convention.courriel,
        cle=f"convention:relance:{convention.reference}:{maintenant.date().isoformat()}",
        sujet=f"Convention {convention.reference} : où en est votre délibération ?",
        gabarit="conventions/courriels/relance.txt",
        contexte={"convention": convention, "lien": lien_du_dossier(convention)},
        maintenant=maintenant,
    )


def fin_annoncee(denonciation: Denonciation, *, maintenant: datetime) -> None:
    convention = denonciation.convention
    if not convention.courriel:
        return
    ecrire_a(
        convention.courriel,
        cle=f"convention:fin:{denonciation.pk}",
        sujet=(
            f"Convention {convention.reference} : "
            f"elle finit le {en_toutes_lettres(denonciation.fin_le)}"
        ),
        gabarit="conventions/courriels/fin.txt",
        contexte={
            "denonciation": denonciation,
            "convention": convention,
            "fin": en_toutes_lettres(denonciation.fin_le),
        },
        maintenant=maintenant,
    )


def jointe(piece: PieceDeConvention) -> dict[str, Any]:
    """Une pièce du dossier, lue au moment où le courriel part."""
    return {
        "nom": piece.nom,
        "type": sorte_de(piece.nom),
        "fabrique": "beffroi.centre.conventions.courriels.octets_de_la_piece",
        "arguments": [piece.reference],
    }


def octets_de_la_piece(reference: str) -> bytes:
    piece = PieceDeConvention.objects.get(reference=reference)
    with stockage().lire(piece.cle_de_stockage) as flux:
        return flux.read()
