"""Éliminer sous visa, en règles :
ce qui va au bordereau, quel visa vaut, quand détruire (code du patrimoine, L. 212-2).
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from beffroi.garde.archives.rules import (
    SANS_ACCORD,
    VISA,
    Dossier,
    echeance,
    peut_etre_elimine,
    sort_final,
)
from droit.decision import Decision, Motif
from formats.tableur import Feuille, csv
from formats.versement import Piece

HORS_CONSULTATION = "Hors consultation"
REFAITES = "abandonnez-le, puis établissez-en un autre, qui la nomme."
_CHIFFRES_DU_CODE = 16
_HORS_DU_CODE = re.compile(r"[^0-9a-f]")
COLONNES = (
    ("Rang", 1.5),
    ("Consultation", 3.5),
    ("Pièce", 9.0),
    ("Type", 4.0),
    ("Fichier", 5.0),
    ("Octets", 2.5),
    ("Gardée jusqu'au", 3.0),
    ("Texte", 4.0),
    ("SHA-256", 9.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """Une ligne du bordereau, telle qu'elle sera visée."""

    rang: int
    consultation: str
    titre: str
    sorte: str
    nom: str
    taille: int
    jusqu_au: date
    source: str
    sha256: str


def eliminables(pieces: Sequence[Piece], dossier: Dossier, *, le: date) -> list[Piece]:
    """Ce qui peut aller au bordereau.

    Des octets dont une autre pièce a besoin ne s'éliminent pas.
    """
    permises = [
        piece for piece in pieces if piece.cle and decision(piece, dossier, le=le).favorable
    ]
    gardees = {
        piece.cle for piece in pieces if piece.cle and not decision(piece, dossier, le=le).favorable
    }
    par_cle = {piece.cle: piece for piece in permises if piece.cle not in gardees}
    return list(par_cle.values())


def decision(piece: Piece, dossier: Dossier, *, le: date) -> Decision:
    echue = echeance(piece.sorte, dossier, pli=piece.pli, contrat=piece.contrat)
    sort = sort_final(piece.sorte, dossier, pli=piece.pli)
    return peut_etre_elimine(echue, sort, gels=dossier.gels, le=le)


def feuille(lignes: Iterable[Ligne]) -> Feuille:
    return Feuille(
        titre="Bordereau d'élimination",
        entetes=tuple(nom for nom, _ in COLONNES),
        largeurs=tuple(cm for _, cm in COLONNES),
        lignes=[
            (
                ligne.rang,
                ligne.consultation,
                ligne.titre,
                ligne.sorte,
                ligne.nom,
                ligne.taille,
                ligne.jusqu_au.isoformat(),
                ligne.source,
                ligne.sha256,
            )
            for ligne in lignes
        ],
    )


def empreinte(lignes: Iterable[Ligne]) -> str:
    """Le SHA-256 du bordereau en CSV : ce que le visa approuve, au caractère près."""
    return hashlib.sha256(csv(feuille(lignes))).hexdigest()


def code(de: str) -> str:
    """Les seize premiers chiffres de l'empreinte, par quatre :
    ce qui s'imprime sur le bordereau et se recopie.
    """
    return "-".join(de[debut : debut + 4] for debut in range(0, _CHIFFRES_DU_CODE, 4)).upper()


def visa_recevable(
    *, attendue: str, code_lu: str, date_du_visa: date, etablie_le: date, le: date
) -> Decision:
    """Un visa approuve une liste, et une seule : celle dont il porte le code."""
    lu = _HORS_DU_CODE.sub("", code_lu.lower())
    autre = Motif(
        "Ce code n'est pas celui de ce bordereau : ce visa approuve une autre liste.", VISA
    )
    tot = Motif("Le visa est daté d'avant le bordereau : il ne peut pas l'approuver.", VISA)
    futur = Motif("La date du visa est dans le futur : vérifiez-la.")
    return Decision.selon(
        None if lu == attendue[:_CHIFFRES_DU_CODE] else autre,
        tot if date_du_visa < etablie_le else None,
        futur if date_du_visa > le else None,
    )


def peut_detruire(
    *, intacte: bool, gels: Iterable[str], copies: Iterable[str], a_deux: bool, meme_personne: bool
) -> Decision:
    """La liste détruite est celle qui a été visée ; un gel posé depuis l'arrête ;
    à deux, ce n'est pas la même personne.
    """
    changee = Motif(
        "La liste n'est plus celle qui a été visée. N'éliminez rien, et appelez l'assistance.", VISA
    )
    seule = Motif(
        "Votre organisme agit à deux : une autre personne que celle qui a déposé le "
        "visa doit détruire."
    )
    return Decision.selon(
        None if intacte else changee,
        *[Motif(f"Gelé depuis le visa : {motif}", SANS_ACCORD) for motif in gels],
        *[
            Motif(f"{titre} porte les mêmes octets, et n'est pas à ce bordereau : {REFAITES}", VISA)
            for titre in copies
        ],
        seule if a_deux and meme_personne else None,
    )
