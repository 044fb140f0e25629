"""Un texte pour plusieurs, un exemplaire pour chacun :
des champs entre crochets, remplis une seule fois.
"""

import re
from collections.abc import Mapping

# Chaque champ, et ce qu'il devient.
CHAMPS = {
    "entreprise": "le nom de l'entreprise",
    "acheteur": "votre organisme",
    "consultation": "le numéro de la consultation",
    "objet": "le titre de la consultation",
    "récépissé": "le numéro de sa réponse ouverte",
    "répondre avant": "le dernier moment pour répondre",
    "date sans suite": "le jour où vous avez renoncé",
    "motif sans suite": "le motif que vous avez publié en renonçant",
    "texte propre": "ce que vous n'écrivez qu'à elle",
}
PROPRE, AVANT = "texte propre", "répondre avant"
DE_LA_RENONCIATION = {"date sans suite", "motif sans suite"}
_CROCHETS = re.compile(r"\[([^\W\d_][^\[\]\n]{0,80})\]")


def champs_de(texte: str) -> list[str]:
    """Ce que le texte met entre crochets, dans l'ordre, sans répétition."""
    return list(dict.fromkeys(_CROCHETS.findall(texte)))


def reste_a_ecrire(texte: str) -> list[str]:
    """Les crochets qui ne sont pas un champ : un modèle qu'on n'a pas fini de compléter."""
    return [champ for champ in champs_de(texte) if champ not in CHAMPS]


def reste_dans_le_propre(propre: str) -> list[str]:
    """De même dans un texte propre :
    ses champs se remplissent, mais il ne se contient pas lui-même.
    """
    return [champ for champ in champs_de(propre) if champ not in CHAMPS or champ == PROPRE]


def remplir(texte: str, valeurs: Mapping[str, str]) -> str:
    """Remplace chaque champ par sa valeur, en un passage :
    une valeur qui contient un crochet reste telle quelle.
    """
    return _CROCHETS.sub(lambda trouve: valeurs.get(trouve[1], trouve[0]), texte)
