"""De quoi écrire une clause : une fonction rend des blocs, ou aucun si elle ne s'applique pas."""

from collections.abc import Iterable
from decimal import Decimal

from beffroi.achat.redaction import mots
from droit.citation import Article, Document, Source
from formats.document import (
    Bloc,
    Chapitre,
    Liste,
    Paragraphe,
    Phrase,
    Segment,
    a_completer,
    cite,
    phrase,
)

Blocs = tuple[Bloc, ...]
RIEN: Blocs = ()


def ccp(numero: str) -> Article:
    """Un article du code de la commande publique."""
    return Article("CCP", numero)


def annexe(numero: int, precision: str = "") -> Document:
    """Une annexe du code : « CCP, annexe 6, art. 2 »."""
    return Document(f"CCP, annexe {numero}{f', {precision}' if precision else ''}")


def dire(*morceaux: str | Segment | Phrase, selon: tuple[Source, ...] = ()) -> Paragraphe:
    return Paragraphe(phrase(*morceaux, cite(*selon)))


def prevenir(*morceaux: str | Segment | Phrase, selon: tuple[Source, ...] = ()) -> Paragraphe:
    """Ce qu'une entreprise ne doit pas manquer."""
    return Paragraphe(phrase(*morceaux, cite(*selon)), "attention")


def enumerer(elements: Iterable[str | Segment | Phrase]) -> Liste:
    return Liste(tuple(phrase(element) for element in elements))


def chapitre(titre: str, *clauses: Blocs) -> Chapitre:
    return Chapitre(titre, tuple(bloc for clause in clauses for bloc in clause))


def recu(texte: str, champ: str, quoi: str) -> Phrase:
    """Ce que l'acheteur a écrit, ou la place à compléter."""
    return phrase(texte.strip() if texte.strip() else a_completer(champ, quoi))


def recu_en_phrase(texte: str, champ: str, quoi: str) -> Phrase:
    return (
        phrase(mots.phrase_finie(texte)) if texte.strip() else phrase(a_completer(champ, quoi), ".")
    )


def paragraphes(texte: str) -> Blocs:
    """Un texte reçu, un paragraphe par ligne."""
    return tuple(dire(ligne) for ligne in texte.splitlines() if ligne.strip())


def somme(montant: Decimal | None, champ: str, quoi: str) -> Phrase:
    return phrase(mots.euros(montant)) if montant is not None else phrase(a_completer(champ, quoi))
