"""Comparer ce qui revient signé à ce qui est parti : les pages, puis le texte.

Une signature électronique laisse le texte intact ; une numérisation n'en a pas, ou un texte
reconnu à peu près. Rien ne se refuse ici : une personne juge.
"""

import re

from formats.lecture.lire import lire_document
from formats.lecture.refus import DocumentIllisible
from formats.lecture.texte import Paragraphe, Texte

SIGNES_CITES = 90
_HORS_DES_MOTS = re.compile(r"\W+")


def ecarts(envoye: bytes, renvoye: bytes) -> tuple[str, ...] | None:
    """Ce qui diffère, une phrase chacun ; rien (`None`) si l'exemplaire envoyé ne se relit pas."""
    try:
        attendu = lire_document(envoye, "envoye.pdf")
    except DocumentIllisible:
        return None
    try:
        lu = lire_document(renvoye, "renvoye.pdf")
    except DocumentIllisible:
        return ("Son texte ne se lit pas : c'est une image, ou il est abîmé.",)
    return tuple(phrase for phrase in (_pages(attendu, lu), _passages(attendu, lu)) if phrase)


def _pages(attendu: Texte, lu: Texte) -> str:
    il_en_faut, il_en_a = _derniere(attendu), _derniere(lu)
    if il_en_a >= il_en_faut:
        return ""
    return f"Son texte va jusqu'à la page {il_en_a} ; l'exemplaire envoyé en a {il_en_faut}."


def _passages(attendu: Texte, lu: Texte) -> str:
    relu = "".join(_mots(paragraphe.texte) for paragraphe in lu.paragraphes)
    manquent = [une for une in attendu.paragraphes if _mots(une.texte) not in relu]
    if not manquent:
        return ""
    premier: Paragraphe = manquent[0]
    return (
        f"Passages de l'exemplaire envoyé qui ne s'y retrouvent pas : {len(manquent)}. Le premier, "
        f"{premier.place} : « {premier.texte[:SIGNES_CITES]} »."
    )


def _derniere(texte: Texte) -> int:
    return max((paragraphe.page or 0 for paragraphe in texte.paragraphes), default=0)


def _mots(texte: str) -> str:
    """Ses lettres et ses chiffres : une coupure de ligne, une apostrophe n'en changent rien."""
    return _HORS_DES_MOTS.sub("", texte).casefold()
