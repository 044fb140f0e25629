"""Ce qu'on constate en ouvrant : un code pour les machines, une phrase pour les personnes.

La plateforme dit les faits ; l'acheteur décide.
"""

from dataclasses import dataclass
from typing import Any

from beffroi.seance.coffre.errors import LectureImpossible
from beffroi.socle.fondations.stockage import StockageEnPanne
from sceau.errors import HeaderError, HmacError, NoMatch, PayloadError

PHRASES = {
    "manifeste_illisible": "La liste scellée des fichiers ne se lit pas : {cause}.",
    "manifeste_autre_que_l_engagement": "La liste scellée n'est pas celle que le récépissé engage.",
    "manifeste_d_une_autre_enveloppe": (
        "La liste scellée désigne une autre enveloppe ou une autre consultation."
    ),
    "fichier_illisible": "« {nom} » ne s'ouvre pas : {cause}.",
    "fichier_annonce_absent": (
        "« {nom} » est annoncé dans la liste scellée, et absent de l'enveloppe."
    ),
    "fichier_hors_manifeste": "« {nom} » est dans l'enveloppe, et absent de la liste scellée.",
    "scelle_autre_que_le_recepisse": "« {nom} », scellé, n'est pas celui que décrit le récépissé.",
    "taille_differente": "« {nom} » n'a pas la taille annoncée dans la liste scellée.",
    "contenu_different": "« {nom} » n'est pas le fichier annoncé dans la liste scellée.",
    "empreinte_non_annoncee": (
        "« {nom} » : empreinte non fournie. Il a été scellé sur un autre poste."
    ),
}
# Un constat qui n'accuse rien : le fichier est bien celui qui a été scellé.
SANS_GRAVITE = frozenset({"empreinte_non_annoncee"})
CAUSES = (
    (NoMatch, "il est scellé pour une autre clé"),
    (HmacError, "son en-tête a été modifié"),
    (HeaderError, "ce n'est pas un fichier scellé selon les règles"),
    (PayloadError, "il est incomplet ou modifié"),
    (FileNotFoundError, "le stockage ne l'a plus"),
    ((OSError, LectureImpossible, StockageEnPanne), "le stockage ne le rend pas"),
)


@dataclass(frozen=True)
class Constat:
    """Une anomalie, ou une réserve."""

    code: str
    nom: str = ""
    cause: str = ""

    def __str__(self) -> str:
        return PHRASES[self.code].format(nom=self.nom, cause=self.cause)

    @property
    def est_grave(self) -> bool:
        return self.code not in SANS_GRAVITE

    def document(self) -> dict[str, Any]:
        """Tel que la base et le journal le gardent."""
        return {"code": self.code, "texte": str(self), "grave": self.est_grave}


def cause_du_refus(erreur: Exception) -> str:
    """La raison d'un refus, en français."""
    return next(
        (phrase for famille, phrase in CAUSES if isinstance(erreur, famille)), "il ne se lit pas"
    )


def du_fichier(
    nom: str, *, attendues: tuple[str, str], lues: tuple[str, str]
) -> tuple[Constat, ...]:
    """Le scellé lu est-il celui du récépissé ? Une empreinte inconnue ne se compare pas."""
    differentes = any(
        attendue and attendue != lue for attendue, lue in zip(attendues, lues, strict=True)
    )
    return (Constat("scelle_autre_que_le_recepisse", nom=nom),) if differentes else ()
