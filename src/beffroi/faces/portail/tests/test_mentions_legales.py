"""Les mentions légales nomment qui édite, qui répond de la publication, qui héberge."""

from datetime import date

import pytest

from beffroi.centre.contributions.tests.gestes import agent_du_centre
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.tests.gestes import decider_de_tout
from beffroi.personnes.comptes.tests.personnes import LUNDI

pytestmark = pytest.mark.django_db


def page(client) -> str:
    lue = client.get("/mentions-legales/").content.decode()
    return " ".join(lue.replace("\xa0", " ").replace("\u202f", " ").split())


def test_avant_que_le_centre_soit_ouvert_la_page_dit_le_nom_regle(client, settings):
    assert settings.SERVICE["exploitant"] in page(client)


def test_rien_de_decide_l_organisme_du_centre_et_ce_qui_manque_se_disent(client):
    agent_du_centre("Fanny Delattre", "gestionnaire")

    lue = page(client)
    assert "la personne qui préside cet organisme" in lue
    assert "pas encore nommé son hébergeur" in lue


def test_decides_le_siege_le_directeur_et_l_hebergeur_se_lisent(client):
    fanny = agent_du_centre("Fanny Delattre", "gestionnaire")
    decider_de_tout(fanny)
    for nom, valeur in (
        ("directeur_de_la_publication", "Camille Exemple"),
        ("hebergeur", "Hébergeur d'essai\n3 rue du Câble\n59000 Lille\n03 00 00 00 00"),
    ):
        decider(
            nom=nom,
            valeur=valeur,
            effet_le=date(2026, 1, 1),
            deliberation="",
            par=fanny,
            maintenant=LUNDI,
        )

    lue = page(client)
    assert "édité par Centre de gestion de la Fonction Publique Territoriale" in lue
    assert "Allée du Château 62702 Bruay-La-Buissière" in lue and "Camille Exemple" in lue
    assert "Hébergeur d’essai" in lue and "3 rue du Câble" in lue and "pas encore nommé" not in lue
