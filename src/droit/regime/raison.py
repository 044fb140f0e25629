"""Une raison : la phrase, son article,
la valeur des tables, et la confiance qu'on peut y mettre.
"""

from dataclasses import dataclass
from datetime import date

from droit.citation import Source
from droit.dates import en_toutes_lettres
from droit.decision import Motif
from droit.en_vigueur import Valeur
from droit.phrases import en_clair
from droit.tables import ConfianceDansLaSource


@dataclass(frozen=True, kw_only=True)
class Raison:
    """Pourquoi : la phrase et son article ;
    la valeur des tables, s'il y en a une, depuis quand, et comment on la sait.
    """

    motif: Motif
    confiance: ConfianceDansLaSource = ConfianceDansLaSource.TEXTE
    valeur: Valeur | None = None

    @property
    def depuis(self) -> date | None:
        return self.valeur.depuis if self.valeur else None

    @property
    def en_vigueur(self) -> str:
        """« 60 000 € HT depuis le 1er avril 2026 » ; vide sans valeur des tables."""
        if self.valeur is None:
            return ""
        depuis = "depuis le" if self.valeur.entree_lue else "au plus tard depuis le"
        return (
            f"{en_clair(self.valeur.valeur, self.valeur.unite)} {depuis} "
            f"{en_toutes_lettres(self.valeur.depuis)}"
        )


def selon(valeur: Valeur, texte: str) -> Raison:
    """Une raison fondée sur une valeur des tables : son article, sa date, sa confiance."""
    return Raison(motif=Motif(texte, valeur.article), confiance=valeur.confiance, valeur=valeur)


def selon_le_texte(
    texte: str, source: Source, *, confiance: ConfianceDansLaSource = ConfianceDansLaSource.TEXTE
) -> Raison:
    return Raison(motif=Motif(texte, source), confiance=confiance)
