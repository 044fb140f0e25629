"""« À faire » rappelle chaque contrat à publier, avant son dernier jour."""

from datetime import date

import pytest

from beffroi.donnees_essentielles import services
from beffroi.donnees_essentielles.tests.scene import LE, agent, marche, organisme
from beffroi.journal.acteurs import PLATEFORME
from beffroi.portail.a_faire import taches_de

pytestmark = [pytest.mark.django_db, pytest.mark.article("CCP", "R. 2196-1")]


def preparer(**change):
    return services.preparer_la_fiche(organisme=organisme(), contrat=marche(**change), par=PLATEFORME, maintenant=LE)


def dites(personne):
    return [tache.quand for tache in taches_de(personne, le=LE) if "/donnees-essentielles/" in tache.url]


@pytest.mark.parametrize(
    ("notifie", "quand"),
    [(date(2026, 11, 2), "Avant le 2 janvier 2027"), (date(2026, 9, 2), "En retard depuis le 2 novembre 2026")],
)
def test_une_fiche_preparee_se_rappelle_a_qui_la_publie(notifie, quand):
    preparer(date_notification=notifie)

    assert dites(agent(organisme(), "redacteur")) == [quand]


def test_une_fiche_publiee_ou_d_une_autre_voie_ne_se_rappelle_pas():
    services.publier_la_preparee(fiche=preparer(), par=PLATEFORME, maintenant=LE)
    regleuse = agent(organisme(), "administrateur", "redacteur")
    services.regler_le_canal(organisme=organisme(), canal="pes", ailleurs="", par=regleuse, maintenant=LE)
    preparer(id="AUTRE")

    assert dites(regleuse) == []


def test_un_lecteur_n_a_rien_a_publier():
    preparer()

    assert dites(agent(organisme(), "lecteur")) == []
