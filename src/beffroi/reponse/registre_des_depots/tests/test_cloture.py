"""La clôture se note d'elle-même, après l'heure, avec le nombre de réponses engagé au journal."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import constater_la_cloture, declarer_sans_suite
from beffroi.reponse.depots import services
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.registre_des_depots import cloture
from beffroi.reponse.registre_des_depots.relecture_des_clotures import fautes_des_clotures
from beffroi.reponse.registre_des_depots.verification import relire_les_registres
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.prises import rondes
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

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
    assert cloture.constater_les_clotures in rondes()


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
    (contenu,) = Ecriture.objects.filter(acte="consultation.clore").values_list(
        "contenu", flat=True
    )
    assert consultation.etat == Consultation.Etat.CLOSE
    assert json.loads(contenu)["donnees"] == {
        "date_limite": LIMITE.isoformat(),
        "plis": 2,
        "retires": 1,
    }


def test_une_reponse_recue_a_temps_et_inscrite_apres_l_heure_est_comptee(faitage, consultation):
    cloture.constater_les_clotures(LIMITE + timedelta(seconds=10))
    assert not faitage.depose(("offre", None), le=LIMITE).hors_delai
    cloture.constater_les_clotures(NOTEE)

    (contenu,) = Ecriture.objects.filter(acte="consultation.clore").values_list(
        "contenu", flat=True
    )
    assert json.loads(contenu)["donnees"]["plis"] == 1
    assert list(fautes_des_clotures()) == []


def test_une_reponse_arrivee_apres_la_note_est_encore_recue(faitage, consultation):
    cloture.constater_les_clotures(NOTEE)

    assert faitage.depose(("offre", None), le=APRES + timedelta(hours=1)).hors_delai


def test_une_reponse_disparue_apres_la_cloture_contredit_le_nombre_engage(faitage, consultation):
    pli = faitage.depose(("offre", None))
    cloture.constater_les_clotures(NOTEE)
    assert list(fautes_des_clotures()) == []

    falsifier(pli, APRES)

    assert ["la base en garde 0" in faute.quoi for faute in fautes_des_clotures()] == [True]


@pytest.mark.moteurs
def test_une_reponse_a_temps_inscrite_apres_la_note_est_comptee_avec_sa_preuve(
    faitage, consultation
):
    cloture.constater_les_clotures(NOTEE)
    pli = faitage.depose(("offre", None), le=LIMITE)

    constats = list(relire_les_registres())

    assert [constat.bon for constat in constats] == [True, True]
    assert f"{pli.reference}, reçue à temps, inscrite après la clôture" in constats[0].quoi
    assert constats[0].quoi.endswith(f"avant la première ouverture : écriture n° {pli.ecriture}")


def test_une_reponse_a_temps_inscrite_apres_la_note_ne_disparait_pas_non_plus(
    faitage, consultation
):
    cloture.constater_les_clotures(NOTEE)
    pli = faitage.depose(("offre", None), le=LIMITE)

    falsifier(pli, APRES)

    assert [faute.quoi for faute in fautes_des_clotures()] == [
        "réponses reçues à temps : la clôture en a engagé 0, le journal en a inscrit 1 ensuite, "
        f"la base en garde 0 ({pli.reference})"
    ]


def test_une_reponse_tardive_antidatee_est_refusee(faitage, consultation):
    cloture.constater_les_clotures(NOTEE)
    pli = faitage.depose(("offre", None), le=NOTEE)
    assert list(fautes_des_clotures()) == []

    falsifier(pli, LIMITE)

    assert ["la base en garde 1" in faute.quoi for faute in fautes_des_clotures()] == [True]


def test_echanger_une_reponse_comptee_contre_une_tardive_se_voit(faitage, consultation):
    comptee = faitage.depose(("offre", None))
    tardive = factories.Candidat(consultation).depose(("offre", None), le=APRES)
    cloture.constater_les_clotures(NOTEE)

    falsifier(comptee, APRES)
    falsifier(tardive, LIMITE)

    [faute] = fautes_des_clotures()
    assert comptee.reference in faute.quoi and tardive.reference in faute.quoi


def test_une_cloture_qui_engage_moins_que_le_journal_n_en_avait_inscrit_se_voit(
    faitage, consultation
):
    faitage.depose(("offre", None))
    noter = {"date_limite": LIMITE.isoformat(), "plis": 0, "retires": 0}
    constater_la_cloture(consultation=consultation, par=PLATEFORME, maintenant=NOTEE, donnees=noter)

    assert len(list(fautes_des_clotures())) == 1


@pytest.mark.parametrize("le,clotures", [(LIMITE, []), (APRES, ["consultation.clore"])])
def test_renoncer_apres_l_heure_note_d_abord_la_cloture(faitage, consultation, le, clotures):
    faitage.depose(("offre", None))

    declarer_sans_suite(
        consultation=consultation, motif="Le besoin cesse.", par=PLATEFORME, maintenant=le
    )

    actes = Ecriture.objects.filter(sujet=consultation.reference).order_by("numero")
    assert list(actes.values_list("acte", flat=True)) == [
        *clotures,
        "consultation.declarer_sans_suite",
    ]
    assert all('"plis":1' in acte.contenu for acte in actes.filter(acte="consultation.clore"))


@pytest.mark.moteurs
def test_la_note_attend_un_report_accorde_a_l_instant(faitage, consultation):
    Consultation.toutes.filter(pk=consultation.pk).update(date_limite_remise=NOTEE)

    cloture.noter_la_cloture(consultation=consultation, maintenant=NOTEE)

    assert not Ecriture.objects.filter(acte="consultation.clore").exists()


@pytest.mark.parametrize("le,tirages", [(LIMITE, 0), (APRES, 1)])
def test_une_reponse_a_temps_inscrite_apres_l_heure_fait_sceller_de_nouveau_le_registre(
    faitage, consultation, le, tirages
):
    with time_machine.travel(le, tick=False):
        faitage.depose(("offre", None), le=LIMITE)

    assert Tache.objects.filter(chemin__endswith="tirer_de_nouveau").count() == tirages


def falsifier(pli, recu_le):
    """Ce que ferait qui n'a que la base : l'heure d'un pli, sans sa garde."""
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE depots_pli DISABLE TRIGGER USER")
        else:
            curseur.execute("DROP TRIGGER IF EXISTS depots_pli_fige")
    Pli.objects.filter(pk=pli.pk).update(recu_le=recu_le, hors_delai=recu_le > LIMITE)
