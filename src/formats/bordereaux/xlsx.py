"""Lire un classeur XLSX au fil de l'eau :
la valeur enregistrée et la formule ensemble, sans rien calculer ni exécuter.
"""

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lxml import etree

from formats.bordereaux import bornes, refus
from formats.bordereaux.modele import Case, Classeur, Feuille, Rangee, rang_de_colonne
from formats.bordereaux.nombres import depuis_un_flottant
from formats.lecture import refus as refus_de_lecture
from formats.lecture.arbre import arbre, attribut, descendants, nom, sans_entites
from formats.lecture.archive import Archive

_ADRESSE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MACROS = ("vbaProject", "macrosheets/", "dialogsheets/")
_SUITES = {"row", "mergeCell", "col", "si"}


def lire(archive: Archive) -> Classeur:
    textes = _textes_partages(archive)
    feuilles = tuple(
        _feuille(archive.lire(chemin), titre, masquee, textes)
        for chemin, titre, masquee in _feuilles(archive)
    )
    return Classeur(
        feuilles,
        macros=any(marque in membre for membre in archive.noms for marque in _MACROS),
        liens_externes=any(membre.startswith("xl/externalLinks/") for membre in archive.noms),
    )


def _feuilles(archive: Archive) -> Iterator[tuple[str, str, bool]]:
    """Le chemin, le nom, et si la feuille est cachée ; dans l'ordre des onglets."""
    classeur = arbre(archive.lire("xl/workbook.xml"))
    liens = {
        attribut(lien, "Id"): attribut(lien, "Target")
        for lien in descendants(arbre(archive.lire("xl/_rels/workbook.xml.rels")), "Relationship")
    }
    for feuille in list(descendants(classeur, "sheet"))[: bornes.FEUILLES]:
        cible = liens.get(
            feuille.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            or "",
            "",
        )
        chemin = cible.removeprefix("/") if cible.startswith("/") else f"xl/{cible}"
        if archive.contient(chemin) and "worksheets/" in chemin:
            yield (
                chemin,
                attribut(feuille, "name"),
                attribut(feuille, "state") in {"hidden", "veryHidden"},
            )


def elements(octets: bytes, noms: set[str]) -> Iterator[Any]:
    """Chaque élément de ces noms, entier, puis oublié :
    la mémoire ne garde qu'une ligne à la fois.
    """
    sans_entites(octets)
    flux = etree.iterparse(
        io.BytesIO(octets),
        events=("end",),
        tag=[f"{{*}}{un}" for un in noms],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in flux:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as panne:
        raise refus_de_lecture.abime(refus.SORTE) from panne


def _textes_partages(archive: Archive) -> list[str]:
    if not archive.contient("xl/sharedStrings.xml"):
        return []
    return [_texte(element) for element in elements(archive.lire("xl/sharedStrings.xml"), {"si"})]


def _texte(element: Any) -> str:
    """Les morceaux d'un texte, sans la prononciation qu'un tableur japonais y ajoute."""
    morceaux = (t.text or "" for t in descendants(element, "t") if nom(t.getparent()) != "rPh")
    return "".join(morceaux)[: bornes.CARACTERES_D_UNE_CELLULE]


def _feuille(octets: bytes, titre: str, masquee: bool, textes: list[str]) -> Feuille:
    rangees: list[Rangee] = []
    colonnes_masquees: list[int] = []
    fusions: list[tuple[int, int, int, int]] = []
    for element in elements(octets, _SUITES):
        match nom(element):
            case "row":
                rangee = _rangee(element, rangees[-1].numero + 1 if rangees else 1, textes)
                if rangee.cases:
                    rangees.append(rangee)
                if len(rangees) > bornes.LIGNES:
                    raise refus.trop_de_lignes(bornes.LIGNES)
            case "col" if element.get("hidden") in {"1", "true"}:
                debut, fin = _entier(element.get("min")), _entier(element.get("max"))
                colonnes_masquees += range(debut - 1, min(fin, bornes.COLONNES))
            case "mergeCell" if len(fusions) < bornes.FUSIONS:
                fusions += _fusion(element.get("ref") or "")
    return Feuille(titre, tuple(rangees), masquee, tuple(colonnes_masquees), tuple(fusions))


def _entier(texte: str | None) -> int:
    return int(texte) if texte and texte.isdecimal() and len(texte) < 9 else 0


def _fusion(plage: str) -> list[tuple[int, int, int, int]]:
    bouts = _ADRESSE.findall(plage)
    if len(bouts) != 2:
        return []
    (c1, l1), (c2, l2) = bouts
    return [(int(l1), rang_de_colonne(c1), int(l2), rang_de_colonne(c2))]


def _rangee(element: Any, suivante: int, textes: list[str]) -> Rangee:
    numero = _entier(element.get("r")) or suivante
    cases: dict[int, Case] = {}
    colonne = -1
    for cellule in element:
        if nom(cellule) != "c":
            continue
        place = _ADRESSE.fullmatch(cellule.get("r") or "")
        colonne = rang_de_colonne(place[1]) if place else colonne + 1
        if colonne < bornes.COLONNES and (case := _case(cellule, textes)):
            cases[colonne] = case
    return Rangee(numero, cases, masquee=element.get("hidden") in {"1", "true"})


def _case(cellule: Any, textes: list[str]) -> Case | None:
    """Une cellule qui dit quelque chose : une valeur enregistrée, une formule, ou les deux."""
    valeur, formule, en_ligne = "", "", ""
    for partie in cellule:
        match nom(partie):
            case "v":
                valeur = partie.text or ""
            case "f":
                formule = f"={partie.text or '(suite d’une formule)'}"
            case "is":
                en_ligne = _texte(partie)
    texte, nombre = _valeur(cellule.get("t") or "n", valeur, en_ligne, textes)
    if not texte.strip() and nombre is None and not formule:
        return None
    vide = bool(formule) and not texte.strip() and nombre is None
    return Case(
        texte[: bornes.CARACTERES_D_UNE_CELLULE],
        nombre,
        formule[: bornes.CARACTERES_D_UNE_CELLULE],
        vide,
    )


def _valeur(
    sorte: str, valeur: str, en_ligne: str, textes: list[str]
) -> tuple[str, Decimal | None]:
    match sorte:
        case "s":
            rang = _entier(valeur)
            return (textes[rang] if valeur and rang < len(textes) else ""), None
        case "inlineStr":
            return en_ligne, None
        case "n":
            return valeur, depuis_un_flottant(valeur)
        case _:
            return valeur, None
