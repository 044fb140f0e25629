"""Une séance derrière un répartiteur : chaque demande arrive à un nœud, puis à l'autre."""

import itertools

import pytest

from beffroi.seance.coffre import coffre as coffres
from beffroi.seance.coffre.errors import CoffreVide
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from beffroi.seance.coffre.partage import CoffreDesNoeuds
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.seance.ouverture.tests.test_services import ouvrir

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux_coffres(monkeypatch):
    """Chaque appel vient d'un autre nœud que le précédent."""
    un, autre = CoffreEnMemoire(), CoffreEnMemoire()
    noeuds = itertools.cycle([CoffreDesNoeuds(un, [autre]), CoffreDesNoeuds(autre, [un])])
    monkeypatch.setattr(coffres, "en_memoire", lambda: next(noeuds))
    return un, autre


def test_la_seance_s_ouvre_quel_que_soit_le_noeud_qui_repond(scene, deux_coffres):
    scene.repond()
    seance = factories.seance_ouverte(scene)

    factories.ouvrir_tout(seance)

    etats = set(seance.ouvertures.values_list("etat", flat=True))
    assert etats == {OuverturePli.Etat.OUVERTE}
    seance.refresh_from_db()
    assert seance.etat == Seance.Etat.OUVERTE, "aucun nœud ne l'a suspendue"


def test_une_page_lue_de_l_autre_noeud_ne_suspend_pas_la_seance(scene, deux_coffres):
    seance = factories.seance_ouverte(scene)

    for _ in range(4):
        tenue = services.constater_la_perte_des_cles(seance=seance, maintenant=SEANCE_LE)
        assert tenue.etat == Seance.Etat.OUVERTE


def test_close_aucun_noeud_ne_tient_plus_les_cles(scene, deux_coffres):
    seance = factories.seance_ouverte(scene)

    services.suspendre(seance=seance, raison="", par=seance.presidee_par, maintenant=SEANCE_LE)

    assert not any(
        tenu.contient(seance.reference, sorte)
        for tenu in deux_coffres
        for sorte in seance.paires_de_cles
    )


def test_le_noeud_qui_tient_les_cles_meurt_et_la_seance_reprend_par_l_autre(
    scene, deux_coffres, monkeypatch
):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    ouvrir(seance, 1)
    survivant = CoffreEnMemoire()
    monkeypatch.setattr(coffres, "en_memoire", lambda: survivant)

    with pytest.raises(CoffreVide, match="tournent de nouveau"):
        ouvrir(seance, 2)
    seance = services.constater_la_perte_des_cles(seance=seance, maintenant=SEANCE_LE)
    seance = factories.tourner(scene, seance)
    ouvrir(seance, 2)

    etats = set(seance.ouvertures.values_list("etat", flat=True))
    assert etats == {OuverturePli.Etat.OUVERTE}
