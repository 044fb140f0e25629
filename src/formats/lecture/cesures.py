"""Recoller ce que la fin d'une ligne a coupé : un mot, un mot composé, une adresse."""

import re

_PREFIXES_COMPOSES = re.compile(
    r"(?i)(?:^|[\s'’(])(?:sous|non|co|mi|demi|semi|avant|après|arrière|contre|vice|ci|là|celui"
    r"|celle|ceux|saint|sainte|lui|grand"
    r"|haut|bas|rendez|vis|c'est|est|quasi|ex|entre|porte|chef|main|rez|procès|mots?|e|dix|vingt"
    r"|trente|quarante|soixante"
    r"|cinquante|quatre|peut|plate|au|par|et|jusque|nord|sud|pas|hauts|accord|accords|temps"
    r"|technico|socio|multi|anti)-$"
)
_ADRESSE_COUPEE = re.compile(r"(?:https?://|www\.)\S*[/?=&_\-]$")


def reunir(lignes: list[str]) -> str:
    """Les lignes bout à bout :
    une césure ou une adresse se recolle, un mot composé garde son trait d'union.
    """
    texte = ""
    for ligne in lignes:
        if texte.endswith("\N{SOFT HYPHEN}"):
            texte = texte[:-1] + "-"
        if _ADRESSE_COUPEE.search(texte):
            texte += ligne
        elif re.search(r"\w-$", texte):
            texte = _recoller(texte, ligne)
        else:
            texte = f"{texte} {ligne}" if texte else ligne
    return texte.removesuffix("\N{SOFT HYPHEN}")


def _recoller(texte: str, suite: str) -> str:
    garde = not suite[:1].islower() or _PREFIXES_COMPOSES.search(texte) is not None
    return (texte if garde else texte[:-1]) + suite
