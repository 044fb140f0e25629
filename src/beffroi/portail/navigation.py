"""Qui voit quel menu. Une table de données : les pages vivent dans leur contexte, le portail les relie.

Une adresse que le service ne sert pas (encore) n'apparaît pas : un menu n'a pas de lien mort.
"""

import re
from functools import cache
from typing import NamedTuple

from django.urls import Resolver404, resolve

VISITEUR, ENTREPRISE, GARDIEN, ACHETEUR, EXPLOITANT = "visiteur", "entreprise", "gardien", "acheteur", "exploitant"
AGENTS, RELECTURES, ADHERENTS = "/organisme/", "/cdg/relectures/", "/cdg/adherents/"
RECETTES, CONFORMITE = "/cdg/recettes/", "/cdg/conformite/"
ORGANISMES, COMPTES = "/exploitant/organismes/", "/exploitant/comptes/"
COMPTES_DES_ORGANISMES = "/cdg/comptes/"
OUVERTES = "/consultations/"
ENTREPRISE_COURANTE, PIECES = "/entreprise/", "/entreprise/pieces/"
# Un gardien qui refait des parts n'est pas dans la vitrine, quoique l'adresse en porte le nom.
GESTES_DE_CLE = re.compile(r"/consultations/[^/]+/cles/")

MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    VISITEUR: (
        ("Consultations ouvertes", OUVERTES),
        ("Marchés conclus", "/marches/"),
        ("Données ouvertes", "/donnees/"),
        ("Aide", "/aide/"),
    ),
    ENTREPRISE: (
        ("À faire", "/a-faire/"),
        ("Mes réponses", "/mes-reponses/"),
        ("Mes messages", "/messages/"),
        ("Mes questions", "/questions/"),
        ("Consultations ouvertes", OUVERTES),
        ("Nos pièces", PIECES),
        ("Mon entreprise", ENTREPRISE_COURANTE),
        ("Aide", "/aide/"),
    ),
    GARDIEN: (
        ("À faire", "/a-faire/"),
        ("Ma clé", "/cles/"),
        ("Consultations ouvertes", OUVERTES),
        ("Aide", "/aide/"),
    ),
    ACHETEUR: (
        ("À faire", "/a-faire/"),
        ("Consultations", "/consultations/mes-consultations/"),
        ("Ma clé", "/cles/"),
        ("Commissions", "/commissions/"),
        ("Marchés", "/acheteur/marches/"),
        ("Données essentielles", "/acheteur/donnees-essentielles/"),
        ("Archives", "/archives/"),
        ("Statistiques", "/statistiques/"),
        ("Agents", AGENTS),
        ("Adhésion", "/adhesion/"),
        ("Aide", "/aide/"),
    ),
    EXPLOITANT: (
        ("À faire", "/a-faire/"),
        ("Adhérents", ADHERENTS),
        ("Organismes", "/cdg/organismes/"),
        ("Gardiens", "/cdg/gardiens/"),
        ("Conventions", "/cdg/conventions/"),
        ("Restitutions", "/cdg/restitutions/"),
        ("Contributions", "/cdg/contributions/"),
        ("Recettes", RECETTES),
        ("Impayés", "/cdg/impayes/"),
        ("Relectures", RELECTURES),
        ("Assistance", "/cdg/assistance/"),
        ("Conformité", CONFORMITE),
        ("École", "/ecole/"),
        ("État du service", "/cdg/etat-du-service/"),
        ("Incidents", "/cdg/incidents/"),
        ("Supervision", "/cdg/supervision/"),
        ("Statistiques", "/cdg/statistiques/"),
        ("Comptes des organismes", COMPTES_DES_ORGANISMES),
        ("Organismes", ORGANISMES),
        ("Comptes", COMPTES),
        ("Agents", AGENTS),
        ("Aide", "/aide/"),
    ),
}

# Au-delà, le menu d'un agent passait à la ligne à 1280 px.
DEVANT = 6

# Les pages d'un objet vivent à son adresse, pas sous celle de la liste qui y mène : la rubrique y reste en cours.
DANS_LA_RUBRIQUE: dict[str, tuple[str, ...]] = {
    "/consultations/mes-consultations/": ("/consultations/", "/ouverture/", "/plis-ouverts/"),
    "/mes-reponses/": ("/reponses/", "/depots/"),
    "/cdg/conventions/": ("/cdg/apports/",),
    "/cdg/contributions/": ("/cdg/factures/",),
    "/cdg/supervision/": ("/cdg/certificat/",),
    "/cdg/assistance/": ("/cdg/rappels/", "/cdg/teleassistance/"),
}

PIED: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "S'entraîner et vérifier",
        (
            ("Tester mon poste", "/essai/diagnostic/"),
            ("Faire un dépôt d'essai", "/essai/depot/"),
            ("Vérifier un récépissé", "/verifier/"),
            ("Le registre public", "/journal/"),
            ("État du service", "/etat-du-service/"),
            ("Prérequis techniques", "/prerequis-techniques/"),
            ("Comment le scellement marche", "/scellement/"),
        ),
    ),
    (
        "Aide et outils",
        (
            ("Aide", "/aide/"),
            ("Contact", "/contact/"),
            ("Être rappelé", "/contact/etre-rappele/"),
            ("Calculer un calendrier", "/outils/calendrier/"),
            ("Les seuils", "/outils/seuils/"),
            ("Calculer une contribution", "/outils/contribution/"),
        ),
    ),
    (
        "Ce service",
        (
            ("Demander à adhérer", "/adherer/"),
            ("Plan du site", "/plan-du-site/"),
            ("Accessibilité : partiellement conforme", "/accessibilite/"),
            ("Conditions d'utilisation", "/conditions-d-utilisation/"),
            ("Mentions légales", "/mentions-legales/"),
            ("Données personnelles", "/donnees-personnelles/"),
            ("Sécurité", "/securite/"),
            ("Conformité", "/conformite/"),
            ("L'API, pour un logiciel", "/api/"),
        ),
    ),
)


class Lien(NamedTuple):
    """Un lien de menu. `actif` est la valeur d'`aria-current`, vide hors de la rubrique."""

    libelle: str
    url: str
    actif: str = ""


class Menu(NamedTuple):
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


def _actif(adresse: str, *, chemin: str) -> str:
    if chemin == adresse:
        return "page"
    # L'accueil est la vitrine des consultations ouvertes : leur rubrique y est en cours.
    if chemin == "/" and adresse == OUVERTES:
        return "true"
    if adresse == OUVERTES and GESTES_DE_CLE.match(chemin):
        return ""
    if adresse == ENTREPRISE_COURANTE and chemin.startswith(PIECES):
        return ""
    # La liste publique n'est d'aucune rubrique voisine, bien que les objets de celle-ci vivent à son adresse.
    prefixes = (adresse, *DANS_LA_RUBRIQUE.get(adresse, ()))
    return "true" if chemin != OUVERTES and chemin.startswith(prefixes) else ""


def menu(role: str, *, chemin: str, fermees: frozenset[str] = frozenset()) -> list[Lien]:
    """Le menu d'un rôle, la rubrique en cours marquée, sans les pages fermées à cette personne."""
    return [
        Lien(libelle, url, _actif(url, chemin=chemin))
        for libelle, url in MENUS[role]
        if url not in fermees and est_servie(url)
    ]


def ranger(liens: list[Lien]) -> Menu:
    """Un menu tient sur une ligne à 1280 px : le reste passe sous « Plus », sauf la rubrique en cours."""
    if len(liens) <= DEVANT + 3:
        return Menu(liens, [], [])
    *autres, aide = liens
    en_cours = [lien for lien in autres[DEVANT:] if lien.actif]
    return Menu(autres[:DEVANT] + en_cours, [lien for lien in autres[DEVANT:] if not lien.actif], [aide])


def pied(*, code_source: str) -> list[Rubrique]:
    """Les rubriques du pied de page."""
    rubriques = [
        Rubrique(titre, tuple(Lien(libelle, url) for libelle, url in liens if est_servie(url))) for titre, liens in PIED
    ]
    if code_source:
        service = rubriques[-1]
        rubriques[-1] = service._replace(liens=(*service.liens, Lien("Code source", code_source)))
    return rubriques
