"""Le service d'un agent : l'équipe où il tient ses rôles, que l'organisme nomme comme il veut."""

import pytest

from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.queries import histoire

pytestmark = pytest.mark.django_db


@pytest.fixture
def bomy() -> Organisme:
    return creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI
    )


def donner(bomy, yvette, roles, **reste):
    return habiliter(
        organisme=bomy, utilisateur=yvette, roles=roles, par=PLATEFORME, maintenant=LUNDI, **reste
    )


def test_changer_de_service_garde_l_habilitation_et_s_ecrit_au_journal(bomy):
    yvette = personne("Yvette Cordier")
    avant = donner(bomy, yvette, ["lecteur"], service="Mairie")
    apres = donner(bomy, yvette, ["lecteur"], service=" Voirie ")

    assert (apres.pk, apres.service) == (avant.pk, "Voirie")
    assert [ecriture.acte for ecriture in histoire(avant.reference)][-1] == "habilitation.affecter"


def test_changer_de_role_sans_dire_de_service_garde_le_sien(bomy):
    yvette = personne("Yvette Cordier")
    donner(bomy, yvette, ["lecteur"], service="Voirie")

    assert donner(bomy, yvette, ["redacteur"]).service == "Voirie"
