"""Les lettres que la grille écrit : compléter une candidature, prouver que l'on n'est pas exclu."""

from collections.abc import Iterable

from beffroi.choix.echanges.modeles import MODELES, OBJET, Modele
from beffroi.choix.echanges.mots import Sorte

COMPLEMENT = MODELES["regularisation_candidature"]
# La grille en tient la suite : elle ne se choisit pas parmi les modèles d'un courrier.
PREUVES = Modele(
    "Prouver que l'entreprise n'est pas exclue (R. 2144-4)",
    Sorte.PRECISIONS,
    "Consultation [consultation] : prouver que votre entreprise n'est pas exclue",
    f"Nous envisageons de retenir votre offre pour {OBJET}, récépissé [récépissé]. "
    "Envoyez-nous ces documents, que nous ne pouvons pas obtenir nous-mêmes :\n\n[texte propre]\n\n"
    "Nous les attendons avant le [répondre avant] (CCP, art. R. 2144-4). Sans eux, "
    "votre candidature sera rejetée "
    "(CCP, art. R. 2144-7). Cette lettre ne vous attribue pas le marché.",
)


def lignes(pieces: Iterable[tuple[str, str]]) -> str:
    """Une pièce par ligne. Un crochet, dans un intitulé, n'est pas un champ à remplir."""
    return "\n".join(f"- {intitule.replace('[', '(').replace(']', ')')}" for _, intitule in pieces)
