"""Ce que l'ouverture ignore et qu'un contexte plus haut sait :
ce que l'antivirus a dit d'un fichier, ce qui est parti.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class SurveillanceDuFichier:
    """Le constat d'un fichier : un ton, un mot, un signe, une phrase, sa page ;
    et s'il est retenu, pourquoi.
    """

    ton: str
    mot: str
    signe: str
    phrase: str
    url: str
    retenu: str = ""


@port("ouverture.SurveillanceDesFichiers")
def surveillance_des_fichiers(
    fichiers: Sequence[FichierOuvert], *, le: datetime
) -> Mapping[int, SurveillanceDuFichier]:
    """Par clé de fichier, ce que les pages disent à côté,
    et ce qui le retient avant qu'on le télécharge.
    """


@port("ouverture.LettresParties")
def lettres_parties(consultation: Consultation, lot: int | None) -> bool:
    """L'issue de ce lot est-elle dite aux entreprises ? Dite, elle ne change plus (ADR 0031)."""


def lettres_parties_pour(fichier: FichierOuvert) -> bool:
    """L'issue d'un lot que ce fichier concerne est dite : celui de son offre ;
    pour une candidature, tous ceux du pli.
    """
    enveloppe, pli = fichier.ouverture.enveloppe, fichier.ouverture.pli
    lots = [enveloppe.lot] if enveloppe.sorte == "offre" else list(pli.lots) or [None]
    return any(lettres_parties(pli.consultation, lot) for lot in lots)


@port("ouverture.AnonymatDesProjets")
def exiger_hors_du_jury(personne: Utilisateur, consultation: Consultation) -> None:
    """Refuse qui juge les offres de cet achat sans savoir de qui elles
    sont (CCP, art. R. 2162-18).
    """
