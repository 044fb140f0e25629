"""Lire un classeur ODS au fil de l'eau : ce qui se répète est compté, jamais déroulé sans fin."""

from decimal import Decimal, InvalidOperation
from typing import Any

from formats.bordereaux import bornes, refus
from formats.bordereaux.modele import Case, Classeur, Feuille, Rangee
from formats.bordereaux.nombres import PLUS_GRAND
from formats.bordereaux.xlsx import elements
from formats.lecture.arbre import attribut, descendants, enfants, nom
from formats.lecture.archive import Archive

_SCRIPTS = ("Basic/", "Scripts/")


def lire(archive: Archive) -> Classeur:
    octets = archive.lire("content.xml")
    lecteur = _Lecteur()
    for element in elements(
        octets, {"style", "table-column", "table-row", "table", "event-listener", "table-source"}
    ):
        lecteur.recevoir(element)
    return Classeur(
        tuple(lecteur.feuilles),
        macros=lecteur.scripts or any(membre.startswith(_SCRIPTS) for membre in archive.noms),
        liens_externes=lecteur.liens,
    )


class _Lecteur:
    """Les éléments arrivent par la fin : les lignes d'une table avant la table qui les tient."""

    def __init__(self) -> None:
        self.feuilles: list[Feuille] = []
        self.scripts = self.liens = False
        self._styles_caches: set[str] = set()
        self._neuve()

    def _neuve(self) -> None:
        self._rangees: list[Rangee] = []
        self._fusions: list[tuple[int, int, int, int]] = []
        self._colonnes_masquees: list[int] = []
        self._ligne, self._colonne = 1, 0

    def recevoir(self, element: Any) -> None:
        match nom(element):
            case "style":
                if any(
                    attribut(p, "display") == "false" for p in enfants(element, "table-properties")
                ):
                    self._styles_caches.add(attribut(element, "name"))
            case "table-column":
                fois = _fois(element, "number-columns-repeated")
                if attribut(element, "visibility") in {"collapse", "filter"}:
                    self._colonnes_masquees += range(
                        self._colonne, min(self._colonne + fois, bornes.COLONNES)
                    )
                self._colonne += fois
            case "table-row":
                self._recevoir_une_ligne(element)
            case "table" if len(self.feuilles) < bornes.FEUILLES:
                cachee = attribut(element, "style-name") in self._styles_caches
                self.feuilles.append(
                    Feuille(
                        attribut(element, "name"),
                        tuple(self._rangees),
                        cachee,
                        tuple(self._colonnes_masquees),
                        tuple(self._fusions),
                    )
                )
                self._neuve()
            case "event-listener":
                self.scripts = True
            case "table-source":
                self.liens = True

    def _recevoir_une_ligne(self, element: Any) -> None:
        fois = _fois(element, "number-rows-repeated")
        cases = self._cases(element)
        cachee = attribut(element, "visibility") in {"collapse", "filter"}
        for rang in range(fois if cases else 0):
            self._rangees.append(Rangee(self._ligne + rang, cases, cachee))
            if len(self._rangees) > bornes.LIGNES:
                raise refus.trop_de_lignes(bornes.LIGNES)
        self._ligne += fois

    def _cases(self, rangee: Any) -> dict[int, Case]:
        cases: dict[int, Case] = {}
        colonne = 0
        for cellule in rangee:
            if nom(cellule) not in {"table-cell", "covered-table-cell"}:
                continue
            fois = _fois(cellule, "number-columns-repeated")
            case = _case(cellule)
            for rang in range(colonne, min(colonne + fois, bornes.COLONNES) if case else colonne):
                cases[rang] = case  # type: ignore[assignment]  # la plage est vide quand la case l'est
            self._fusionner(cellule, colonne)
            colonne += fois
        return cases

    def _fusionner(self, cellule: Any, colonne: int) -> None:
        hauteur, largeur = (
            _fois(cellule, "number-rows-spanned"),
            _fois(cellule, "number-columns-spanned"),
        )
        if hauteur * largeur > 1 and len(self._fusions) < bornes.FUSIONS:
            self._fusions.append(
                (self._ligne, colonne, self._ligne + hauteur - 1, colonne + largeur - 1)
            )


def _fois(element: Any, repetition: str) -> int:
    texte = attribut(element, repetition)
    return max(int(texte), 1) if texte.isdecimal() and len(texte) < 9 else 1


def _case(cellule: Any) -> Case | None:
    sorte, formule = attribut(cellule, "value-type"), attribut(cellule, "formula")
    lignes = (
        "".join(p.itertext())
        for p in descendants(cellule, "p")
        if nom(p.getparent()) != "annotation"
    )
    texte = "\n".join(lignes)[: bornes.CARACTERES_D_UNE_CELLULE]
    nombre = (
        _nombre(attribut(cellule, "value"))
        if sorte in {"float", "currency", "percentage"}
        else None
    )
    if not texte.strip() and nombre is None and not formule:
        return None
    ecrite = formule.partition(":")[2] or formule
    sans_valeur = bool(formule) and nombre is None and not texte.strip()
    return Case(texte, nombre, ecrite[: bornes.CARACTERES_D_UNE_CELLULE], sans_valeur)


def _nombre(texte: str) -> Decimal | None:
    """Un ODS écrit ses nombres en décimal : ils se lisent tels quels, jusqu'à quinze chiffres."""
    try:
        valeur = Decimal(texte)
    except InvalidOperation:
        return None
    if not valeur.is_finite() or abs(valeur) >= PLUS_GRAND:
        return None
    return Decimal(f"{valeur:.15g}") if len(valeur.as_tuple().digits) > 15 else valeur
