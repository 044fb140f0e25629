"""Replanter une scène, c'est retrouver exactement celle que les services avaient plantée."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models, transaction

from beffroi.achat.consultations.tests import semis
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes

pytestmark = pytest.mark.django_db
LE = maintenant()


@pytest.fixture(autouse=True)
def rien_de_seme(monkeypatch):
    monkeypatch.setattr(semis, "_semis", {})


@contextmanager
def puis_rien():
    """Ce que fait la fin d'un test : la base redevient neuve."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tout():
    """Chaque ligne de chaque table."""
    return {
        modele._meta.db_table: sorted(models.QuerySet(modele).values_list(), key=str)
        for modele in apps.get_models(include_auto_created=True)
    }


def test_les_lignes_replantees_sont_celles_qui_ont_ete_plantees():
    with puis_rien():
        planter_la_scene(le=LE)
        plantees = tout()

    planter_la_scene(le=LE + timedelta(minutes=1))

    assert tout() == plantees
    assert Ecriture.objects.count() > 20


def test_une_scene_replantee_est_conforme_a_son_journal():
    with puis_rien():
        planter_la_scene(le=LE)

    scene = planter_la_scene(le=LE)

    assert list(fautes_des_lignes()) == []
    assert scene.publiee().publiee_le == LE


def test_ce_qu_un_test_change_de_sa_scene_ne_passe_pas_au_suivant():
    with puis_rien():
        planter_la_scene(le=LE).organisme.nom = "Commune d'Azincourt"
    with puis_rien():
        planter_la_scene(le=LE).martine.nom = "Berthe"

    scene = planter_la_scene(le=LE)

    assert (scene.organisme.nom, scene.martine.nom) == ("Commune de Bomy", "Martine Caron")


@pytest.mark.parametrize("ecart", [timedelta(days=-1), timedelta(hours=1)])
def test_un_test_qui_voyage_plante_la_sienne(ecart):
    with puis_rien():
        planter_la_scene(le=LE)

    assert planter_la_scene(le=LE + ecart).le == LE + ecart


def test_dans_une_base_qui_vit_deja_rien_ne_se_replante(scene):
    with pytest.raises(Exception, match=r"SIRET|siret|UNIQUE|unique|existe"):
        planter_la_scene(le=scene.le)
