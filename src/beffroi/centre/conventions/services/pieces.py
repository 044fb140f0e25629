"""Garder un fichier, une fois pour toutes, avec son empreinte."""

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from beffroi.centre.conventions.comparaison import ecarts
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.rules.retours import (
    AuDossier,
    a_constater,
    constat_suffit,
    deliberation_renvoyee,
    exemplaire_renvoye,
)
from beffroi.personnes.pieces.rules import octets_recevables
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.journal.acteurs import Acteur
from formats.noms_de_fichiers import nom_propose
from formats.signature import SignaturesIllisibles, pour_le_dossier, signatures_du_pdf

Sorte = PieceDeConvention.Sorte


@dataclass(frozen=True)
class Fichier:
    """Un fichier tel que la personne le choisit, ou tel qu'un modèle l'a produit.

    `ecarts` : ce qui y diffère de l'exemplaire envoyé ; rien (`None`), s'il n'y a pas été comparé.
    """

    nom: str
    octets: bytes
    signatures: tuple[dict[str, Any], ...] = ()
    signatures_illisibles: bool = False
    ecarts: tuple[str, ...] | None = None


def choisi(nom: str, octets: bytes) -> Fichier:
    """Un fichier venu d'ailleurs, ses signatures électroniques lues. Hors de toute
    transaction : la lecture peut durer.

    Rien ne se refuse ici : une signature qui ne se lit pas se dit, et une personne juge.
    """
    try:
        return Fichier(
            nom,
            octets,
            tuple(pour_le_dossier(signature) for signature in signatures_du_pdf(octets)),
        )
    except SignaturesIllisibles:
        return Fichier(nom, octets, signatures_illisibles=True)


def compare(fichier: Fichier, envoye: PieceDeConvention | None) -> Fichier:
    """Le même, comparé à l'exemplaire qui avait été envoyé. Hors de toute transaction, aussi."""
    if envoye is None:
        return fichier
    with stockage().lire(envoye.cle_de_stockage) as flux:
        return replace(fichier, ecarts=ecarts(flux.read(), fichier.octets))


def exemplaire_envoye(convention: Convention, sorte: str) -> PieceDeConvention | None:
    """Le dernier PDF que le centre a produit pour être signé : la convention, ou un avenant."""
    produites = convention.pieces.filter(sorte=sorte, nom__endswith=".pdf").exclude(modele="")
    return produites.order_by("-ajoutee_le", "-pk").first()


@dataclass(frozen=True)
class Range:
    """Un fichier rangé : où, et son empreinte."""

    nom: str
    taille: int
    sha256: str
    cle: str


def ranger(fichier: Fichier) -> Range:
    """Écrit les octets au stockage. Un fichier vide, trop gros, ou qui s'exécute, se refuse."""
    nom, taille = nom_propose(fichier.nom), len(fichier.octets)
    exiger(octets_recevables(nom=nom, octets=fichier.octets))
    cle = nouvelle_cle("convention")
    stockage().ecrire(cle, io.BytesIO(fichier.octets))
    return Range(nom, taille, hashlib.sha256(fichier.octets).hexdigest(), cle)


def garder(
    convention: Convention,
    sorte: str,
    fichier: Fichier,
    *,
    maintenant: datetime,
    modele: str = "",
    constat: str = "",
) -> PieceDeConvention:
    """Une pièce de plus au dossier ; l'acte qui l'y met la journalise."""
    range_ = ranger(fichier)
    return PieceDeConvention.objects.create(
        convention=convention,
        sorte=sorte,
        nom=range_.nom,
        taille=range_.taille,
        sha256=range_.sha256,
        cle_de_stockage=range_.cle,
        modele=modele,
        constat=constat,
        signatures=list(fichier.signatures),
        signatures_illisibles=fichier.signatures_illisibles,
        ajoutee_le=maintenant,
    )


def exiger_un_vrai_retour(convention: Convention, sorte: str, fichier: Fichier) -> None:
    """Refuse, pour une délibération ou un exemplaire signé, un fichier que le dossier a déjà."""
    juger = deliberation_renvoyee if sorte == Sorte.DELIBERATION else exemplaire_renvoye
    sha256 = hashlib.sha256(fichier.octets).hexdigest()
    identiques = convention.pieces.filter(sha256=sha256)
    exiger(
        juger(
            identiques=[
                AuDossier(Sorte(piece.sorte).label, produite=bool(piece.modele))
                for piece in identiques
            ]
        )
    )


def exiger_un_constat(fichier: Fichier, constat: str, *, par: Acteur) -> str:
    """Ce que cette personne a vu d'un fichier que rien ne prouve, à garder avec lui.

    Vide s'il se prouve de lui-même : signé électroniquement, et son texte est celui envoyé.
    """
    reserves = a_constater(signatures=len(fichier.signatures), ecarts=fichier.ecarts)
    exiger(constat_suffit(reserves=reserves, constat=constat))
    return f"{par.libelle} : {constat.strip()}" if constat.strip() else ""


def empreintes(*pieces: PieceDeConvention) -> dict[str, str]:
    """Ce que le journal retient des fichiers : leur référence et leur empreinte."""
    return {piece.reference: piece.sha256 for piece in pieces}
