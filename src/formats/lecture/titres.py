"""Reconnaître un titre à ce qu'il dit, quand rien d'autre ne le marque."""

import re

_NUMERO = re.compile(
    r"^(?P<numero>\d{1,2}(?:[.\-]\d{1,2}){0,4})\s*(?P<signe>[.)\-–—:°]*)\s+(?P<suite>\S.*)$"
)
_ARTICLE = re.compile(
    r"(?i)^(?:article|chapitre|titre|section|partie|annexe)\s+"
    r"(?P<numero>\d{1,2}(?:\.\d{1,2}){0,4}|[IVXA-H]{1,5})\b"
)
_ROMAIN = re.compile(
    r"^(?:[IVX]{1,5}|[A-H])(?P<suite>(?:[.\-]\d{1,2}){0,4})\s*[.)\-–—]*\s+[A-ZÀ-Ý]"
)
_LONGUEUR_MAXIMALE = 130


def niveau_dit(texte: str) -> int | None:
    """Le niveau que dit la numérotation : « Article 4 » 1, « 4.2 » 2 ;
    `None` si ce n'est pas un titre.
    """
    texte = texte.strip()
    if not texte or len(texte) > _LONGUEUR_MAXIMALE or texte[-1] in ".;,":
        return None
    if article := _ARTICLE.match(texte):
        return 1 + article["numero"].count(".")
    if (romain := _ROMAIN.match(texte)) and (romain["suite"] or re.match(r"\S+\s*[.)\-–—]", texte)):
        return 1 + len(re.findall(r"[.\-]", romain["suite"]))
    if (numero := _NUMERO.match(texte)) and _annonce(numero):
        return 1 + len(re.findall(r"[.\-]", numero["numero"]))
    return None


def _annonce(numero: re.Match[str]) -> bool:
    """« 4.2 Date » et « 4 Remise » annoncent ; « 12 mois » et « 60 % » mesurent."""
    initiale = numero["suite"][0]
    return initiale.isalpha() and (
        initiale.isupper() or not numero["numero"].isdecimal() or bool(numero["signe"])
    )
