"""Lire un tableau dans le fichier qu'une personne a sous la main : ODS, XLSX, ou CSV.

Un classeur se déplie dans l'enclos ; sa première feuille visible qui dit quelque chose est lue.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence

from formats import tableau_lu
from formats.bordereaux.lire import classeur_de
from formats.bordereaux.modele import Case, Feuille
from formats.lecture import enclos
from formats.lecture.lire import mesurer
from formats.lecture.refus import DocumentIllisible
from formats.tableau_lu import TableauIllisible, TableauLu

# Un tableau de cinq mille lignes en est loin : au-delà, un guillemet ne se referme pas.
SIGNES_D_UNE_CELLULE = 4_000
_ILLISIBLE = re.compile("[\0\N{REPLACEMENT CHARACTER}]")
type Rangs = list[tuple[int, list[str]]]


def lire(
    octets: bytes,
    nom: str,
    *,
    colonnes: Mapping[str, Collection[str]],
    obligatoires: Sequence[str],
) -> TableauLu:
    """Les lignes du tableau. Lève `TableauIllisible`, qui nomme la première ligne illisible."""
    if octets.startswith(b"PK"):
        return tableau_lu.composer(_rangs_du_classeur(octets, nom), colonnes, obligatoires)
    _exiger_un_texte(octets)
    tableau_lu.exiger_une_taille(octets)
    rangs = tableau_lu.rangs(tableau_lu.texte_de(octets))
    _exiger_des_guillemets_refermes(rangs)
    return tableau_lu.composer(rangs, colonnes, obligatoires)


def enfant() -> None:
    """Ce que fait le processus de l'enclos."""
    enclos.repondre(_en_json)


def _rangs_du_classeur(octets: bytes, nom: str) -> Rangs:
    try:
        mesurer(len(octets))
        lus = enclos.lu_du_json(enclos.confier(__name__, octets, nom))
    except DocumentIllisible as illisible:
        raise TableauIllisible(illisible.phrase) from illisible
    return [(numero, cellules) for numero, cellules in lus]


def _en_json(octets: bytes, nom: str) -> bytes:
    feuilles = [une for une in classeur_de(octets, nom).feuilles if not une.masquee and une.rangees]
    lus = _rangs_de(feuilles[0]) if feuilles else []
    return json.dumps({"issue": "lu", "texte": lus}, ensure_ascii=False).encode()


def _rangs_de(feuille: Feuille) -> Rangs:
    largeur = 1 + max((max(rangee.cases, default=0) for rangee in feuille.rangees), default=0)
    return [
        (rangee.numero, [_texte(rangee.cases.get(rang)) for rang in range(largeur)])
        for rangee in feuille.rangees
        if any(_texte(case).strip() for case in rangee.cases.values())
    ]


def _texte(case: Case | None) -> str:
    """Un nombre entier s'écrit en entier : un SIREN n'a ni exposant, ni séparateur."""
    if case is None:
        return ""
    if case.nombre is not None and case.nombre == case.nombre.to_integral_value():
        return str(int(case.nombre))
    return " ".join(case.texte.split())


def _exiger_un_texte(octets: bytes) -> None:
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    for numero, ligne in enumerate(texte.split("\n"), start=1):
        if _ILLISIBLE.search(ligne):
            raise TableauIllisible(
                f"La ligne {numero} ne se lit pas : ce n'est pas du texte. Rien n'est gardé. "
                "Dans le tableur, enregistrez de nouveau le fichier, puis redéposez-le."
            )


def _exiger_des_guillemets_refermes(rangs: Rangs) -> None:
    precedent = 0
    for numero, cellules in rangs:
        if any(len(cellule) > SIGNES_D_UNE_CELLULE for cellule in cellules):
            raise TableauIllisible(
                f"La ligne {precedent + 1} ne se lit pas : un guillemet n'y est pas refermé. "
                "Rien n'est gardé. Corrigez-la, puis redéposez le fichier."
            )
        precedent = numero
