"""Des rangées d'une feuille aux lignes de prix :
titres et totaux reconnus, mots à la place des nombres gardés et dits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from formats.bordereaux.modele import Case, Constat, Feuille, Ligne, Rangee, Total, lettre
from formats.bordereaux.nombres import NombreLu, lire_nombre
from formats.bordereaux.reperage import Tableau
from formats.caracteres import visible
from formats.tableau_lu import plier

_NOMBRES = ("quantite", "prix_unitaire", "montant", "tva")
_TEXTES = ("numero", "designation", "unite")
_TOTAL = re.compile(
    r"(montant_)?(sous_)?(total|totaux)(_|$)"
    r"|(montant|prix)_(global|total|ht|h_t|hors_(taxe|tva|t_v_a)|ttc|t_t_c|de_la_tva|tva)|t_v_a"
    r"|tva(_|$)|report($|_page|_folio)|a_reporter|s_total"
)
# « Total hors TVA », « Total HTVA » : un total hors taxes, à vérifier comme « Total HT ».
_TAXES = re.compile(
    r".*(ttc|t_t_c|toutes_taxes|(?<!hors_)(?<!hors_la_)(?<!sans_)(?<!_h)(?<!_h_)(tva|t_v_a))"
)
_SOUS_TOTAL = re.compile(r"(montant_)?(sous|s)_total|.*(chapitre|poste|section|partie|report)")


@dataclass
class Recolte:
    """Ce qu'une feuille a donné, à mesure."""

    feuille: Feuille
    tableau: Tableau
    lignes: list[Ligne] = field(default_factory=list)
    totaux: list[Total] = field(default_factory=list)
    constats: list[Constat] = field(default_factory=list)
    formules: int = 0

    def constater(self, code: str, phrase: str, rang: int, role: str) -> None:
        colonne = self.tableau.colonnes.get(role)
        adresse = f"{lettre(colonne)}{rang}" if colonne is not None else f"ligne {rang}"
        self.constats.append(Constat(code, phrase, self.feuille.nom, adresse))


def recolter(feuille: Feuille, tableau: Tableau) -> Recolte:
    recolte = Recolte(feuille, tableau)
    herites = _herites(feuille, tableau)
    entetes = next(
        (
            _textes_des(rangee, tableau)
            for rangee in feuille.rangees
            if rangee.numero == tableau.entete
        ),
        {},
    )
    for rangee in feuille.rangees:
        if rangee.numero >= tableau.debut and _textes_des(rangee, tableau) != entetes:
            _recevoir(recolte, rangee, herites)
    return recolte


def _herites(feuille: Feuille, tableau: Tableau) -> Mapping[tuple[int, str], str]:
    """Un numéro ou une désignation fusionnés sur plusieurs lignes valent pour chacune."""
    par_colonne = {tableau.colonnes[role]: role for role in _TEXTES if role in tableau.colonnes}
    hauts = {
        (l1, c1): l2
        for l1, c1, l2, c2 in feuille.fusions
        if l2 > l1 and c1 == c2 and c1 in par_colonne
    }
    herites: dict[tuple[int, str], str] = {}
    for rangee in feuille.rangees if hauts else ():
        for colonne, role in par_colonne.items():
            fin, case = hauts.get((rangee.numero, colonne)), rangee.cases.get(colonne)
            if fin and case:
                herites |= {
                    (rang, role): case.texte
                    for rang in range(rangee.numero + 1, min(fin, rangee.numero + 500) + 1)
                }
    return herites


def _textes_des(rangee: Rangee, tableau: Tableau) -> dict[int, str]:
    """Les textes de la ligne dans les colonnes lues.

    Un tableau imprimé répète ses en-têtes à chaque page.
    """
    return {c: rangee.cases[c].texte for c in tableau.colonnes.values() if c in rangee.cases}


def _recevoir(recolte: Recolte, rangee: Rangee, herites: Mapping[tuple[int, str], str]) -> None:
    cases = {
        role: rangee.cases[c] for role, c in recolte.tableau.colonnes.items() if c in rangee.cases
    }
    textes = {role: _texte(cases.get(role)) for role in _TEXTES}
    if not cases and not rangee.cases:
        return
    if (
        not textes["unite"]
        and "quantite" not in cases
        and (libelle := _libelle_de_total(rangee, textes))
    ):
        _recevoir_un_total(recolte, rangee, cases, libelle)
        return
    if not _est_une_ligne(recolte.tableau, cases):
        return
    for role in _TEXTES:
        textes[role] = textes[role] or herites.get((rangee.numero, role), "")
    nombres = {role: _nombre(recolte, rangee, role, cases.get(role)) for role in _NOMBRES}
    recolte.lignes.append(_ligne(recolte, rangee, textes, nombres))


def _est_une_ligne(tableau: Tableau, cases: Mapping[str, Case]) -> bool:
    """Une ligne de prix a un prix, une quantité ou une unité ;
    sans ces colonnes-là, un nom suffit.
    """
    if any(
        role in cases
        for role in ("quantite", "prix_unitaire", "montant", "unite", "prix_ttc", "montant_ttc")
    ):
        return any(
            cases[role].texte.strip() or cases[role].nombre is not None or cases[role].formule
            for role in cases
        )
    nommee = "numero" in cases if "numero" in tableau.colonnes else "designation" in cases
    return nommee and not {"quantite", "unite"} & set(tableau.colonnes)


def _texte(case: Case | None) -> str:
    if case is None:
        return ""
    texte = case.texte
    if case.nombre is not None:
        texte = f"{case.nombre:f}"
        texte = texte.rstrip("0").rstrip(".") if "." in texte else texte
    texte = " ".join(texte.split())
    return texte if texte.isprintable() else visible(texte)


def _libelle_de_total(rangee: Rangee, textes: Mapping[str, str]) -> str:
    """Le premier texte de la ligne, s'il annonce un total."""
    premier = min(
        (c for c, case in rangee.cases.items() if case.nombre is None and case.texte.strip()),
        default=None,
    )
    texte = textes["designation"] if premier is None else _texte(rangee.cases[premier])
    return texte if texte and _TOTAL.match(plier(texte)) else ""


def _recevoir_un_total(
    recolte: Recolte, rangee: Rangee, cases: Mapping[str, Case], libelle: str
) -> None:
    """Le montant est dans sa colonne ; sinon, c'est le dernier nombre de la ligne."""
    derniers = [
        c
        for _, c in sorted(rangee.cases.items())
        if c.nombre is not None or lire_nombre(c.texte).valeur is not None
    ]
    case = cases.get("montant") or (derniers[-1] if derniers else None)
    valeur = _lu(case).valeur if case else None
    if valeur is None:
        if case and case.sans_valeur:
            recolte.constater("formule_sans_valeur", _SANS_VALEUR, rangee.numero, "montant")
        return
    plie = plier(libelle)
    sorte: Any = (
        "taxes" if _TAXES.match(plie) else "sous-total" if _SOUS_TOTAL.match(plie) else "total"
    )
    recolte.totaux.append(
        Total(recolte.feuille.nom, rangee.numero, libelle, valeur, sorte, len(recolte.lignes))
    )


_SANS_VALEUR = (
    "La cellule contient une formule que personne n'a calculée : le fichier n'en dit pas la valeur."
)
_PHRASES = {
    "illisible": "« {} » n'est pas un nombre : la cellule est lue comme vide.",
    "mal groupé": "« {} » : ses chiffres ne sont pas groupés par trois, "
    "le nombre peut se lire de deux façons. La cellule est "
    "lue comme vide.",
    "offert": "« {} » est lu comme zéro : l'entreprise l'offre.",
    "inclus": "« {} » est lu comme zéro : l'entreprise le dit compris ailleurs.",
    "néant": "« {} » : l'entreprise n'a pas mis de nombre.",
    "ambigu": "« {} » est lu avec une décimale ; ce pourrait être des milliers.",
}


def _lu(case: Case | None) -> NombreLu:
    if case is None:
        return NombreLu()
    return NombreLu(case.nombre) if case.nombre is not None else lire_nombre(case.texte)


def _nombre(recolte: Recolte, rangee: Rangee, role: str, case: Case | None) -> NombreLu:
    lu = _lu(case)
    if case is None:
        return lu
    if case.formule and not case.sans_valeur and role in {"prix_unitaire", "montant"}:
        recolte.formules += 1
    if case.sans_valeur:
        recolte.constater("formule_sans_valeur", _SANS_VALEUR, rangee.numero, role)
    elif lu.mention:
        ecrit = visible(" ".join(case.texte.split()))[:80]
        recolte.constater(
            f"nombre_{plier(lu.mention)}", _PHRASES[lu.mention].format(ecrit), rangee.numero, role
        )
    if role == "tva" and lu.valeur is not None and 0 < lu.valeur < 1:
        return NombreLu(lu.valeur * 100, lu.mention)
    return lu


def _ligne(
    recolte: Recolte, rangee: Rangee, textes: Mapping[str, str], nombres: Mapping[str, NombreLu]
) -> Ligne:
    if rangee.masquee:
        recolte.constater(
            "ligne_masquee",
            "Cette ligne est masquée dans le fichier ; elle est lue.",
            rangee.numero,
            "designation",
        )
    valeurs: dict[str, Decimal | None] = {role: lu.valeur for role, lu in nombres.items()}
    return Ligne(
        feuille=recolte.feuille.nom,
        rang=rangee.numero,
        numero=textes["numero"],
        designation=textes["designation"],
        unite=textes["unite"],
        quantite=valeurs["quantite"],
        prix_unitaire=valeurs["prix_unitaire"],
        montant=valeurs["montant"],
        tva=valeurs["tva"],
        mentions={role: lu.mention for role, lu in nombres.items() if lu.mention},
    )
