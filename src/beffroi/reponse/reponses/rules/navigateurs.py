"""Les plus anciens navigateurs que nous annonçons capables de sceller.

Le script, lui, éprouve ce qu'il lui faut : un navigateur absent d'ici peut convenir.
"""

MINIMUMS = (("Firefox", 140), ("Chrome", 133), ("Edge", 133), ("Safari", 18))


def phrase() -> str:
    """« Firefox 140, Chrome 133, Edge 133, Safari 18, ou plus récent »."""
    return ", ".join(
        [*(f"{nom}\N{NO-BREAK SPACE}{version}" for nom, version in MINIMUMS), "ou plus récent"]
    )
