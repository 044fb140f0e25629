"""Un texte saisi, prêt à devenir du XML."""

import re

# Ce que XML 1.0 n'accepte pas, même échappé (W3C, XML 1.0, « Char »).
_INTERDITS = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def pour_xml(texte: str) -> str:
    """Sans blancs autour, sans les caractères que le format refuse."""
    return _INTERDITS.sub("", texte).strip()
