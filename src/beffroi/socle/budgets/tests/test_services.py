"""Compter avant d'agir, rendre, oublier."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from beffroi.socle.budgets import queries, services, taches
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.budgets.models import Depense
from beffroi.socle.budgets.rules import (
    LIGNES_AU_REGISTRE,
    OCTETS_SUR_LE_DISQUE,
    PENDANT_AU_REGISTRE,
    Budget,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 5, 12, 10, tzinfo=UTC)
DEUX = Budget(acte="contact", par_reseau=2, en_tout=3, pendant=timedelta(minutes=10), lignes=1)


def demande(adresse="198.51.100.7"):
    request = RequestFactory().get("/", REMOTE_ADDR=adresse)
    request.user = AnonymousUser()
    return request


def agir(request=None, *, le=MIDI, budget=DEUX, lien=""):
    with sur_le_budget(request or demande(), budget, maintenant=le, lien=lien):
        pass


def test_le_troisieme_d_un_reseau_est_refuse_et_le_voisin_passe():
    agir()
    agir()

    with pytest.raises(RegleEnfreinte, match="depuis votre réseau"):
        agir()
    agir(demande("198.51.100.8"))
    with pytest.raises(RegleEnfreinte, match="Trop de personnes sans compte"):
        agir(demande("198.51.100.9"))


def test_dix_minutes_apres_il_repasse():
    agir()
    agir(le=MIDI + timedelta(minutes=5))

    with pytest.raises(RegleEnfreinte):
        agir(le=MIDI + timedelta(minutes=10) - timedelta(seconds=1))
    agir(le=MIDI + timedelta(minutes=10))


def test_tout_un_reseau_ipv6_compte_ensemble():
    agir(demande("2001:db8::1"))
    agir(demande("2001:db8::2"))

    with pytest.raises(RegleEnfreinte, match="depuis votre réseau"):
        agir(demande("2001:db8::ffff"))
    agir(demande("2001:db8:0:1::1"))


def test_un_lien_compte_d_ou_qu_il_vienne():
    agir(demande("198.51.100.1"), lien="D-1")
    agir(demande("198.51.100.2"), lien="D-1")

    with pytest.raises(RegleEnfreinte):
        agir(demande("198.51.100.3"), lien="D-1")


@pytest.mark.moteurs
def test_ce_qu_une_regle_refuse_ne_coute_rien():
    for _ in range(4):
        with pytest.raises(ConflitEtat), sur_le_budget(demande(), DEUX, maintenant=MIDI):
            raise ConflitEtat("Trop tard.")

    assert not Depense.objects.exists()


def test_le_registre_compte_tous_les_actes_ensemble():
    ailleurs = Budget(acte="autre", par_reseau=1, en_tout=1, lignes=LIGNES_AU_REGISTRE - 1)
    agir(budget=ailleurs)
    agir(demande("198.51.100.8"))

    with pytest.raises(RegleEnfreinte, match="Le registre a déjà reçu"):
        agir(demande("198.51.100.9"))
    agir(demande("198.51.100.9"), le=MIDI + PENDANT_AU_REGISTRE)
    compte = queries.depenses(DEUX, qui="", le=MIDI + PENDANT_AU_REGISTRE)
    assert compte.au_registre == 1


def test_le_disque_compte_les_fichiers_de_tous_et_laisse_passer_qui_n_en_joint_pas():
    large = Budget(acte="question", par_reseau=9, en_tout=9)
    with sur_le_budget(demande(), large, maintenant=MIDI, octets=OCTETS_SUR_LE_DISQUE):
        pass

    with (
        pytest.raises(RegleEnfreinte, match="Trop de fichiers"),
        sur_le_budget(demande("198.51.100.8"), large, maintenant=MIDI, octets=1),
    ):
        pass
    agir(budget=large)


@pytest.mark.moteurs
def test_la_depense_ne_garde_pas_l_adresse_et_s_efface_au_bout_d_un_jour():
    agir()
    gardee = Depense.objects.get()
    assert len(gardee.qui) == 64 and "198.51" not in str(Depense.objects.values().get())

    taches.oublier(MIDI + services.VIE_D_UNE_DEPENSE - timedelta(seconds=1))
    assert Depense.objects.exists()
    taches.oublier(MIDI + services.VIE_D_UNE_DEPENSE)
    assert not Depense.objects.exists()


def test_rien_ne_compte_plus_longtemps_que_ce_qui_se_garde():
    assert PENDANT_AU_REGISTRE < services.VIE_D_UNE_DEPENSE
