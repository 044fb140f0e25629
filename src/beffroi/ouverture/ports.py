"""Ce que l'ouverture ignore et qu'un contexte plus haut sait : ce que l'antivirus a dit d'un fichier, ce qui est parti."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.ouverture.models import FichierOuvert
from beffroi.socle.ports import branche


@dataclass(frozen=True)
class SurveillanceDuFichier:
    """Le constat d'un fichier : un ton, un mot, un signe, une phrase, sa page ; et s'il est retenu, pourquoi."""

    ton: str
    mot: str
    signe: str
    phrase: str
    url: str
    retenu: str = ""


class SurveillanceDesFichiers(Protocol):
    """Qui sait ce que vaut chaque fichier ouvert ; par clé de fichier."""

    def __call__(self, fichiers: Sequence[FichierOuvert], *, le: datetime) -> Mapping[int, SurveillanceDuFichier]: ...


def surveillance_des_fichiers(
    fichiers: Sequence[FichierOuvert], *, le: datetime
) -> Mapping[int, SurveillanceDuFichier]:
    """Ce que les pages disent à côté de chaque fichier, et ce qui le retient avant qu'on le télécharge."""
    dire: SurveillanceDesFichiers = branche("ouverture.SurveillanceDesFichiers")
    return dire(fichiers, le=le)


class LettresParties(Protocol):
    """Qui sait si l'issue de ce lot est dite aux entreprises : ce qu'elle dit ne change plus (ADR 0031)."""

    def __call__(self, consultation: Consultation, lot: int | None) -> bool: ...


def lettres_parties(consultation: Consultation, lot: int | None) -> bool:
    dire: LettresParties = branche("ouverture.LettresParties")
    return dire(consultation, lot)


def lettres_parties_pour(fichier: FichierOuvert) -> bool:
    """L'issue d'un lot que ce fichier concerne est dite : celui de son offre ; pour une candidature, tous ceux du pli."""
    enveloppe, pli = fichier.ouverture.enveloppe, fichier.ouverture.pli
    lots = [enveloppe.lot] if enveloppe.sorte == "offre" else list(pli.lots) or [None]
    return any(lettres_parties(pli.consultation, lot) for lot in lots)


class AnonymatDesProjets(Protocol):
    """Qui sait si cette personne juge, sans savoir de qui elles sont, les offres de cet achat (CCP, art. R. 2162-18)."""

    def __call__(self, personne: Utilisateur, consultation: Consultation) -> None: ...


def exiger_hors_du_jury(personne: Utilisateur, consultation: Consultation) -> None:
    exiger: AnonymatDesProjets = branche("ouverture.AnonymatDesProjets")
    exiger(personne, consultation)
