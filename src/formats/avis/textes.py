"""Un texte saisi, prêt à devenir du XML ; un avis écrit, prêt à s'afficher."""

import re

# Ce que XML 1.0 n'accepte pas, même échappé (W3C, XML 1.0, « Char »).
_INTERDITS = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def pour_xml(texte: str) -> str:
    """Sans blancs autour, sans les caractères que le format refuse."""
    return _INTERDITS.sub("", texte).strip()


def parties(avis_ecrit: str) -> list[tuple[str, tuple[str, ...]]]:
    """L'avis, partie par partie :
    ce qui la titre s'il y en a un (« AVIS DE MARCHÉ », « Section 1 »), puis ses lignes.
    """
    lues: list[tuple[str, tuple[str, ...]]] = []
    for paragraphe in re.split(r"\n\s*\n", avis_ecrit.strip()):
        tete, *lignes = paragraphe.split("\n")
        est_un_titre = tete.isupper() or tete.startswith("Section ")
        lues.append((tete, tuple(lignes)) if est_un_titre else ("", (tete, *lignes)))
    return lues
