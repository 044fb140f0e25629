"""Ce que les écrans montrent d'une pièce :
son état en mots, la place qui reste, les sortes qu'on peut ajouter.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from beffroi.personnes.entreprises.models import Etablissement
from beffroi.personnes.pieces import queries, rules
from beffroi.personnes.pieces.models import VersionDePiece
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from droit.dates import en_toutes_lettres
from droit.en_vigueur import Droit, Valeur
from droit.pieces_de_candidature import Sorte
from droit.tables import ConfianceDansLaSource
from formats.dates import PARIS

TEXTES = {"CT": "Code du travail"}


@dataclass(frozen=True)
class Ligne:
    """Une pièce dans la liste."""

    version: VersionDePiece
    ton: str
    mot: str

    @property
    def piece(self) -> Any:
        return self.version.piece


def jour_de(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def etat_de(fin: date | None, *, le: date) -> tuple[str, str]:
    """Le ton et les mots de la validité. Une pièce expirée se montre telle, et n'empêche rien."""
    if fin is None:
        return "gris", "Sans fin de validité"
    if rules.est_expiree(fin, le=le):
        return "danger", f"Expirée depuis le {en_toutes_lettres(fin + timedelta(days=1))}"
    ton = "attention" if rules.expire_bientot(fin, le=le) else "ok"
    return ton, f"Valable jusqu'au {en_toutes_lettres(fin)}"


def lignes(etablissement: Etablissement, *, le: datetime) -> list[Ligne]:
    jour = jour_de(le)
    return [
        Ligne(version, *etat_de(version.valable_jusqu_au, le=jour))
        for version in queries.versions_en_cours(etablissement)
    ]


def place(etablissement: Etablissement) -> dict[str, int]:
    pris = queries.octets_gardes(etablissement)
    return {
        "pris": pris,
        "en_tout": rules.OCTETS_PAR_ETABLISSEMENT,
        "reste": max(0, rules.OCTETS_PAR_ETABLISSEMENT - pris),
        "par_fichier": OCTETS_PAR_PIECE,
        "fichiers": rules.FICHIERS_PAR_ETABLISSEMENT,
    }


def age_admis(sorte: Sorte, *, le: datetime) -> Valeur | None:
    return queries.age_admis(sorte, droit=Droit.au(jour_de(le)))


def conseil(sorte: Sorte, age: Valeur | None) -> str:
    """Ce qu'il faut savoir de la durée :
    la loi avec son article et ce qu'on en a lu, sinon l'usage, ou rien.
    """
    if age is None:
        return sorte.fiche.conseil
    article = str(age.article)
    for sigle, nom in TEXTES.items():
        article = article.replace(f"{sigle},", f"{nom},")
    lu = "" if age.confiance is ConfianceDansLaSource.TEXTE else ", lu chez un commentateur"
    return f"L'acheteur la demande datée de moins de {age.entier} mois ({article}{lu})."
