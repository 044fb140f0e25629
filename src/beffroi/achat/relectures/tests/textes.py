"""Des textes de quelques lignes, pour éprouver le repérage."""

from formats.lecture import Cellule, Paragraphe, Texte


def texte(*lignes: str, titre: str = "") -> Texte:
    paragraphes = (
        Paragraphe(numero=rang, texte=ligne, titre=titre)
        for rang, ligne in enumerate(lignes, start=1)
    )
    return Texte(sorte="docx", paragraphes=tuple(paragraphes))


def tableau(*lignes: tuple[str, ...], titre: str = "") -> Texte:
    """Un tableau, une cellule par paragraphe."""
    cellules = [
        (i, j, mot)
        for i, ligne in enumerate(lignes, start=1)
        for j, mot in enumerate(ligne, start=1)
    ]
    paragraphes = (
        Paragraphe(numero=rang, texte=mot, titre=titre, cellule=Cellule(1, i, j))
        for rang, (i, j, mot) in enumerate(cellules, start=1)
    )
    return Texte(sorte="odt", paragraphes=tuple(paragraphes))
