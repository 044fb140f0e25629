"""Plusieurs adhérents signés, activés d'un coup, ou aucun."""

import pytest
from django.test import Client

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.tests.gestes import adherent
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.tests import gestes
from beffroi.centre.interventions.tests.theatre import SIRET_VOISIN
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, connecter
from beffroi.personnes.organismes.models import HabilitationEnAttente, Organisme
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
PAGE = "/cdg/comptes/activer/"


@pytest.fixture
def gestionnaire(monkeypatch) -> Client:
    gestes.le_centre()
    monkeypatch.setattr("beffroi.centre.interventions.views.activations.maintenant", lambda: LUNDI)
    return connecter(Client(), avec_second_facteur(Utilisateur.objects.get(nom="Benoît Roussel")))


def signee(siret: str, nom: str) -> Convention:
    chez = adherent(siren=siret[:9], nom=nom, siret=siret)
    return gestes.signee(gestes.deliberee(gestes.envoyee(gestes.projet(gestes.demande(chez)))))


def cocher(client: Client, *conventions: Convention):
    return client.post(PAGE, {"convention": [convention.reference for convention in conventions]})


def test_toutes_s_activent_et_chacune_invite_son_administratrice(gestionnaire):
    deux = signee("21620155800014", "Bomy"), signee(SIRET_VOISIN, "Audincthun")

    assert cocher(gestionnaire, *deux).status_code == 302
    assert Organisme.objects.filter(role="acheteur").count() == 2
    assert set(Convention.objects.values_list("etat", flat=True)) == {"active"}
    assert (
        HabilitationEnAttente.objects.filter(attendue__courriel="martine@bomy.example").count() == 2
    )
    assert Courriel.objects.filter(cle__startswith="attente/").exists()


def test_une_seule_empechee_et_aucune_ne_s_active(gestionnaire):
    deux = signee("21620155800014", "Bomy"), signee(SIRET_VOISIN, "Audincthun")
    Adherent.objects.filter(nom="Audincthun").update(siret="")

    recu = cocher(gestionnaire, *deux)
    assert (
        recu.status_code == 422
        and "Audincthun : Il manque le SIRET" in recu.content.decode().replace("\xa0", " ")
    )
    assert not Organisme.objects.filter(role="acheteur").exists()
    assert set(Convention.objects.values_list("etat", flat=True)) == {"signee"}


def test_ce_qui_manque_se_dit_et_ne_se_coche_pas(gestionnaire):
    convention = signee("21620155800014", "Bomy")
    Adherent.objects.filter(nom="Bomy").update(siret="")

    page = gestionnaire.get(PAGE).content.decode()
    assert (
        "Il manque le SIRET" in page.replace("\xa0", " ")
        and f'value="{convention.reference}"' not in page
    )


def test_ne_rien_cocher_se_dit(gestionnaire):
    assert cocher(gestionnaire).status_code == 422


def test_une_convention_qui_n_est_pas_signee_ne_s_active_pas_par_son_numero(gestionnaire):
    assert cocher(gestionnaire, gestes.projet()).status_code == 422
    assert not Organisme.objects.filter(role="acheteur").exists()
