"""Lire un ODT : corps, tableaux, listes numérotées,
cadres de texte, notes, en-têtes et pieds de page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.lecture import lacunes, refus
from formats.lecture.arbre import Element, arbre, attribut, descendants, enfant, nom
from formats.lecture.archive import Archive
from formats.lecture.assemblage import Assemblage
from formats.lecture.styles_odt import StylesOdt
from formats.lecture.texte import Cellule, Texte
from formats.lecture.titres import niveau_dit

_MANIFESTE = "META-INF/manifest.xml"
_CONTENU = "content.xml"
_STYLES = "styles.xml"
_ESPACES_MAXIMUM = 40
_COLONNES_MAXIMUM = 1_000
_SANS_TEXTE = {
    "tracked-changes",
    "annotation",
    "annotation-end",
    "forms",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "script",
    "soft-page-break",
    "shapes",
    "ruby-text",
    "desc",
    "title",
}
_BLOCS = {
    "section",
    "index-body",
    "user-index",
    "object-index",
    "list-header",
    "table-header-rows",
    "table-rows",
    "table-row-group",
}


@dataclass
class _Ligne:
    lignes: list[str] = field(default_factory=lambda: [""])
    suites: list[Element] = field(default_factory=list)


def lire(octets: bytes) -> Texte:
    archive = Archive(octets)
    if archive.contient("encrypted-package") or _est_chiffre(archive):
        raise refus.protege()
    return _Lecteur(archive).texte()


def _est_chiffre(archive: Archive) -> bool:
    if not archive.contient(_MANIFESTE):
        return False
    return any(True for _ in descendants(arbre(archive.lire(_MANIFESTE)), "encryption-data"))


class _Lecteur:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._contenu_xml = arbre(archive.lire(_CONTENU))
        self._styles_xml = arbre(archive.lire(_STYLES)) if archive.contient(_STYLES) else None
        self._styles = StylesOdt(self._contenu_xml, self._styles_xml)
        self._rendu = Assemblage("odt")
        self._tableaux = 0
        self._a_du_texte_cache = False

    def texte(self) -> Texte:
        corps = enfant(enfant(self._contenu_xml, "body"), "text")
        if corps is None:
            raise refus.abime("ODT")
        self._blocs(corps)
        self._en_tetes()
        self._dire_les_lacunes()
        return self._rendu.texte()

    # ------------------------------------------------------------------ les blocs

    def _blocs(
        self, conteneur: Element, cellule: Cellule | None = None, listes: tuple[str, ...] = ()
    ) -> None:
        for bloc in conteneur:
            if self._rendu.est_plein:
                return
            sorte = nom(bloc)
            if sorte in _SANS_TEXTE:
                continue
            if sorte in {"p", "h"}:
                self._paragraphe(bloc, cellule, "")
            elif sorte == "list":
                self._liste(bloc, cellule, listes)
            elif sorte == "table":
                self._tableau(bloc)
            elif sorte == "section" and attribut(bloc, "display") == "none":
                self._a_du_texte_cache = True
            elif sorte in _BLOCS or sorte in {"frame", "text-box"}:
                self._blocs(bloc, cellule, listes)

    def _liste(self, liste: Element, cellule: Cellule | None, parents: tuple[str, ...]) -> None:
        style = attribut(liste, "style-name") or (parents[-1] if parents else "")
        rang = len(parents)
        for element in liste:
            if nom(element) not in {"list-item", "list-header"}:
                continue
            prefixe = self._styles.prefixe(style, rang) if nom(element) == "list-item" else ""
            for bloc in element:
                if nom(bloc) in {"p", "h"}:
                    self._paragraphe(bloc, cellule, prefixe)
                    prefixe = ""
                elif nom(bloc) == "list":
                    self._liste(bloc, cellule, (*parents, style))
        self._styles.finir(style, rang)

    def _tableau(self, tableau: Element) -> None:
        self._tableaux += 1
        numero = self._tableaux
        for ligne, rangee in enumerate(_lignes(tableau), start=1):
            colonne = 1
            for case in rangee:
                if nom(case) == "table-cell":
                    self._blocs(case, Cellule(numero, ligne, colonne))
                if nom(case) in {"table-cell", "covered-table-cell"}:
                    colonne += _nombre(attribut(case, "number-columns-repeated"), _COLONNES_MAXIMUM)

    def _paragraphe(self, paragraphe: Element, cellule: Cellule | None, prefixe: str) -> None:
        style = attribut(paragraphe, "style-name")
        if self._styles.cache(style):
            self._a_du_texte_cache |= bool("".join(paragraphe.itertext()).strip())
            return
        ligne = _Ligne()
        self._contenu(paragraphe, ligne)
        lignes = [morceau for morceau in ligne.lignes if morceau.strip()]
        if lignes:
            niveau = self._niveau(paragraphe, style, lignes) if cellule is None else None
            if nom(paragraphe) == "h" and not prefixe:
                prefixe = self._styles.prefixe_de_titre(niveau or 1)
            lignes[0] = prefixe + lignes[0]
            if niveau is not None:
                self._rendu.titre(" ".join(lignes), niveau=niveau)
            else:
                for morceau in lignes:
                    self._rendu.paragraphe(morceau, cellule=cellule)
        for suite in ligne.suites:
            self._blocs(suite, cellule)

    def _niveau(self, paragraphe: Element, style: str, lignes: list[str]) -> int | None:
        if nom(paragraphe) == "h":
            return _nombre(attribut(paragraphe, "outline-level"), 10)
        if len(lignes) == 1 and self._est_tout_en_gras(paragraphe, style):
            return niveau_dit(lignes[0])
        return None

    def _est_tout_en_gras(self, paragraphe: Element, style: str) -> bool:
        if self._styles.en_gras(style):
            return True
        portees = [
            noeud
            for noeud in paragraphe
            if nom(noeud) == "span" and "".join(noeud.itertext()).strip()
        ]
        nus = [paragraphe.text, *(noeud.tail for noeud in paragraphe)]
        return (
            bool(portees)
            and not any((nu or "").strip() for nu in nus)
            and all(self._styles.en_gras(attribut(portee, "style-name")) for portee in portees)
        )

    def _en_tetes(self) -> None:
        """Une fois chacun : ils se répètent sur toutes les pages."""
        if self._styles_xml is None:
            return
        self._rendu.section("En-tête et pied de page")
        dits: set[str] = set()
        for noeud in descendants(self._styles_xml, "master-page"):
            for zone in noeud:
                dit = "".join(zone.itertext()).strip()
                if nom(zone).startswith(("header", "footer")) and dit and dit not in dits:
                    dits.add(dit)
                    self._blocs(zone)

    # ------------------------------------------------------------------ dans un paragraphe

    def _contenu(self, element: Element, ligne: _Ligne) -> None:
        ligne.lignes[-1] += element.text or ""
        for noeud in element:
            self._noeud(noeud, ligne)
            ligne.lignes[-1] += noeud.tail or ""

    def _noeud(self, noeud: Element, ligne: _Ligne) -> None:
        sorte = nom(noeud)
        if sorte in _SANS_TEXTE or not sorte:
            return
        if sorte == "s":
            ligne.lignes[-1] += " " * _nombre(attribut(noeud, "c"), _ESPACES_MAXIMUM)
        elif sorte == "tab":
            ligne.lignes[-1] += " "
        elif sorte == "line-break":
            ligne.lignes.append("")
        elif sorte in {"hidden-text", "hidden-paragraph"} or self._styles.cache(
            attribut(noeud, "style-name")
        ):
            self._a_du_texte_cache |= bool(
                "".join(noeud.itertext()).strip() or attribut(noeud, "string-value")
            )
        elif sorte == "note":
            corps = enfant(noeud, "note-body")
            ligne.suites += [corps] if corps is not None else []
        elif sorte == "frame":
            ligne.suites += [boite for boite in noeud if nom(boite) == "text-box"]
        elif sorte in {"custom-shape", "g", "rect", "text-box", "object"}:
            ligne.suites.append(noeud)
        elif sorte == "a":
            self._lien(noeud, ligne)
        else:
            self._contenu(noeud, ligne)

    def _lien(self, lien: Element, ligne: _Ligne) -> None:
        """L'adresse derrière un lien, si le texte ne la dit pas :
        « le profil d'acheteur (https://…) ».
        """
        debut = len(ligne.lignes[-1])
        self._contenu(lien, ligne)
        adresse, dit = attribut(lien, "href"), ligne.lignes[-1][debut:].strip()
        if (
            adresse.startswith(("http", "mailto:"))
            and dit
            and adresse.rstrip("/").rpartition("/")[2] not in dit
        ):
            ligne.lignes[-1] += f" ({adresse.removeprefix('mailto:')})"

    # ------------------------------------------------------------------ ce qui n'est pas lu

    def _dire_les_lacunes(self) -> None:
        presents = {nom(noeud) for noeud in self._contenu_xml.iter()}
        if any(n.startswith(("Basic/", "Scripts/")) for n in self._archive.noms):
            self._rendu.lacune(lacunes.MACROS)
        if presents & {"changed-region"}:
            self._rendu.lacune(lacunes.MODIFICATIONS)
        if self._a_du_texte_cache:
            self._rendu.lacune(lacunes.CACHE)
        if presents & {"annotation"}:
            self._rendu.lacune(lacunes.COMMENTAIRES)
        if presents & {"object", "object-ole", "plugin", "applet"}:
            self._rendu.lacune(lacunes.INCORPORES)


def _lignes(tableau: Element) -> Iterator[Element]:
    for noeud in tableau:
        if nom(noeud) == "table-row":
            yield noeud
        elif nom(noeud) in _BLOCS:
            yield from _lignes(noeud)


def _nombre(ecrit: str, maximum: int) -> int:
    return max(1, min(int(ecrit), maximum)) if ecrit.isdecimal() and len(ecrit) < 10 else 1
