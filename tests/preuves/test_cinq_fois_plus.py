"""Cinq fois plus de personnes, d'équipes et de droits : les pages de l'identité ne lisent pas plus.

Chaque page se lit deux fois, avec peu puis avec beaucoup ; la base est interrogée autant.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from stdnum import luhn

from beffroi.personnes.comptes import services as comptes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.entreprises import services as entreprises
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu
from beffroi.personnes.niveaux import services as niveaux
from beffroi.personnes.niveaux.tests import gestes as preuves
from beffroi.personnes.organismes import services as organismes
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
PEU, BEAUCOUP = 3, 15
BOMY = "21620155800014"
SIRET = "73282932000074"
AUTRES_SIRETS = [siret for rang in range(8, 999) if luhn.is_valid(siret := f"732829320{rang:05d}")]


@pytest.fixture(autouse=True)
def lundi() -> Iterator[None]:
    with time_machine.travel(LUNDI, tick=False):
        yield


@pytest.fixture
def bomy() -> Organisme:
    return organismes.creer_organisme(
        nom="Commune de Bomy", siret=BOMY, par=PLATEFORME, maintenant=LUNDI
    )


@pytest.fixture
def sophie() -> Membre:
    return inscrit(personne("Sophie Merlin"), le=LUNDI)


def quelqu_un(sorte: str, rang: int) -> Utilisateur:
    return personne(f"{sorte} {rang}", courriel=f"{sorte.lower()}{rang}@atelier.example")


def requetes(client: Client, adresse: str) -> list[str]:
    client.get(adresse)  # ce qui ne se lit qu'une fois l'est déjà
    with CaptureQueriesContext(connection) as lues:
        assert client.get(adresse).status_code == 200
    return [une["sql"] for une in lues.captured_queries]


def lit_autant(client: Client, adresse: str, ajouter: Callable[[int], object]) -> None:
    for rang in range(PEU):
        ajouter(rang)
    peu = requetes(client, adresse)
    for rang in range(PEU, BEAUCOUP):
        ajouter(rang)
    beaucoup = requetes(client, adresse)
    assert len(beaucoup) == len(peu), [sql[:1500] for sql in set(beaucoup) - set(peu)][:3]


PAGES_DE_L_ENTREPRISE = ("/entreprise/", "/a-faire/", "/entreprise/preuve/")


@pytest.mark.parametrize("adresse", PAGES_DE_L_ENTREPRISE)
def test_les_collegues(sophie, adresse):
    chez_elle = connecter(Client(), sophie.utilisateur)
    lit_autant(chez_elle, adresse, lambda n: reconnu(quelqu_un("Collègue", n), sophie, le=LUNDI))


@pytest.mark.parametrize("adresse", PAGES_DE_L_ENTREPRISE)
def test_les_equipes_qui_demandent_et_les_voisines(sophie, adresse):
    chez_elle = connecter(Client(), sophie.utilisateur)
    lit_autant(chez_elle, adresse, lambda n: inscrit(quelqu_un("Voisin", n), le=LUNDI))


@pytest.mark.parametrize("adresse", PAGES_DE_L_ENTREPRISE)
def test_les_invitations(sophie, adresse):
    chez_elle = connecter(Client(), sophie.utilisateur)
    lit_autant(
        chez_elle,
        adresse,
        lambda n: entreprises.inviter_un_collegue(
            par=sophie, courriel=f"c{n}@atelier.example", maintenant=LUNDI + timedelta(days=-n)
        ),
    )


@pytest.mark.parametrize("adresse", PAGES_DE_L_ENTREPRISE)
def test_ses_autres_entreprises(sophie, adresse):
    chez_elle = connecter(Client(), sophie.utilisateur)
    lit_autant(
        chez_elle,
        adresse,
        lambda n: inscrit(
            sophie.utilisateur,
            AUTRES_SIRETS[n],
            nom=f"Chantier {n}",
            le=LUNDI + timedelta(days=n - 100),
        ),
    )


def test_ses_autres_entreprises_prouvees_et_leurs_voisines(sophie):
    chez_elle = connecter(Client(), sophie.utilisateur)

    def ajouter(rang: int) -> None:
        avant = LUNDI + timedelta(days=rang - 100)
        membre = inscrit(sophie.utilisateur, AUTRES_SIRETS[rang], nom=f"Toit {rang}", le=avant)
        preuves.constater(membre.equipe, sophie.utilisateur, le=avant)
        voisin = quelqu_un("Voisin", rang)
        inscrit(voisin, AUTRES_SIRETS[BEAUCOUP + rang], nom=f"Rival {rang}", le=LUNDI)

    lit_autant(chez_elle, "/a-faire/", ajouter)
    assert "Une autre équipe dit votre entreprise" in chez_elle.get("/a-faire/").content.decode()


def test_les_agents_d_un_organisme_et_ceux_qu_on_attend(bomy):
    administration = habilite(bomy, "Martine Caron", "administrateur")

    def ajouter(rang: int) -> None:
        habilite(bomy, f"Agent{rang} Caron", "redacteur", "ouvreur")
        organismes.accueillir_agent(
            organisme=bomy,
            courriel=f"attendu{rang}@bomy.example",
            nom=f"Attendu {rang}",
            roles=["lecteur"],
            par=PLATEFORME,
            maintenant=LUNDI,
        )

    lit_autant(administration, f"/organisme/{BOMY}/", ajouter)


@pytest.mark.parametrize("adresse", ["/cdg/equipes/", f"/cdg/equipes/?numero={SIRET}"])
def test_les_equipes_d_un_etablissement_et_leurs_preuves(adresse):
    centre = organismes.creer_organisme(
        nom="Centre de gestion",
        siret="28620001100013",
        role=Organisme.Role.EXPLOITANT,
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    au_centre = habilite(centre, "Jean Dubois", "technicien")

    def ajouter(rang: int) -> None:
        membre = inscrit(quelqu_un("Gérant", rang), le=LUNDI)
        preuves.constater(membre.equipe, membre.utilisateur, le=LUNDI)
        niveaux.demander_une_lettre(membre=membre, maintenant=LUNDI)

    lit_autant(au_centre, adresse, ajouter)


def test_ses_jetons(sophie):
    chez_elle = connecter(Client(), sophie.utilisateur)
    lit_autant(
        chez_elle,
        "/compte/securite/",
        lambda n: comptes.delivrer_jeton(
            utilisateur=sophie.utilisateur, libelle=f"Logiciel {n}", maintenant=LUNDI
        ),
    )


def test_ses_seances_ouvertes(sophie):
    chez_elle = connecter(Client(), sophie.utilisateur)
    lit_autant(chez_elle, "/compte/securite/", lambda _: connecter(Client(), sophie.utilisateur))


def habilite(organisme: Organisme, nom: str, *roles: str) -> Client:
    agent = avec_second_facteur(personne(nom))
    organismes.habiliter(
        organisme=organisme, utilisateur=agent, roles=roles, par=PLATEFORME, maintenant=LUNDI
    )
    return connecter(Client(), agent)
