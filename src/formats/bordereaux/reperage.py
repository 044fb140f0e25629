"""Trouver le tableau dans la feuille :
la ligne de ses en-têtes, et ce que chaque colonne veut dire.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from formats.bordereaux import bornes
from formats.bordereaux.modele import Feuille, Rangee
from formats.tableau_lu import plier

# Dans l'ordre : la première façon de lire un en-tête l'emporte.
# « Prix unitaire en lettres » n'est pas un nombre.
_FACONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(motif))
    for role, motif in (
        ("montant_ttc", r"(?=.*ttc)(montant|total|prix_total)"),
        ("prix_ttc", r".*ttc|.*toutes_taxes"),
        ("tva", r"(taux_)?(de_)?(la_)?tva(_en)?$|taux_tva|taux_de_tva|tva_applicable"),
        ("montant", r"montant|(prix_)?total|sous_total|prix_global|p_t(_|$)|pt(_|$)|somme"),
        ("prix_unitaire", r"pu(_|$)|p_u(_|$)|prix|tarif|cout|valeur_unit"),
        (
            "quantite",
            r"(.*_)?(quantites?|qtes?|qte_estimee|quant)(_|$)|q(_|$)|nombre(_d|$)|nb(_|$)",
        ),
        ("unite", r"(u|un|ut|unites?|mesure|conditionnement|uv)(_(de|d)_.*)?$|unite_"),
        (
            "designation",
            (
                r".*(designation|libelle|description|descripti|intitule|prestation|nature"
                r"|fourniture|ouvrage|article_d)"
            ),
        ),
        (
            "numero",
            (
                r"(n|no|nr|num|numeros?|ref|references?|repere|postes?|code|articles?|item|id|rang"
                r"|ligne)(_|$)"
            ),
        ),
    )
)
_SANS_NOMBRE = re.compile(
    r"lettres|montant_(de_la_)?tva|marque|observation|commentaire|remise|delai"
)


@dataclass(frozen=True)
class Tableau:
    """`colonnes` : le rang de la colonne de chaque rôle.

    `doubles` : les colonnes laissées, au même sens qu'une autre.
    """

    entete: int
    debut: int
    colonnes: Mapping[str, int]
    doubles: tuple[tuple[str, int], ...] = ()


def role_de(entete: str) -> str:
    """Ce que cet en-tête veut dire ; vide s'il n'est pas connu."""
    plie = plier(entete)
    if not plie or len(plie) > 60 or _SANS_NOMBRE.search(plie):
        return ""
    return next((role for role, motif in _FACONS if motif.match(plie)), "")


def tableau_de(feuille: Feuille) -> Tableau | None:
    """Le meilleur en-tête des premières lignes, d'une ligne ou de deux.

    Il lui faut un nom de ligne et un prix.
    """
    trouve, score = None, 0
    regardees = feuille.rangees[: bornes.LIGNES_AVANT_L_ENTETE]
    for rang, rangee in enumerate(regardees):
        suivante = regardees[rang + 1] if rang + 1 < len(regardees) else None
        for candidat, debut in _candidats(feuille, rangee, suivante):
            tableau = _tableau(rangee.numero, debut, candidat)
            if tableau and len(tableau.colonnes) > score:
                trouve, score = tableau, len(tableau.colonnes)
    return trouve


def _candidats(
    feuille: Feuille, rangee: Rangee, suivante: Rangee | None
) -> list[tuple[dict[int, str], int]]:
    """La ligne seule ; puis avec celle d'en dessous, quand un en-tête fusionné se partage
    (« Prix » sur « HT » et « TTC »).
    """
    seule = {colonne: case.texte for colonne, case in rangee.cases.items() if case.nombre is None}
    candidats = [(seule, rangee.numero + 1)]
    if suivante is not None and not any(
        case.nombre is not None for case in suivante.cases.values()
    ):
        haut = dict(seule)
        for l1, c1, _l2, c2 in feuille.fusions:
            if l1 == rangee.numero and c1 in seule:
                haut |= {c: seule[c1] for c in range(c1, min(c2, bornes.COLONNES) + 1)}
        bas = {colonne: case.texte for colonne, case in suivante.cases.items()}
        deux = {c: f"{haut.get(c, '')} {bas.get(c, '')}".strip() for c in sorted({*haut, *bas})}
        candidats.append((deux, suivante.numero + 1))
    return candidats


def _tableau(entete: int, debut: int, textes: Mapping[int, str]) -> Tableau | None:
    colonnes: dict[str, int] = {}
    doubles: list[tuple[str, int]] = []
    for colonne, texte in sorted(textes.items()):
        role = role_de(texte)
        if role and role in colonnes:
            doubles.append((role, colonne))
        elif role:
            colonnes[role] = colonne
    nomme = {"designation", "numero"} & set(colonnes)
    chiffre = {"prix_unitaire", "montant", "prix_ttc", "montant_ttc"} & set(colonnes)
    return (
        Tableau(entete, debut, colonnes, tuple(doubles))
        if nomme and chiffre and len(colonnes) >= 2
        else None
    )
