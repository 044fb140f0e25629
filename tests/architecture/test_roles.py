"""Chaque adresse × chaque rôle seul :
ce qu'un rôle ouvre est écrit dans `tests/roles.toml` de son contexte.

Une adresse (et sa méthode, si elle en a plusieurs), les rôles qui passent : une ligne qui change
est une règle qui change, et se relit à côté de `permissions.py`. « centre.* » : un agent du centre
de gestion. Passer n'est pas agir : l'acte peut encore demander d'être à la table.

Le cloisonnement (`test_cloisonnement`) dit qui est dedans et qui est dehors ;
ici, une personne n'a qu'un rôle à la fois. Ce qu'il a vu ne se revoit pas chaque jour :
son agent et son exploitant tiennent tous les rôles, et un rôle de plus n'ôte aucun droit
(`organismes.permissions`). La série longue ne s'en remet à personne.
"""

import os
import tomllib
from collections.abc import Iterator
from unittest import mock

import pytest
from django.template.backends.django import Template

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.rules import ROLES_DE_L_ACHETEUR, ROLES_DE_L_EXPLOITANT
from tests import declarations
from tests.architecture.adresses import Adresse, Monde, noms_servis, table
from tests.architecture.monde import agent
from tests.architecture.visites import Visites, sans_traces, tour_du_monde

FERMES = {401, 403, 404}
PERMIS = {
    ligne: roles
    for fichier in declarations.fichiers("roles.toml")
    for ligne, roles in tomllib.loads(fichier.read_text("utf-8")).items()
}
AGENTS = ("agent", "agent_sans_role", "exploitant")
LECTEUR = "lecteur"
CHEZ_L_ACHETEUR = frozenset(ROLES_DE_L_ACHETEUR)
AU_CENTRE = frozenset(f"centre.{role}" for role in ROLES_DE_L_EXPLOITANT)


def depend_d_un_role(adresse: Adresse) -> bool:
    """Ce que tout le monde voit, et ce que seule une entreprise voit, ne dépend d'aucun rôle."""
    publique = all(
        adresse.statuts(m, "anonyme") == adresse.statuts(m, "agent") for m in adresse.methodes
    )
    ouverte = any(
        set(adresse.statuts(m, visiteur)) - FERMES for m in adresse.methodes for visiteur in AGENTS
    )
    return ouverte and not publique


TABLE = {nom: adresse for nom, adresse in table().items() if depend_d_un_role(adresse)}
GESTES = [
    (nom, methode) for nom in noms_servis() if nom in TABLE for methode in TABLE[nom].methodes
]


@pytest.fixture(scope="module")
def visites(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Visites]:
    # Seul le statut se lit : ce que montre la page, même d'erreur, `test_cloisonnement` le regarde.
    pages_blanches = mock.patch.object(Template, "render", lambda *_, **__: "")
    with tour_du_monde(django_db_blocker) as monde, pages_blanches, sans_traces():
        yield Visites(monde, TABLE, porteurs_d_un_role(monde))


def porteurs_d_un_role(monde: Monde) -> dict[str, Utilisateur]:
    """Une personne par rôle, chez l'acheteur (« redacteur »),
    au centre (« centre.juriste »), et un gardien.
    """
    acheteurs = {
        role: agent(f"Seul-{role} Bomy", monde.bomy, {role}, maintenant=monde.maintenant)
        for role in sorted(ROLES_DE_L_ACHETEUR)
    }
    centre = {
        f"centre.{role}": agent(
            f"Seul-{role} Centre", monde.gestion, {role}, maintenant=monde.maintenant
        )
        for role in sorted(ROLES_DE_L_EXPLOITANT)
    }
    return {**acheteurs, **centre, "gardien": monde.objets["gardien"].utilisateur}


def deja_vus(adresse: Adresse, methode: str) -> dict[str, bool]:
    """Les rôles que le cloisonnement a déjà fait passer, ou non, à cette adresse : le lecteur seul,
    et tous ceux d'une personne qui les tient ensemble et reste dehors.
    """
    if os.environ.get("BEFFROI_SERIE") == "longue":
        return {}
    vus = {LECTEUR: entre(adresse, methode, "agent_sans_role")}
    if not entre(adresse, methode, "agent"):
        vus |= dict.fromkeys(CHEZ_L_ACHETEUR, False)
    if not entre(adresse, methode, "exploitant"):
        vus |= dict.fromkeys(AU_CENTRE, False)
    return vus


def entre(adresse: Adresse, methode: str, visiteur: str) -> bool:
    return not FERMES.issuperset(adresse.statuts(methode, visiteur))


def cle(nom: str, methode: str, adresse: Adresse) -> str:
    return nom if len(adresse.methodes) == 1 else f"{nom} {methode}"


def test_la_table_ne_garde_pas_d_adresse_morte():
    assert sorted(set(PERMIS) - {cle(nom, methode, TABLE[nom]) for nom, methode in GESTES}) == []


@pytest.mark.parametrize(("nom", "methode"), GESTES)
def test_un_role_seul_ouvre_ce_que_la_table_dit(visites, nom, methode):
    adresse = TABLE[nom]
    arguments, vus = adresse.arguments(visites.monde), deja_vus(adresse, methode)
    admis = {role for role, passe in vus.items() if passe} | {
        role
        for role in visites.seances.keys() - vus.keys()
        if visites.recue(role, nom, methode, arguments).statut not in FERMES
    }

    ligne = cle(nom, methode, adresse)
    assert ligne in PERMIS, (
        "à écrire dans son tests/roles.toml, après l'avoir relue : "
        f'"{ligne}" = "{" ".join(sorted(admis))}"'
    )
    assert sorted(admis) == sorted(PERMIS[ligne].split())
