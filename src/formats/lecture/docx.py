"""Lire un DOCX : corps, tableaux, listes numérotées,
zones de texte, notes, en-têtes et pieds de page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.lecture import lacunes, refus
from formats.lecture.arbre import Element, arbre, attribut, descendants, enfant, enfants, nom
from formats.lecture.archive import Archive
from formats.lecture.assemblage import Assemblage
from formats.lecture.numerotation import Numerotation, numerotation_de, styles_numerotes
from formats.lecture.styles_docx import Styles, est_cache, est_gras, niveau_de_plan
from formats.lecture.texte import Cellule, Texte
from formats.lecture.titres import niveau_dit

_CORPS = "word/document.xml"
# Ce qui entoure du texte sans en être : on entre. « ins », « moveTo » : ajouté en suivi.
# « smartTag », « sdt » : des cadres.
_ENVELOPPES = {
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtContent",
    "fldSimple",
    "customXml",
    "dir",
    "bdo",
}
_ZONES = {"drawing", "pict", "object"}


@dataclass
class _Ligne:
    """Un paragraphe en cours de lecture : ses lignes, et ce qui le suit (zones de texte, notes)."""

    lignes: list[str] = field(default_factory=lambda: [""])
    zones: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gras: int = 0
    maigre: int = 0

    def ajouter(self, texte: str, *, en_gras: bool) -> None:
        self.lignes[-1] += texte
        if en_gras:
            self.gras += len(texte.strip())
        else:
            self.maigre += len(texte.strip())


def lire(octets: bytes) -> Texte:
    return _Lecteur(Archive(octets)).texte()


class _Lecteur:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._corps = self._chemin_du_corps()
        self._dossier = self._corps.rpartition("/")[0]
        styles = self._partie("styles.xml")
        self._styles = Styles(styles)
        self._numeros = Numerotation(self._partie("numbering.xml"))
        self._styles_numerotes = styles_numerotes(styles)
        self._liens = self._lire_les_liens()
        self._notes = self._lire_les_notes()
        self._rendu = Assemblage("docx")
        self._tableaux = 0
        self._a_du_texte_cache = False

    def texte(self) -> Texte:
        racine = arbre(self._archive.lire(self._corps))
        corps = enfant(racine, "body")
        if corps is None:
            raise refus.abime("DOCX")
        self._blocs(corps)
        self._en_tetes()
        self._dire_les_lacunes(racine)
        return self._rendu.texte()

    # ------------------------------------------------------------------ les parties de l'archive

    def _chemin_du_corps(self) -> str:
        if self._archive.contient(_CORPS):
            return _CORPS
        voisins = sorted(
            n for n in self._archive.noms if n.startswith("word/document") and n.endswith(".xml")
        )
        if not voisins:
            raise refus.abime("DOCX")
        return voisins[0]

    def _partie(self, fichier: str) -> Element | None:
        chemin = f"{self._dossier}/{fichier}"
        return arbre(self._archive.lire(chemin)) if self._archive.contient(chemin) else None

    def _lire_les_liens(self) -> dict[str, str]:
        relations = self._partie(f"_rels/{self._corps.rpartition('/')[2]}.rels")
        if relations is None:
            return {}
        return {
            attribut(r, "Id"): attribut(r, "Target")
            for r in relations
            if attribut(r, "TargetMode") == "External"
        }

    def _lire_les_notes(self) -> dict[str, Element]:
        notes: dict[str, Element] = {}
        for fichier, sorte in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
            racine = self._partie(fichier)
            if racine is not None:
                notes |= {
                    f"{sorte}{attribut(n, 'id')}": n
                    for n in enfants(racine, sorte)
                    if not attribut(n, "type")
                }
        return notes

    # ------------------------------------------------------------------ les blocs

    def _blocs(self, conteneur: Element, cellule: Cellule | None = None) -> None:
        for bloc in conteneur:
            if self._rendu.est_plein:
                return
            sorte = nom(bloc)
            if sorte == "p":
                self._paragraphe(bloc, cellule)
            elif sorte == "tbl":
                self._tableau(bloc)
            elif sorte in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "txbxContent"}:
                self._blocs(bloc, cellule)

    def _tableau(self, tableau: Element) -> None:
        self._tableaux += 1
        numero, rangees = self._tableaux, [*_a_travers(tableau, "tr")]
        for ligne, rangee in enumerate(rangees, start=1):
            if enfant(enfant(rangee, "trPr"), "del") is not None:
                continue
            colonne = 1
            for case in _a_travers(rangee, "tc"):
                self._blocs(case, Cellule(numero, ligne, colonne))
                colonne += _largeur(case)

    def _paragraphe(self, paragraphe: Element, cellule: Cellule | None) -> None:
        proprietes = enfant(paragraphe, "pPr")
        style = _style(proprietes)
        if self._styles.est_un_sommaire(style):
            return
        ligne = _Ligne()
        if self._styles.cache(style):
            self._a_du_texte_cache |= any(
                (t.text or "").strip() for t in descendants(paragraphe, "t")
            )
        else:
            self._contenu(paragraphe, ligne, en_gras=self._styles.en_gras(style))
        lignes = [morceau for morceau in ligne.lignes if morceau.strip()]
        if lignes:
            lignes[0] = self._prefixe(proprietes, style) + lignes[0]
            self._ranger(
                lignes,
                self._niveau(proprietes, style, lignes, ligne) if cellule is None else None,
                cellule,
            )
        for zone in ligne.zones:
            self._blocs(zone, cellule)
        for note in ligne.notes:
            self._note(note, cellule)

    def _ranger(self, lignes: list[str], niveau: int | None, cellule: Cellule | None) -> None:
        if niveau is not None:
            self._rendu.titre(" ".join(lignes), niveau=niveau)
            return
        for ligne in lignes:
            self._rendu.paragraphe(ligne, cellule=cellule)

    def _niveau(
        self, proprietes: Element | None, style: str, lignes: list[str], ligne: _Ligne
    ) -> int | None:
        niveau = niveau_de_plan(proprietes) or self._styles.niveau_de_titre(style)
        if niveau is None and len(lignes) == 1 and ligne.gras and not ligne.maigre:
            return niveau_dit(lignes[0])
        return niveau

    def _prefixe(self, proprietes: Element | None, style: str) -> str:
        demande = numerotation_de(proprietes) or self._styles_numerotes.get(style)
        return "" if demande is None else self._numeros.prefixe(*demande)

    def _note(self, cle: str, cellule: Cellule | None) -> None:
        note = self._notes.pop(cle, None)
        if note is not None:
            self._blocs(note, cellule)

    def _en_tetes(self) -> None:
        """Une fois chacun : ils se répètent sur toutes les pages."""
        dits: set[str] = set()
        fichiers = sorted(
            n
            for n in self._archive.noms
            if n.startswith((f"{self._dossier}/header", f"{self._dossier}/footer"))
        )
        self._rendu.section("En-tête et pied de page")
        for fichier in fichiers:
            racine = arbre(self._archive.lire(fichier)) if fichier.endswith(".xml") else None
            if (
                racine is not None
                and (texte := "".join(racine.itertext()).strip())
                and texte not in dits
            ):
                dits.add(texte)
                self._blocs(racine)

    # ------------------------------------------------------------------ dans un paragraphe

    def _contenu(self, element: Element, ligne: _Ligne, *, en_gras: bool, lien: str = "") -> None:
        for noeud in element:
            sorte = nom(noeud)
            if sorte == "r":
                self._passage(noeud, ligne, en_gras=en_gras)
            elif sorte == "hyperlink":
                debut = len(ligne.lignes[-1])
                self._contenu(noeud, ligne, en_gras=en_gras)
                self._cible(noeud, ligne, debut)
            elif sorte == "AlternateContent":
                self._contenu(_choix(noeud), ligne, en_gras=en_gras)
            elif sorte in _ENVELOPPES:
                self._contenu(noeud, ligne, en_gras=en_gras)
            elif sorte in {"oMath", "oMathPara"}:
                ligne.ajouter(
                    "".join(t.text or "" for t in descendants(noeud, "t")), en_gras=en_gras
                )

    def _cible(self, lien: Element, ligne: _Ligne, debut: int) -> None:
        """L'adresse derrière un lien, si le texte ne la dit pas :
        « le profil d'acheteur (https://…) ».
        """
        adresse = self._liens.get(attribut(lien, "id"), "")
        dit = ligne.lignes[-1][debut:].strip()
        if (
            adresse.startswith(("http", "mailto:"))
            and dit
            and adresse.rstrip("/").rpartition("/")[2] not in dit
        ):
            ligne.lignes[-1] += f" ({adresse.removeprefix('mailto:')})"

    def _passage(self, passage: Element, ligne: _Ligne, *, en_gras: bool) -> None:
        proprietes = enfant(passage, "rPr")
        if est_cache(proprietes) or (
            proprietes is not None and self._styles.cache(_style(proprietes, "rStyle"))
        ):
            self._a_du_texte_cache |= any((t.text or "").strip() for t in enfants(passage, "t"))
            return
        gras = en_gras or est_gras(proprietes)
        for noeud in passage:
            self._signe(noeud, ligne, en_gras=gras)

    def _signe(self, noeud: Element, ligne: _Ligne, *, en_gras: bool) -> None:
        sorte = nom(noeud)
        if sorte == "t":
            ligne.ajouter(noeud.text or "", en_gras=en_gras)
        elif sorte in {"tab", "ptab"}:
            ligne.ajouter(" ", en_gras=en_gras)
        elif sorte in {"br", "cr"}:
            ligne.lignes.append("")
        elif sorte == "noBreakHyphen":
            ligne.ajouter("-", en_gras=en_gras)
        elif sorte == "AlternateContent":
            for autre in _choix(noeud):
                self._signe(autre, ligne, en_gras=en_gras)
        elif sorte in _ZONES:
            ligne.zones += _zones_de_texte(noeud)
        elif sorte in {"footnoteReference", "endnoteReference"}:
            ligne.notes.append(sorte.removesuffix("Reference") + attribut(noeud, "id"))

    # ------------------------------------------------------------------ ce qui n'est pas lu

    def _dire_les_lacunes(self, racine: Element) -> None:
        presents = {nom(noeud) for noeud in racine.iter()}
        noms = self._archive.noms
        if any(n.endswith(("vbaProject.bin", "vbaData.xml")) for n in noms):
            self._rendu.lacune(lacunes.MACROS)
        if presents & {"del", "moveFrom", "ins", "moveTo"}:
            self._rendu.lacune(lacunes.MODIFICATIONS)
        if self._a_du_texte_cache:
            self._rendu.lacune(lacunes.CACHE)
        if f"{self._dossier}/comments.xml" in noms and "commentReference" in presents:
            self._rendu.lacune(lacunes.COMMENTAIRES)
        if presents & {"object", "altChunk", "control"}:
            self._rendu.lacune(lacunes.INCORPORES)


def _a_travers(element: Element, local: str) -> Iterator[Element]:
    """Les enfants de ce nom, à travers les cadres et le suivi des modifications."""
    for noeud in element:
        if nom(noeud) == local:
            yield noeud
        elif nom(noeud) in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _a_travers(noeud, local)


def _zones_de_texte(element: Element) -> Iterator[Element]:
    """Les zones de texte les plus hautes : celles qu'elles contiennent se lisent avec elles."""
    for noeud in _choix(element) if nom(element) == "AlternateContent" else element:
        if nom(noeud) == "txbxContent":
            yield noeud
        else:
            yield from _zones_de_texte(noeud)


def _choix(alternative: Element) -> Element:
    """Une zone de texte est écrite deux fois, pour l'ancien et le nouveau Word : on en lit une."""
    choix = enfant(alternative, "Choice")
    repli = enfant(alternative, "Fallback")
    if choix is not None and (repli is None or any(True for _ in descendants(choix, "t"))):
        return choix
    return repli if repli is not None else alternative


def _largeur(case: Element) -> int:
    etendue = enfant(enfant(case, "tcPr"), "gridSpan")
    valeur = "" if etendue is None else attribut(etendue, "val")
    return int(valeur) if valeur.isdecimal() and 0 < len(valeur) < 4 else 1


def _style(proprietes: Element | None, balise: str = "pStyle") -> str:
    style = enfant(proprietes, balise)
    return "" if style is None else attribut(style, "val")
