"""La clôture se note d'elle-même, après l'heure, avec le nombre de réponses engagé au journal."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from beffroi.consultations.models import Consultation
from beffroi.depots import services
from beffroi.depots.models import Pli
from beffroi.depots.tests import factories
from beffroi.depots.tests.factories import LIMITE, VEILLE
from beffroi.journal.models import Ecriture
from beffroi.registre_des_depots import cloture
from beffroi.registre_des_depots.relecture_des_clotures import fautes_des_clotures
from beffroi.socle.rondes import RONDES

pytestmark = pytest.mark.django_db
APRES = LIMITE + timedelta(seconds=1)
NOTEE = LIMITE + timedelta(seconds=36)


@pytest.fixture
def consultation():
    return factories.consultation()


@pytest.fixture
def faitage(consultation):
    return factories.Candidat(consultation)


def test_l_ouvrier_fait_cette_ronde():
    assert cloture.constater_les_clotures in RONDES


@pytest.mark.parametrize("le", [VEILLE, LIMITE, APRES, LIMITE + timedelta(seconds=35)])
def test_rien_ne_se_note_tant_que_le_delai_court(faitage, consultation, le):
    faitage.depose(("offre", None))

    cloture.constater_les_clotures(le)

    consultation.refresh_from_db(from_queryset=Consultation.toutes.all())
    assert consultation.etat == Consultation.Etat.PUBLIEE
    assert not Ecriture.objects.filter(acte="consultation.clore").exists()


def test_la_cloture_se_note_une_fois_avec_le_nombre_de_reponses(faitage, consultation):
    faitage.depose(("offre", None))
    parti = factories.Candidat(consultation)
    pli = parti.depose(("offre", None))
    services.retirer_pli(pli=pli, par=parti.personne, maintenant=VEILLE + timedelta(hours=1))
    faitage.depose(("offre", None), le=APRES)

    cloture.constater_les_clotures(APRES + timedelta(minutes=1))
    cloture.constater_les_clotures(APRES + timedelta(minutes=2))

    consultation.refresh_from_db(from_queryset=Consultation.toutes.all())
    (contenu,) = Ecriture.objects.filter(acte="consultation.clore").values_list("contenu", flat=True)
    assert consultation.etat == Consultation.Etat.CLOSE
    assert json.loads(contenu)["donnees"] == {"date_limite": LIMITE.isoformat(), "plis": 2, "retires": 1}


def test_une_reponse_recue_a_temps_et_inscrite_apres_l_heure_est_comptee(faitage, consultation):
    cloture.constater_les_clotures(LIMITE + timedelta(seconds=10))
    assert not faitage.depose(("offre", None), le=LIMITE).hors_delai
    cloture.constater_les_clotures(NOTEE)

    (contenu,) = Ecriture.objects.filter(acte="consultation.clore").values_list("contenu", flat=True)
    assert json.loads(contenu)["donnees"]["plis"] == 1
    assert list(fautes_des_clotures()) == []


def test_une_reponse_arrivee_apres_la_note_est_encore_recue(faitage, consultation):
    cloture.constater_les_clotures(NOTEE)

    assert faitage.depose(("offre", None), le=APRES + timedelta(hours=1)).hors_delai


def test_une_reponse_disparue_apres_la_cloture_contredit_le_nombre_engage(faitage, consultation):
    faitage.depose(("offre", None))
    cloture.constater_les_clotures(NOTEE)
    assert list(fautes_des_clotures()) == []

    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE depots_pli DISABLE TRIGGER USER")
        else:
            curseur.execute("DROP TRIGGER depots_pli_fige")
    Pli.objects.update(recu_le=APRES, hors_delai=True)

    assert ["la base en garde 0" in faute.quoi for faute in fautes_des_clotures()] == [True]
