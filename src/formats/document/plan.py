"""L'ordre de lecture d'un document :
ses titres numérotés, et chaque ligne de texte que les deux rendus portent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from formats.document.modele import (
    Bloc,
    Cadre,
    Cases,
    Document,
    Fiche,
    Formulaire,
    SousTitre,
    Tableau,
    phrases,
)
from formats.document.phrases import en_texte

CASE = "\N{BALLOT BOX}"


@dataclass(frozen=True, slots=True)
class Titre:
    """Un titre et son numéro : « 4. Les lots », « 4.2 Attribution »."""

    niveau: int
    texte: str


Element = Titre | Bloc


def elements(document: Document) -> Iterator[Element]:
    """Les chapitres à la suite, chaque titre portant son numéro si le document en donne."""
    for rang, chapitre in enumerate(document.chapitres, start=1):
        yield Titre(1, f"{rang}. {chapitre.titre}" if document.numerote else chapitre.titre)
        sous_rang = 0
        for bloc in chapitre.blocs:
            if isinstance(bloc, SousTitre):
                sous_rang += 1
                yield Titre(
                    2, f"{rang}.{sous_rang} {bloc.titre}" if document.numerote else bloc.titre
                )
            else:
                yield bloc


def lignes(document: Document) -> Iterator[str]:
    """Chaque ligne de texte, dans l'ordre de lecture, sans le sommaire ni le pied de page."""
    yield from (document.emetteur.nom, document.titre, document.objet)
    for bloc in document.ouverture:
        yield from _lignes(bloc)
    for element in elements(document):
        yield from _lignes(element)


def _lignes(element: Element) -> Iterator[str]:
    match element:
        case Titre():
            yield element.texte
        case SousTitre():
            yield element.titre
        case Cases():
            yield from (f"{CASE} {en_texte(choix)}" for choix in element.choix)
        case Fiche():
            for nom, valeur in element.lignes:
                yield from (nom, en_texte(valeur))
        case _:
            yield from _intitules(element)
            yield from map(en_texte, phrases(element))


def _intitules(bloc: Bloc) -> tuple[str, ...]:
    """Ce qui se lit avant les phrases du bloc."""
    match bloc:
        case Cadre():
            return (bloc.intitule,)
        case Formulaire():
            return (bloc.legende, *bloc.champs)
        case Tableau():
            return (bloc.legende, *bloc.entetes)
        case _:
            return ()
