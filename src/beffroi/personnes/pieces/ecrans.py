"""Ce que les écrans montrent d'une pièce :
son état en mots, la place qui reste, les sortes qu'on peut ajouter.
"""

from datetime import datetime

from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.pieces import queries, rules
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from droit.en_vigueur import Droit, Valeur
from droit.pieces_de_candidature import Sorte
from droit.tables import ConfianceDansLaSource

TEXTES = {"CT": "Code du travail"}


def place(equipe: Equipe) -> dict[str, int]:
    pris = queries.octets_gardes(equipe)
    return {
        "pris": pris,
        "en_tout": rules.OCTETS_PAR_ETABLISSEMENT,
        "reste": max(0, rules.OCTETS_PAR_ETABLISSEMENT - pris),
        "par_fichier": OCTETS_PAR_PIECE,
        "fichiers": rules.FICHIERS_PAR_ETABLISSEMENT,
    }


def age_admis(sorte: Sorte, *, le: datetime) -> Valeur | None:
    return queries.age_admis(sorte, droit=Droit.au(queries.jour_de(le)))


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
