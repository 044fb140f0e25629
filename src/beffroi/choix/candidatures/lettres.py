"""Les lettres que la grille écrit : compléter une candidature, prouver que l'on n'est pas exclu."""

from collections.abc import Iterable
from dataclasses import dataclass

from beffroi.choix.echanges.modeles import EN_TETE, MODELES, OBJET, POLITESSE
from beffroi.choix.echanges.models import Courrier


@dataclass(frozen=True)
class Lettre:
    """Un courrier tout prêt, où chaque entreprise a sa liste."""

    sorte: str
    sujet: str
    texte: str


_MODELE = MODELES["regularisation_candidature"]
COMPLEMENT = Lettre(_MODELE.sorte, _MODELE.sujet, _MODELE.texte)
PREUVES = Lettre(
    Courrier.Sorte.PRECISIONS,
    "Consultation [consultation] : prouver que votre entreprise n'est pas exclue",
    f"{EN_TETE}Nous envisageons de retenir votre offre pour {OBJET}, récépissé [récépissé]. "
    "Envoyez-nous ces documents, que nous ne pouvons pas obtenir nous-mêmes :\n\n[texte propre]\n\n"
    "Nous les attendons avant le [répondre avant] (CCP, art. R. 2144-4). Sans eux, "
    "votre candidature sera rejetée "
    f"(CCP, art. R. 2144-7). Cette lettre ne vous attribue pas le marché.{POLITESSE}",
)


def lignes(pieces: Iterable[tuple[str, str]]) -> str:
    """Une pièce par ligne. Un crochet, dans un intitulé, n'est pas un champ à remplir."""
    return "\n".join(f"- {intitule.replace('[', '(').replace(']', ')')}" for _, intitule in pieces)
