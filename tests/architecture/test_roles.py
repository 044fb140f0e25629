"""Chaque adresse × chaque rôle seul :
ce qu'un rôle ouvre est écrit dans `tests/roles.toml` de son contexte.

Une adresse (et sa méthode, si elle en a plusieurs), les rôles qui passent : une ligne qui change
est une règle qui change, et se relit à côté de `permissions.py`. « centre.* » : un agent du centre
de gestion. Passer n'est pas agir : l'acte peut encore demander d'être à la table.

Le cloisonnement (`test_cloisonnement`) dit qui est dedans et qui est dehors ;
ici, une personne n'a qu'un rôle à la fois.
"""

import tomllib
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import override_settings

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.rules import ROLES_DE_L_ACHETEUR, ROLES_DE_L_EXPLOITANT
from beffroi.socle.fondations import horloge
from tests import declarations
from tests.architecture.adresses import Adresse, Monde, noms_servis, table
from tests.architecture.monde import agent, creer_le_monde
from tests.architecture.visites import Visites

pytestmark = pytest.mark.django_db
FERMES = {401, 403, 404}
PERMIS = {
    ligne: roles
    for fichier in declarations.fichiers("roles.toml")
    for ligne, roles in tomllib.loads(fichier.read_text("utf-8")).items()
}
AGENTS = ("agent", "agent_sans_role", "exploitant")


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
    patience = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400)
    # Seul le statut se lit : ce que montre la page, même d'erreur, `test_cloisonnement` le regarde.
    pages_blanches = mock.patch.object(Template, "render", lambda *_, **__: "")
    with patience, django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        monde = creer_le_monde(maintenant=horloge.maintenant())
        with pages_blanches:
            yield Visites(monde, TABLE, porteurs_d_un_role(monde))
        transaction.set_rollback(True)


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


def cle(nom: str, methode: str, adresse: Adresse) -> str:
    return nom if len(adresse.methodes) == 1 else f"{nom} {methode}"


def test_la_table_ne_garde_pas_d_adresse_morte():
    assert sorted(set(PERMIS) - {cle(nom, methode, TABLE[nom]) for nom, methode in GESTES}) == []


@pytest.mark.parametrize(("nom", "methode"), GESTES)
def test_un_role_seul_ouvre_ce_que_la_table_dit(visites, nom, methode):
    adresse = TABLE[nom]
    arguments = adresse.arguments(visites.monde)
    admis = {
        role
        for role in visites.seances
        if visites.recue(role, nom, methode, arguments).statut not in FERMES
    }

    ligne = cle(nom, methode, adresse)
    assert ligne in PERMIS, (
        "à écrire dans son tests/roles.toml, après l'avoir relue : "
        f'"{ligne}" = "{" ".join(sorted(admis))}"'
    )
    assert sorted(admis) == sorted(PERMIS[ligne].split())
