"""Qui voit quel menu : les pages vivent dans leur contexte,
qui déclare ses entrées (`fondations.menus`) ; le portail les relie.

Une adresse que le service ne sert pas n'apparaît pas : un menu n'a pas de lien mort.
"""

import re
from functools import cache
from typing import NamedTuple

from django.urls import Resolver404, resolve

from beffroi.socle.fondations import prises
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied

# L'accueil est la vitrine des consultations ouvertes : leur rubrique y est en cours.
VITRINE = "/consultations/"
# Au-delà, le menu d'un agent passait à la ligne à 1280 px.
DEVANT = 6


class Lien(NamedTuple):
    """Un lien de menu. `actif` est la valeur d'`aria-current`, vide hors de la rubrique."""

    libelle: str
    url: str
    actif: str = ""


class MenuRange(NamedTuple):
    """Ce qui se voit d'abord, ce que « Plus » ouvre, et l'aide, toujours au bout."""

    devant: list[Lien]
    plus: list[Lien]
    fin: list[Lien]


class Rubrique(NamedTuple):
    titre: str
    liens: tuple[Lien, ...]


@cache
def est_servie(adresse: str) -> bool:
    """L'adresse mène à une page de ce service."""
    try:
        resolve(adresse)
    except Resolver404:
        return False
    return True


@cache
def entrees(role: Menu) -> list[Entree]:
    """Les entrées de ce menu, dans l'ordre ; celles du bout à la fin."""
    siennes = [entree for entree in prises.lues(lambda un: un.menus) if entree.menu == role]
    suivies = prises.rangees(lambda un: [e for e in un.menus if e.menu == role and not e.au_bout])
    return [*suivies, *(entree for entree in siennes if entree.au_bout)]


@cache
def liens_du_pied(rubrique: Pied) -> list[LienDePied]:
    return prises.rangees(lambda un: [lien for lien in un.pied if lien.pied == rubrique])


@cache
def dans_la_rubrique(adresse: str) -> tuple[str, ...]:
    """Les pages d'un objet vivent à son adresse, pas sous celle de la liste qui y mène :
    la rubrique y reste en cours.
    """
    return tuple(prises.lues(lambda un: un.dans_la_rubrique.get(adresse, ())))


def _actif(entree: Entree, *, chemin: str) -> str:
    if chemin == entree.url:
        return "page"
    if chemin == "/" and entree.url == VITRINE:
        return "true"
    if entree.sauf and re.match(entree.sauf, chemin):
        return ""
    # La liste publique n'est d'aucune rubrique voisine,
    # bien que les objets de celle-ci vivent à son adresse.
    prefixes = (entree.url, *dans_la_rubrique(entree.url))
    return "true" if chemin != VITRINE and chemin.startswith(prefixes) else ""


def menu(role: Menu, *, chemin: str, fermees: frozenset[str] = frozenset()) -> list[Lien]:
    """Le menu d'un rôle, la rubrique en cours marquée, sans les pages fermées à cette personne."""
    return [
        Lien(entree.libelle, entree.url, _actif(entree, chemin=chemin))
        for entree in entrees(role)
        if entree.url not in fermees and est_servie(entree.url)
    ]


def ranger(liens: list[Lien]) -> MenuRange:
    """Un menu tient sur une ligne à 1280 px :
    le reste passe sous « Plus », sauf la rubrique en cours.
    """
    if len(liens) <= DEVANT + 3:
        return MenuRange(liens, [], [])
    *autres, aide = liens
    en_cours = [lien for lien in autres[DEVANT:] if lien.actif]
    return MenuRange(
        autres[:DEVANT] + en_cours, [lien for lien in autres[DEVANT:] if not lien.actif], [aide]
    )


def pied(*, code_source: str) -> list[Rubrique]:
    """Les rubriques du pied de page."""
    rubriques = [
        Rubrique(
            titre,
            tuple(
                Lien(lien.libelle, lien.url)
                for lien in liens_du_pied(titre)
                if est_servie(lien.url)
            ),
        )
        for titre in Pied
    ]
    if code_source:
        service = rubriques[-1]
        rubriques[-1] = service._replace(liens=(*service.liens, Lien("Code source", code_source)))
    return rubriques
