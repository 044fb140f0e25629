"""Une fiche et une recherche dites dans la même langue :
des jetons, que l'index croise sans jamais parcourir la table.

Les mots sont des jetons ; les critères aussi, sous un signe qu'aucun mot ne porte : `_c4526` est un
début de code CPV, `_d62` un département, `_m202612` le mois d'une heure limite. Croiser deux
critères, c'est croiser deux listes triées.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from beffroi.publicite.recherche.rules.analyse import (
    MOTS_D_UNE_FICHE,
    mots_pleins,
    racines,
    racines_de,
)
from beffroi.publicite.recherche.rules.requete import (
    DERNIERE_ANNEE,
    PREMIERE_ANNEE,
    SANS_SUITE,
    Recherche,
    siren_d_un_nom,
)

Groupes = tuple[tuple[str, ...], ...]
MOTS_D_UNE_RECHERCHE = 12
CHIFFRES_D_UN_CPV = 8
_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_CODE_POSTAL = re.compile(r"\b(?:0[1-9]|[1-9][0-9])[0-9]{3}\b")


@dataclass(frozen=True)
class Contenu:
    """Ce qu'une consultation publiée donne à chercher."""

    titre: str
    objet: str
    lots: tuple[str, ...]
    lieu: str
    ville: str
    acheteur: str
    siren: str
    departement: str
    nature: str
    procedure: str
    cpv: tuple[str, ...]
    limite: date
    publiee: date
    sans_suite: bool = False
    reference: str = ""


def jetons_de(contenu: Contenu) -> list[str]:
    """Tous les jetons d'une fiche."""
    lieux = mots_de_lieu(f"{contenu.lieu} {contenu.ville} {contenu.acheteur}")
    return [
        *racines_de(
            (
                contenu.reference,
                contenu.titre,
                contenu.acheteur,
                contenu.lieu,
                contenu.ville,
                *contenu.lots,
                contenu.objet,
            )
        ),
        *(f"_l{mot}" for mot in lieux[:MOTS_D_UNE_FICHE]),
        *(f"_a{mot}" for mot in racines(contenu.acheteur)),
        *dict.fromkeys(jeton for code in contenu.cpv for jeton in _debuts(code)),
        *([f"_d{contenu.departement}"] if contenu.departement else []),
        f"_b{contenu.siren}",
        f"_n{contenu.nature}",
        f"_p{contenu.procedure}",
        _du_mois("m", contenu.limite),
        _de_l_an("y", contenu.limite),
        _du_mois("q", contenu.publiee),
        *(["_s"] if contenu.sans_suite else []),
    ]


def groupes_de(
    recherche: Recherche, *, racines_cherchees: Iterable[str], par_periode: bool
) -> Groupes:
    """Ce que l'index doit croiser : chaque groupe est exigé, un seul de ses jetons suffit.

    `par_periode` : les dates se croisent aussi, quand la recherche ne se borne pas à ce qui est
    ouvert. Seules, elles se lisent mieux dans l'ordre des heures limites.
    """
    siren = recherche.siren or siren_d_un_nom(recherche.acheteur)
    groupes = [
        *((racine,) for racine in list(racines_cherchees)[:MOTS_D_UNE_RECHERCHE]),
        *((f"_l{mot}",) for mot in mots_de_lieu(recherche.lieu)[:MOTS_D_UNE_RECHERCHE]),
        *([(f"_c{_sans_zeros(recherche.cpv)}",)] if recherche.cpv else []),
        *([(f"_d{recherche.departement}",)] if recherche.departement else []),
        *(_de_l_acheteur(siren, recherche.acheteur) if recherche.acheteur else []),
        *([(f"_n{recherche.nature}",)] if recherche.nature else []),
        *([(f"_p{recherche.procedure}",)] if recherche.procedure else []),
        *([("_s",)] if recherche.etat == SANS_SUITE else []),
    ]
    if groupes and par_periode and (recherche.avant or recherche.apres):
        groupes.append(jetons_de_periode(recherche.apres, recherche.avant))
    return tuple(groupes)


def repond(groupes: Groupes, jetons: frozenset[str]) -> bool:
    """Ce que l'index fait d'une fiche : chaque groupe y a au moins un de ses jetons."""
    return all(any(jeton in jetons for jeton in groupe) for groupe in groupes)


def _de_l_acheteur(siren: str, nom: str) -> list[tuple[str, ...]]:
    return (
        [(f"_b{siren}",)]
        if siren
        else [(f"_a{mot}",) for mot in racines(nom)[:MOTS_D_UNE_RECHERCHE]]
    )


def mots_de_lieu(texte: str) -> list[str]:
    """Un nom de lieu ne se racine pas : « Bois » n'est pas « Bos ». « St » est « Saint »."""
    return list(dict.fromkeys(_ABREGES.get(mot, mot) for mot in mots_pleins(texte)))


def jetons_de_periode(debut: date | None, fin: date | None) -> tuple[str, ...]:
    """Les mois et les années entières qui couvrent une période ;
    les jours exacts se vérifient ensuite sur la fiche.
    """
    premier = debut or date(PREMIERE_ANNEE, 1, 1)
    dernier = fin or date(DERNIERE_ANNEE, 12, 31)
    if premier > dernier:
        return ("_jamais",)
    jetons: list[str] = []
    for annee in range(premier.year, dernier.year + 1):
        depart = premier.month if annee == premier.year else 1
        terme = dernier.month if annee == dernier.year else 12
        if (depart, terme) == (1, 12):
            jetons.append(_de_l_an("y", date(annee, 1, 1)))
        else:
            jetons += [_du_mois("m", date(annee, mois, 1)) for mois in range(depart, terme + 1)]
    return tuple(jetons)


def tranches_de_publication(premiere: date, derniere: date) -> Iterator[tuple[str, ...]]:
    """Du plus récent au plus ancien, des mois de publication :
    un, puis deux, puis quatre… sans recouvrement.

    Un terme fréquent s'arrête au premier mois ; un terme rare couvre dix ans en sept lectures.
    """
    mois = [
        _du_mois("q", date(annee, numero, 1))
        for annee in range(derniere.year, premiere.year - 1, -1)
        for numero in range(12, 0, -1)
        if (premiere.year, premiere.month) <= (annee, numero) <= (derniere.year, derniere.month)
    ]
    debut, taille = 0, 1
    while debut < len(mois):
        yield tuple(mois[debut : debut + taille])
        debut, taille = debut + taille, taille * 2


def departement_de(*, code_commune: str, code_postal: str, lieu: str = "") -> str:
    """Le département : du code officiel de la commune, sinon d'un code
    postal ; vide s'il n'est pas sûr.
    """
    if len(code_commune) == 5:
        return (
            code_commune[:3] if code_commune.startswith(("97", "98")) else code_commune[:2].upper()
        )
    trouve = _CODE_POSTAL.search(lieu)
    postal = trouve.group() if trouve else code_postal
    if len(postal) != 5:
        return ""
    if postal.startswith("20"):
        return {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}.get(postal[:3], "")
    return postal[:3] if postal.startswith(("97", "98")) else postal[:2]


def _debuts(code: str) -> Iterator[str]:
    """« 45261000 » se trouve par 45, 452, 4526, et ainsi jusqu'au code entier."""
    chiffres = code.partition("-")[0][:CHIFFRES_D_UN_CPV]
    yield from (f"_c{chiffres[:longueur]}" for longueur in range(2, len(chiffres) + 1))


def _sans_zeros(code: str) -> str:
    """Les zéros finals d'un code CPV complet disent « tout ce groupe » :
    « 45000000 » se cherche comme « 45 ».
    """
    return code.rstrip("0").ljust(2, "0") if len(code) == CHIFFRES_D_UN_CPV else code


def _du_mois(signe: str, jour: date) -> str:
    return f"_{signe}{jour:%Y%m}"


def _de_l_an(signe: str, jour: date) -> str:
    return f"_{signe}{jour:%Y}"
