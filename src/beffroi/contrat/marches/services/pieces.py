"""Garder une pièce du contrat, une fois pour toutes, avec son empreinte."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.personnes.pieces.rules import octets_recevables
from beffroi.seance.signatures.queries import lire_et_juger
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from formats.noms_de_fichiers import nom_propose


@dataclass(frozen=True)
class Fichier:
    """Un fichier tel que la personne le choisit, ou tel que le service l'a produit."""

    nom: str
    octets: bytes
    signatures: tuple[dict[str, Any], ...] = ()
    signatures_illisibles: bool = False


def choisi(nom: str, octets: bytes, *, recu_le: datetime) -> Fichier:
    """Ses signatures électroniques vérifiées, hors de toute transaction.

    Une signature illisible se dit, une personne juge.
    """
    lues, illisibles = lire_et_juger(nom, octets, recu_le=recu_le)
    return Fichier(nom, octets, lues, signatures_illisibles=illisibles)


def garder(marche: Marche, sorte: str, fichier: Fichier, *, maintenant: datetime) -> PieceDuMarche:
    """Une pièce de plus ; l'acte qui l'y met la journalise.

    Vide, trop grosse, ou qui s'exécute : refusée.
    """
    nom, taille = nom_propose(fichier.nom), len(fichier.octets)
    exiger(octets_recevables(nom=nom, octets=fichier.octets))
    cle = nouvelle_cle("marche")
    stockage().ecrire(cle, io.BytesIO(fichier.octets))
    return PieceDuMarche.objects.create(
        marche=marche,
        sorte=sorte,
        nom=nom,
        taille=taille,
        sha256=hashlib.sha256(fichier.octets).hexdigest(),
        cle_de_stockage=cle,
        signatures=list(fichier.signatures),
        signatures_illisibles=fichier.signatures_illisibles,
        ajoutee_le=maintenant,
    )


def relu(piece: PieceDuMarche) -> Fichier:
    with stockage().lire(piece.cle_de_stockage) as flux:
        return Fichier(piece.nom, flux.read())


def empreintes(*pieces: PieceDuMarche | None) -> dict[str, str]:
    """Ce que le journal retient des fichiers : leur référence et leur empreinte."""
    return {piece.reference: piece.sha256 for piece in pieces if piece}
