"""La convention et la contribution se lisent sous l'adhésion ; leur ancienne adresse y mène."""

import pytest
from django.test import Client

from beffroi.centre.adherents.tests.gestes import adherent
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
SIRET = "21620155800014"


@pytest.fixture
def martine(client) -> Client:
    bomy = creer_organisme(nom="Commune de Bomy", siret=SIRET, par=PLATEFORME, maintenant=LUNDI)
    type(adherent(siret=SIRET)).objects.update(organisme=bomy)
    martine = avec_second_facteur(personne("Martine Caron"))
    habiliter(
        organisme=bomy,
        utilisateur=martine,
        roles=["administrateur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    return connecter(client, martine)


def test_une_adresse_gardee_mene_a_la_nouvelle(martine):
    recu = martine.get(f"/organisme/{SIRET}/contribution/?annee=2025")

    assert (recu.status_code, recu["Location"]) == (
        308,
        f"/adhesion/{SIRET}/contribution/?annee=2025",
    )


def test_un_formulaire_deja_ouvert_garde_ce_qu_il_envoie(martine):
    recu = martine.post(f"/organisme/{SIRET}/contribution/contester/", {"texte": "Une relance."})

    assert (recu.status_code, recu["Location"]) == (
        308,
        f"/adhesion/{SIRET}/contribution/contester/",
    )


@pytest.mark.parametrize(
    ("page", "rubrique"), [("convention/", "Convention"), ("contribution/", "Contribution")]
)
def test_le_menu_dit_adhesion_et_la_page_sa_rubrique(martine, page, rubrique):
    lue = martine.get(f"/adhesion/{SIRET}/{page}").content.decode()

    assert (
        '<a href="/adhesion/" aria-current="true">' in lue
        and f'<b aria-current="page">{rubrique}</b>' in lue
    )
    assert '<a href="/organisme/" aria-current' not in lue
