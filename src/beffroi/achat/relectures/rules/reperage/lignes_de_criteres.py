"""Les critères pondérés, ligne par ligne :
un nom à côté de chaque poids, là où le texte parle de juger les offres.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from beffroi.achat.relectures.rules.reperage import ponderation
from beffroi.achat.relectures.rules.reperage.ponderation import PoidsEcrit, Unite
from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher_dans, plier
from formats.lecture import Cellule, Paragraphe, Texte

_TITRE = re.compile(
    r"criteres?\b|jugement\s+des\s+(?:offres|propositions)|attribution\b|choix\s+de\s+l'offre"
    r"|ponderation|(?:analyse|examen|classement)\s+des\s+offres"
)
_SELECTION = re.compile(r"candidature|selection\s+des\s+candidat")
_ANNONCE = re.compile(r"ponder|\bpoids\b|hierarchi|suivants?\b|attribution|\bjug")
_ENTETE_DE_POIDS = re.compile(r"ponderation|poids|coefficient|points?\b|note\s+max|bareme|%")
_NOMBRE_SEUL = re.compile(rf"^\s*(?P<nombre>{ponderation.NOMBRE})\s*$")
_PAS_UN_CRITERE = re.compile(
    r"\btva\b|\bavance\b|retenue\s+de\s+garantie|penalit|\btaux\b|revision|\bremise\s+de\b|rabais"
    r"|anormalement|acompte"
    r"|chiffre\s+d'affaires|sous-trait|\bnotes?\s+(?:est|sont|inferieure|sera|seront|obtenue)"
    r"|note\s*=|\bpart\b"
    r"|inferieure?s?\s+a\b|superieure?s?\s+a\b|eliminatoire|par\s+rapport\s+a\b|insertion"
    r"|du\s+montant|cautionnement"
    r"|^\W*(?:les\s+|chaque\s+|l')?(?:offres?|propositions?|candidats?|notes?)\s+"
    r"(?:est|sont|sera|seront)?\s*\w*not\w+|\bexcede|\bdepass|\btranche\b|\becart"
)
_SOUS_CRITERE = re.compile(r"\bsous[\s-]?criteres?\b|^\W*dont\b")
_TETE = re.compile(r"^\W*(?:\d+\W+)?criteres?\s*(?:n\s?[°o]\s?)?\d")
_TOTAL = re.compile(r"^\W*(?:sous-)?total\b|\btotal\s*(?:general)?\s*:?\s*$")
_LOT = re.compile(r"\blots?\s*(?:n\s?[°o]\.?\s?)?(\d{1,3})\b")
_LIGNE_COURTE = 160
# Dans un PDF, une rangée de tableau est une ligne :
# l'en-tête « Critères Points », puis « Prix 55 ».
_ENTETE_EN_LIGNE = re.compile(
    r"^\D{0,12}\bcriteres?\b[^.:;\d]{0,60}\b"
    r"(?P<unite>points?|ponderation|poids|coefficient)\b[^.:;\d]{0,20}$"
)
_RANGEE = re.compile(rf"^(?P<nom>\D.*[^\d\s.,])\s+(?P<nombre>{ponderation.NOMBRE})$")
_BORDS = re.compile(r"^[\s\-–—•▪*·:(),;.]+|[\s\-–—:(,;.…=]+$")


@dataclass(frozen=True, kw_only=True)
class CritereEcrit:
    """Un critère tel que le texte le nomme.

    `est_sous_critere` : il partage le poids du critère qui le précède.
    """

    nom: str
    poids: Decimal
    unite: Unite
    est_sous_critere: bool = False
    est_numerote: bool = False


@dataclass(frozen=True)
class Ligne:
    """Un critère, et le lot dont le texte vient de parler, s'il n'en nomme qu'un."""

    critere: Trouvaille[CritereEcrit]
    lot: int | None


def lignes(texte: Texte) -> Iterator[Ligne]:
    """Les critères pondérés, dans l'ordre du texte."""
    lot: int | None = None
    ouvert, titre, tableaux, colonne = False, "", _Tableaux(texte), _Colonne()
    for precedent, paragraphe in pairwise((None, *texte.paragraphes)):
        assert paragraphe is not None
        plie = plier(paragraphe.texte)
        if paragraphe.titre != titre:
            titre, lot = paragraphe.titre, _lot_seul(plier(paragraphe.titre))
            ouvert = bool(_TITRE.search(plier(titre))) and not _SELECTION.search(plier(titre))
        ouvert = ouvert or bool(re.search(r"\bcriteres?\b", plie) and _ANNONCE.search(plie))
        ouvert = ouvert or bool(_ENTETE_EN_LIGNE.match(plie))
        lot = _lot_seul(plie) or lot
        if ouvert:
            for critere in colonne.lire(paragraphe) or _criteres_du_paragraphe(
                paragraphe, precedent, tableaux
            ):
                yield Ligne(critere, lot)


def _lot_seul(plie: str) -> int | None:
    nommes = {int(numero) for numero in _LOT.findall(plie)} if len(plie) < _LIGNE_COURTE else set()
    return nommes.pop() if len(nommes) == 1 else None


class _Colonne:
    """Les rangées d'un tableau lu ligne à ligne :
    le nombre au bout de chacune, dans l'unité de l'en-tête.
    """

    def __init__(self) -> None:
        self._unite: Unite | None = None

    def lire(self, paragraphe: Paragraphe) -> list[Trouvaille[CritereEcrit]]:
        plie = plier(paragraphe.texte)
        if paragraphe.cellule is not None:
            self._unite = None
        elif entete := _ENTETE_EN_LIGNE.match(plie):
            self._unite = _unite(plie if "%" in plie else entete["unite"])
        elif self._unite is not None and (rangee := _RANGEE.match(plie)):
            libelle = paragraphe.texte[: rangee.end("nom")]
            if _nomme_un_critere(plier(libelle)):
                return [
                    _critere(
                        paragraphe,
                        (rangee.start("nombre"), rangee.end()),
                        libelle,
                        self._poids(rangee),
                    )
                ]
        elif not ponderation.MOTIF.search(plie):
            self._unite = None
        return []

    def _poids(self, rangee: re.Match[str]) -> PoidsEcrit:
        return PoidsEcrit(
            nombre=ponderation.en_decimal(rangee["nombre"]), unite=self._unite or "points"
        )


def _unite(entete: str) -> Unite:
    return "%" if "%" in entete else "coefficient" if "coef" in entete else "points"


class _Tableaux:
    """Les cellules d'un texte, par leur place."""

    def __init__(self, texte: Texte) -> None:
        self._par_ligne: dict[tuple[int, int], list[Paragraphe]] = defaultdict(list)
        for paragraphe in texte.paragraphes:
            if paragraphe.cellule:
                self._par_ligne[paragraphe.cellule.tableau, paragraphe.cellule.ligne].append(
                    paragraphe
                )

    def entete(self, cellule: Cellule) -> str:
        tete = self._par_ligne[cellule.tableau, 1]
        return " ".join(p.texte for p in tete if p.cellule and p.cellule.colonne == cellule.colonne)

    def libelle(self, cellule: Cellule) -> str:
        """Le premier texte à gauche, sur la même ligne."""
        ligne = self._par_ligne[cellule.tableau, cellule.ligne]
        gauche = (p.texte for p in ligne if p.cellule and p.cellule.colonne < cellule.colonne)
        return next((texte for texte in gauche if re.search(r"[^\W\d]{3}", texte)), "")


def _criteres_du_paragraphe(
    paragraphe: Paragraphe, precedent: Paragraphe | None, tableaux: _Tableaux
) -> Iterator[Trouvaille[CritereEcrit]]:
    trouves = list(chercher_dans(paragraphe, ponderation.MOTIF, ponderation.lire)) or list(
        _nombre_de_colonne(paragraphe, tableaux)
    )
    for trouve, libelle in _avec_leur_libelle(paragraphe, precedent, trouves, tableaux):
        plie, suite = plier(libelle), plier(paragraphe.texte)[trouve.fin : trouve.fin + 25]
        if not _nomme_un_critere(plie) or _PAS_UN_CRITERE.search(
            plie + " " + re.split(r"[.;,]", suite)[0]
        ):
            continue
        yield _critere(paragraphe, (trouve.debut, trouve.fin), libelle, trouve.valeur)


def _critere(
    paragraphe: Paragraphe, place: tuple[int, int], libelle: str, poids: PoidsEcrit
) -> Trouvaille[CritereEcrit]:
    plie = plier(libelle)
    critere = CritereEcrit(
        nom=_nom(libelle),
        poids=poids.nombre,
        unite=poids.unite,
        est_sous_critere=bool(_SOUS_CRITERE.search(plie)),
        est_numerote=bool(_TETE.search(plie)),
    )
    return Trouvaille(paragraphe=paragraphe, debut=place[0], fin=place[1], valeur=critere)


def _avec_leur_libelle(
    paragraphe: Paragraphe,
    precedent: Paragraphe | None,
    trouves: list[Trouvaille[PoidsEcrit]],
    tableaux: _Tableaux,
) -> Iterator[tuple[Trouvaille[PoidsEcrit], str]]:
    """« Prix : 60 % », « 60 % :
    prix », ou le nom dans la cellule de gauche, ou à la ligne d'avant.
    """
    texte, debut = paragraphe.texte, 0
    poids_d_abord = bool(trouves) and not _BORDS.sub("", texte[: trouves[0].debut])
    for rang, trouve in enumerate(trouves):
        fin = trouves[rang + 1].debut if rang + 1 < len(trouves) else len(texte)
        libelle = (
            re.split(r"[.;,]\s", texte[trouve.fin : fin])[0]
            if poids_d_abord
            else texte[debut : trouve.debut]
        )
        debut = trouve.fin
        if not re.search(r"[^\W\d]{3}", libelle):
            libelle = _a_cote(paragraphe, precedent, tableaux)
        yield trouve, libelle


def _a_cote(paragraphe: Paragraphe, precedent: Paragraphe | None, tableaux: _Tableaux) -> str:
    if paragraphe.cellule:
        return tableaux.libelle(paragraphe.cellule)
    return precedent.texte if precedent is not None and len(precedent.texte) < _LIGNE_COURTE else ""


def _nombre_de_colonne(
    paragraphe: Paragraphe, tableaux: _Tableaux
) -> Iterator[Trouvaille[PoidsEcrit]]:
    """« 60 » seul dans une cellule, sous un en-tête « Pondération »."""
    cellule = paragraphe.cellule
    if cellule is None or cellule.ligne == 1:
        return
    entete = plier(tableaux.entete(cellule))
    if _ENTETE_DE_POIDS.search(entete):
        unite = _unite(entete)
        yield from chercher_dans(
            paragraphe,
            _NOMBRE_SEUL,
            lambda m: PoidsEcrit(nombre=ponderation.en_decimal(m["nombre"]), unite=unite),
        )


def _nomme_un_critere(plie: str) -> bool:
    return (
        bool(re.search(r"[a-z]{3}", plie))
        and not _TOTAL.search(plie)
        and not re.search(r"\bou\s*$", plie)
    )


def _nom(libelle: str) -> str:
    """Le nom d'un critère : sans puce, sans numéro, sans ce qui annonce le poids."""
    court = re.sub(
        (
            r"(?i)\W*\b(?:pond[ée]r[ée]e?s?(?:\s+[àa])?|not[ée]e?s?\s+sur|sur|pour|pond[ée]ration"
            r"(?:\s+de)?)\W*$"
        ),
        "",
        libelle,
    )
    court = re.split(r"(?<=[.;:])\s", _BORDS.sub("", court))[-1]
    court = re.sub(
        r"(?i)^\W*(?:sous[\s-]?)?crit[èe]re\s*(?:n\s?[°o]\s?)?\d*(?:[.\-]\d+)*\s*[:.\-–]?\s*",
        "",
        court,
    )
    court = re.sub(r"^\W*(?:\d+(?:[.\-]\d+)*\s*[.)\-–:]\s*|[a-zA-Z]\)\s*)", "", court)
    court = re.sub(r"^\W*(?:et|puis|dont)\s+", "", court)
    return _BORDS.sub("", court)
