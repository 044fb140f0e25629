"""Reconnaître un titre à ce qu'il dit, quand rien d'autre ne le marque."""

import re

_NUMERO = re.compile(r"^(?P<numero>\d{1,2}(?:[.\-]\d{1,2}){0,4})\s*[.)\-–—:°]*\s+(?P<suite>\S.*)$")
_ARTICLE = re.compile(
    r"(?i)^(?:article|chapitre|titre|section|partie|annexe)\s+(?P<numero>\d{1,2}(?:\.\d{1,2}){0,4}|[IVXA-H]{1,5})\b"
)
_ROMAIN = re.compile(r"^(?:[IVX]{1,5}|[A-H])\s*[.)\-–—]\s+[A-ZÀ-Ý]")
_LONGUEUR_MAXIMALE = 130


def niveau_dit(texte: str) -> int | None:
    """Le niveau que dit la numérotation : « Article 4 » 1, « 4.2 » 2 ; `None` si ce n'est pas un titre."""
    texte = texte.strip()
    if not texte or len(texte) > _LONGUEUR_MAXIMALE or texte[-1] in ".;,":
        return None
    if article := _ARTICLE.match(texte):
        return 1 + article["numero"].count(".")
    if _ROMAIN.match(texte):
        return 1
    if (numero := _NUMERO.match(texte)) and re.match(r"[^\W\d_]", numero["suite"]):
        return 1 + len(re.findall(r"[.\-]", numero["numero"]))
    return None
