"""Ce qui compte, et dans quelle année :
chaque consultation une fois, avec sa raison (convention, art. 4).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres
from droit.dates import en_toutes_lettres

RELANCE_RAPIDE = timedelta(days=60)
Ecart = Literal["incident", "relance"]


@dataclass(frozen=True)
class ACompter:
    """Une consultation, réduite aux faits qui décident ; les jours sont ceux de Paris.

    `relancee_le` : le jour où la consultation qu'elle relance a pris fin.
    """

    reference: str
    titre: str
    creee_le: date
    publiee_le: date | None = None
    ecart: Ecart | None = None
    relancee_le: date | None = None


@dataclass(frozen=True)
class LigneDeCompte:
    """Une consultation de l'année : créée, comptée ou non, et pourquoi."""

    reference: str
    titre: str
    est_creee: bool
    est_comptee: bool
    motif: str


@dataclass(frozen=True)
class Compte:
    """Les deux compteurs d'une année, et leur liste."""

    lignes: tuple[LigneDeCompte, ...]

    @property
    def creees(self) -> int:
        return sum(ligne.est_creee for ligne in self.lignes)

    @property
    def comptees(self) -> int:
        return sum(ligne.est_comptee for ligne in self.lignes)

    @property
    def references(self) -> list[str]:
        return sorted(ligne.reference for ligne in self.lignes if ligne.est_comptee)

    @property
    def sha256(self) -> str:
        """L'empreinte de la liste comptée : la même liste, dans n'importe quel ordre, a la même."""
        return hashlib.sha256(json.dumps(self.references).encode()).hexdigest()


def compter(
    consultations: Iterable[ACompter], annee: int, parametres: Parametres = D_OFFICE
) -> Compte:
    """Le compte d'une année : ce qui y est créé, et ce qui y compte."""
    lignes = (_ligne(consultation, annee, parametres) for consultation in consultations)
    return Compte(tuple(ligne for ligne in lignes if ligne.est_creee or ligne.est_comptee))


def fait_generateur(consultation: ACompter, parametres: Parametres = D_OFFICE) -> date | None:
    """Le jour qui fait compter la consultation ; rien si elle ne compte pas (encore)."""
    if parametres.fait_generateur == "creation":
        return consultation.creee_le
    return consultation.publiee_le


def _ligne(consultation: ACompter, annee: int, parametres: Parametres) -> LigneDeCompte:
    jour = fait_generateur(consultation, parametres)
    refus = _pourquoi_pas(consultation, parametres)
    est_comptee = jour is not None and jour.year == annee and not refus
    return LigneDeCompte(
        consultation.reference,
        consultation.titre,
        est_creee=consultation.creee_le.year == annee,
        est_comptee=est_comptee,
        motif=refus or _pourquoi(jour, annee, parametres),
    )


def _pourquoi_pas(consultation: ACompter, parametres: Parametres) -> str:
    if consultation.ecart == "incident":
        return "Annulée par un incident de la plateforme : elle ne compte pas."
    relance_rapide = (
        consultation.ecart == "relance"
        and consultation.relancee_le is not None
        and consultation.publiee_le is not None
        and consultation.publiee_le - consultation.relancee_le < RELANCE_RAPIDE
    )
    if relance_rapide and parametres.relance == "non_comptee":
        return "Relance de moins de 60 jours : elle ne compte pas (relance=non_comptee)."
    return ""


def _pourquoi(jour: date | None, annee: int, parametres: Parametres) -> str:
    acte = "Créée" if parametres.fait_generateur == "creation" else "Publiée"
    if jour is None:
        return "Pas encore publiée : elle comptera l'année de sa publication."
    if jour.year != annee:
        return f"{acte} le {en_toutes_lettres(jour)} : elle compte en {jour.year}."
    return (
        f"{acte} le {en_toutes_lettres(jour)} : elle compte une fois, "
        "lots et modifications compris."
    )
