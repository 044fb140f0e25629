"""Un document en PDF, par le modèle Typst `document.typ`."""

from formats import composition, dates
from formats.caracteres import morceaux
from formats.composition import Attache
from formats.document.modele import (
    Cadre,
    Cases,
    Document,
    Fiche,
    Formulaire,
    Liste,
    Paragraphe,
    SousTitre,
    Tableau,
)
from formats.document.phrases import Phrase
from formats.document.plan import CASE, Element, Titre, elements

_MOT_TROP_LONG = 40  # caractères : au-delà, le mot doit pouvoir se couper


def pdf(document: Document, *, attache: Attache | None = None) -> bytes:
    """Le PDF, archivable et accessible ; `attache` : le fichier qu'il porte."""
    donnees: dict[str, object] = {
        "titre": document.titre,
        "objet": _coupe(document.objet),
        "auteur": document.emetteur.nom,
        "emetteur": _coupe(document.emetteur.nom),
        "coordonnees": _coupe(document.emetteur.coordonnees),
        "nature": document.nature,
        "reference": _coupe(document.reference),
        "pied": _coupe(document.pied),
        "etabli": dates.jour(document.etabli_le),
        "couverture": document.couverture,
        "ouverture": [_element(bloc) for bloc in document.ouverture],
        "elements": [_element(element) for element in elements(document)],
    }
    return composition.composer("document", donnees, etabli_le=document.etabli_le, attache=attache)


def _element(element: Element) -> dict[str, object]:
    match element:
        case Titre():
            return {"sorte": "titre", "niveau": element.niveau, "texte": _coupe(element.texte)}
        case SousTitre():
            return {"sorte": "titre", "niveau": 2, "texte": _coupe(element.titre)}
        case Paragraphe():
            return {"sorte": "paragraphe", "ton": element.ton, "phrase": _phrase(element.phrase)}
        case Liste():
            return {"sorte": "liste", "elements": [_phrase(item) for item in element.elements]}
        case Cases():
            return {
                "sorte": "cases",
                "case": CASE,
                "choix": [_phrase(choix) for choix in element.choix],
            }
        case Cadre():
            precisions = [_phrase(precision) for precision in element.precisions]
            return {
                "sorte": "cadre",
                "intitule": element.intitule,
                "phrase": _phrase(element.phrase),
                "precisions": precisions,
            }
        case Fiche():
            return {
                "sorte": "fiche",
                "lignes": [{"nom": n, "valeur": _phrase(v)} for n, v in element.lignes],
            }
        case Formulaire():
            champs = [_coupe(champ) for champ in element.champs]
            return {
                "sorte": "formulaire",
                "legende": element.legende,
                "champs": champs,
                "lignes": element.lignes,
            }
        case Tableau():
            return _tableau(element)


def _tableau(tableau: Tableau) -> dict[str, object]:
    return {
        "sorte": "tableau",
        "legende": _coupe(tableau.legende),
        "entetes": [_coupe(entete) for entete in tableau.entetes],
        "lignes": [[_phrase(cellule) for cellule in ligne] for ligne in tableau.lignes],
        "largeurs": list(tableau.largeurs),
        "a_droite": list(tableau.a_droite),
    }


def _phrase(segments: Phrase) -> list[dict[str, object]]:
    return [{"texte": _coupe(s.texte), "sorte": s.sorte, "cible": s.cible} for s in segments]


def _coupe(texte: str) -> list[str]:
    """Le texte d'un seul tenant, ou découpé si un mot est plus long qu'une ligne."""
    return morceaux(texte) if any(len(mot) > _MOT_TROP_LONG for mot in texte.split()) else [texte]
