"""Une base changée le temps d'une ouverture, puis remise : les réponses proposées la trahissent."""

from datetime import timedelta

import pytest
from django.db import connection

from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.services import retirer_pli
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.rejeu import relire_les_propositions
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE

pytestmark = pytest.mark.django_db
UNE_HEURE = timedelta(hours=1)


@pytest.fixture
def repondues(scene):
    """L'Atelier remplace sa réponse ; les Zingueurs en gardent une."""
    scene.repond(le=LIMITE - 3 * UNE_HEURE)
    return scene.repond(le=LIMITE - 2 * UNE_HEURE), scene.repond("zoe", "zingueurs")


def fautes():
    return [constat.quoi for constat in relire_les_propositions() if not constat.bon]


def lever_les_gardes():
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE depots_pli DISABLE TRIGGER USER")
            return
        curseur.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name = 'depots_pli' AND type = 'trigger'"
        )
        for (nom,) in curseur.fetchall():
            curseur.execute(f"DROP TRIGGER {nom}")


def test_une_seance_ordinaire_se_rejoue_a_l_identique(scene, repondues):
    factories.seance_installee(scene)

    [constat] = relire_les_propositions()
    assert constat.bon and "1 séance" in constat.quoi


def test_une_reponse_retiree_n_est_pas_attendue(scene, repondues):
    _, zingueurs = repondues
    retirer_pli(pli=zingueurs, par=scene.personne("zoe"), maintenant=LIMITE - UNE_HEURE)
    factories.seance_installee(scene)

    assert fautes() == []


@pytest.mark.moteurs
def test_une_reponse_escamotee_le_temps_de_l_ouverture_est_trouvee(scene, repondues):
    """Dite retirée, elle ne se propose plus ; la séance installée, tout est remis."""
    _, zingueurs = repondues
    lever_les_gardes()
    Pli.objects.filter(pk=zingueurs.pk).update(etat=Pli.Etat.RETIRE)
    factories.seance_installee(scene)
    Pli.objects.filter(pk=zingueurs.pk).update(etat=Pli.Etat.DEPOSE)

    assert fautes() == ["une réponse que le journal fait proposer ne l'a pas été"] * 2


def test_une_reponse_remplacee_que_l_on_fait_proposer_est_trouvee(scene, repondues):
    seance = factories.seance_installee(scene)
    [ancien] = Pli.objects.filter(remplacants__isnull=False)
    for rang, enveloppe in enumerate(ancien.enveloppes.all(), start=50):
        OuverturePli.objects.create(seance=seance, pli=ancien, enveloppe=enveloppe, rang=rang)

    assert fautes() == ["une réponse proposée n'était pas à proposer"] * 2
