"""Ce qu'allauth compte, tous les processus le comptent ensemble ; et la base ne dit pas qui."""

from datetime import timedelta

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache, caches
from django.test import RequestFactory

from beffroi.socle.budgets import services
from beffroi.socle.budgets.models import CompteurPartage
from beffroi.socle.fondations.horloge import heure_reelle
from tests.serveurs.tempete import MOTEURS, tempete_sur

DEMANDES, PERMISES = 12, 5


@pytest.fixture(params=MOTEURS)
def deux_processus(request, tmp_path):
    with tempete_sur(
        request.param, tmp_path, "beffroi.socle.budgets.tests.deux_processus"
    ) as jouer:
        yield jouer


def test_deux_processus_ne_laissent_pas_passer_deux_fois_plus(deux_processus):
    bilan = deux_processus(DEMANDES, PERMISES)

    assert (bilan["passees"], bilan["codes"]) == (PERMISES, 1)


@pytest.mark.django_db
@pytest.mark.moteurs
def test_une_entree_absente_se_prend_une_fois_et_se_reprend_une_fois_finie():
    assert [cache.add("cle", "y", timeout=30) for _ in range(2)] == [True, False]

    CompteurPartage.objects.update(jusqu_a=heure_reelle() - timedelta(seconds=1))
    assert cache.get("cle") is None and cache.add("cle", "z", timeout=30)
    assert cache.get("cle") == "z"


@pytest.mark.django_db
@pytest.mark.moteurs
def test_une_entree_se_remplace_se_prolonge_et_s_oublie():
    cache.set("cle", [1.5], 30)
    cache.set("cle", [2.5, 1.5], 30)

    assert cache.get("cle") == [2.5, 1.5]
    assert cache.touch("cle", 60) and not cache.touch("autre", 60)
    assert cache.delete("cle") and not cache.delete("cle")
    cache.set("cle", 1, 30)
    cache.clear()
    assert cache.get("cle", "rien") == "rien"


@pytest.mark.django_db
def test_la_base_ne_garde_ni_adresse_ni_clair():
    request = RequestFactory().post("/", REMOTE_ADDR="198.51.100.7")
    ratelimit.consume(request, app="allauth.mfa", action="webauthn_login")

    [ligne] = CompteurPartage.objects.values()
    assert "198.51.100" not in str(ligne) and len(ligne["cle"]) == 64


@pytest.mark.django_db
def test_un_objet_de_python_ne_s_y_garde_pas():
    with pytest.raises(TypeError):
        cache.set("cle", object(), 30)


@pytest.mark.django_db
def test_ce_qui_ne_compte_plus_s_efface():
    cache.set("vieux", 1, 30)
    cache.set("neuf", 1, 90)

    services.oublier(le=heure_reelle() + timedelta(seconds=60))

    assert (cache.get("vieux"), cache.get("neuf")) == (None, 1)


def test_ce_qui_n_est_qu_une_memoire_n_ecrit_rien_en_base():
    caches["memoire"].set("cle", object(), 30)

    assert caches["memoire"].get("cle") is not None
