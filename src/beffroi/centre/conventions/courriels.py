"""Les courriels d'une convention :
confirmer une demande, envoyer un projet, relancer, annoncer une fin.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.models import (
    Convention,
    DemandeDAdhesion,
    Denonciation,
    PieceDeConvention,
)
from beffroi.centre.conventions.ports import lien_du_dossier
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.telechargements import sorte_de
from droit.dates import en_toutes_lettres


def _ecrire(
    gabarit: str, *, cle: str, a: str, sujet: str, contexte: dict[str, Any], **reste: Any
) -> None:
    texte = render_to_string(
        f"conventions/courriels/{gabarit}.txt",
        {**contexte, "service": settings.SERVICE, "adresse": settings.ADRESSE_PUBLIQUE},
    )
    ecrire_courriel(cle=cle, destinataire=a, sujet=sujet, texte=texte, **reste)


def confirmer_la_demande(demande: DemandeDAdhesion, *, maintenant: datetime) -> None:
    lien = settings.ADRESSE_PUBLIQUE + reverse(
        "conventions:confirmer", args=[queries.jeton(demande)]
    )
    _ecrire(
        "confirmer",
        cle=f"{queries.CONFIRMATION}{demande.reference}:{maintenant.isoformat()}",
        a=demande.courriel,
        sujet="Confirmez votre demande d'adhésion",
        contexte={"demande": demande, "lien": lien},
        maintenant=maintenant,
    )


def demande_recue(demande: DemandeDAdhesion, *, maintenant: datetime) -> None:
    _ecrire(
        "recue",
        cle=f"adhesion:recue:{demande.reference}",
        a=demande.courriel,
        sujet="Votre demande d'adhésion est reçue",
        contexte={"demande": demande},
        maintenant=maintenant,
    )


def projet_envoye(
    convention: Convention, pieces: Sequence[PieceDeConvention], *, maintenant: datetime
) -> None:
    _ecrire(
        "projet",
        cle=f"convention:projet:{convention.reference}:{maintenant.isoformat()}",
        a=convention.courriel,
        sujet=f"Votre projet de convention {convention.reference}",
        contexte={"convention": convention, "lien": lien_du_dossier(convention)},
        maintenant=maintenant,
        pieces=[jointe(piece) for piece in pieces],
    )


def exemplaire_a_signer(
    convention: Convention, pieces: Sequence[PieceDeConvention], *, maintenant: datetime
) -> None:
    _ecrire(
        "a_signer",
        cle=f"convention:a_signer:{convention.reference}:{maintenant.isoformat()}",
        a=convention.courriel,
        sujet=f"Convention {convention.reference} : l'exemplaire à signer",
        contexte={"convention": convention, "lien": lien_du_dossier(convention)},
        maintenant=maintenant,
        pieces=[jointe(piece) for piece in pieces],
    )


def relance(convention: Convention, *, maintenant: datetime) -> None:
    _ecrire(
        "relance",
        cle=f"convention:relance:{convention.reference}:{maintenant.date().isoformat()}",
        a=convention.courriel,
        sujet=f"Convention {convention.reference} : où en est votre délibération ?",
        contexte={"convention": convention, "lien": lien_du_dossier(convention)},
        maintenant=maintenant,
    )


def fin_annoncee(denonciation: Denonciation, *, maintenant: datetime) -> None:
    convention = denonciation.convention
    if not convention.courriel:
        return
    _ecrire(
        "fin",
        cle=f"convention:fin:{denonciation.pk}",
        a=convention.courriel,
        sujet=(
            f"Convention {convention.reference} : "
            f"elle finit le {en_toutes_lettres(denonciation.fin_le)}"
        ),
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
