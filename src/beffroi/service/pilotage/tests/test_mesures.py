"""Compter une année :
au bon mois de Paris, sans rien dire d'une heure limite à venir, sans nommer personne.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots import services as depots
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.service.pilotage import presentation, queries, rules, tableurs

pytestmark = pytest.mark.django_db
APRES = LIMITE + timedelta(days=1)
ANNEE = LIMITE.year
# La fabrique publie quinze jours avant la veille : l'année d'avant.
PUBLICATION = (VEILLE - timedelta(days=15)).year


@pytest.fixture
def consultation():
    return factories.consultation()


def mesurer(le=APRES, annee=ANNEE):
    return queries.annee_de(queries.perimetre_du_service(), annee, le=le)


def repondre(consultation, nombre=1, **quand):
    candidats = [factories.Candidat(consultation) for _ in range(nombre)]
    return [(candidat, candidat.depose(("offre", None), **quand)) for candidat in candidats]


@pytest.mark.parametrize("le", [VEILLE, LIMITE])
def test_avant_l_heure_limite_aucun_nombre_de_reponses(consultation, le):
    repondre(consultation, 2)

    assert mesurer(le).reponses.consultations == 0
    assert mesurer(le).reponses.a_temps == 0


def test_un_report_remet_le_nombre_au_secret(consultation):
    repondre(consultation)
    assert mesurer().reponses.a_temps == 1

    Consultation.toutes.filter(pk=consultation.pk).update(
        date_limite_remise=APRES + timedelta(days=1)
    )

    assert mesurer().reponses.consultations == 0


def test_une_entreprise_compte_une_fois_et_ses_plis_hors_delai_a_part(consultation):
    ((candidat, premier),) = repondre(consultation)
    candidat.depose(("offre", None), le=VEILLE + timedelta(hours=1))
    candidat.depose(("offre", None), le=LIMITE + timedelta(minutes=1))
    ((parti, pli),) = repondre(consultation)
    depots.retirer_pli(pli=pli, par=parti.personne, maintenant=VEILLE + timedelta(hours=2))

    reponses = mesurer().reponses

    assert premier.consultation == consultation
    assert (reponses.a_temps, reponses.hors_delai, reponses.sans_reponse) == (1, 1, 0)


def test_une_consultation_sans_reponse_entre_dans_la_mediane(consultation):
    repondre(consultation, 3)
    factories.consultation()

    reponses = mesurer().reponses

    assert (reponses.consultations, reponses.sans_reponse) == (2, 1)
    assert presentation.decimal(reponses.mediane) == "1,5"


@pytest.mark.moteurs
def test_le_premier_janvier_a_paris_est_encore_l_an_passe_en_temps_universel(consultation):
    minuit = datetime(2024, 12, 31, 23, 0, tzinfo=UTC)
    Consultation.toutes.filter(pk=consultation.pk).update(
        publiee_le=minuit, creee_le=minuit - timedelta(seconds=1)
    )

    janvier, decembre = mesurer(annee=2025).mois[0], mesurer(annee=2024).mois[11]

    assert (janvier.publiees, janvier.creees) == (1, 0)
    assert (decembre.publiees, decembre.creees) == (0, 1)


@pytest.mark.moteurs
def test_la_somme_des_mois_des_parts_et_de_l_annee_est_la_meme(consultation):
    factories.consultation(nature="services")
    Consultation.toutes.filter(pk=consultation.pk).update(creee_le=VEILLE - timedelta(days=400))

    annee = mesurer(annee=PUBLICATION)

    assert annee.publiees == 2 and annee.creees == 1
    for parts in (annee.procedures, annee.natures, annee.etats):
        assert sum(part.nombre for part in parts) == annee.publiees


@pytest.mark.parametrize(("le", "etat"), [(VEILLE, "Publiée"), (APRES, "Close")])
def test_close_est_un_fait_de_dates(consultation, le, etat):
    assert [part.libelle for part in mesurer(le, PUBLICATION).etats] == [etat]


@pytest.mark.parametrize(("nombre", "montre"), [(0, True), (1, False), (4, False), (5, True)])
def test_le_centre_ne_lit_pas_un_nombre_qui_designerait_une_entreprise(
    consultation, nombre, montre
):
    repondre(consultation, nombre)
    reponses = mesurer().reponses

    assert (
        str(nombre) in [c.valeur for c in presentation.reponses(reponses, de_l_acheteur=False)]
    ) is montre
    assert str(nombre) in [c.valeur for c in presentation.reponses(reponses, de_l_acheteur=True)]
    assert (
        presentation.MASQUE in tableurs.csv(mesurer(), de_l_acheteur=False).decode()
    ) is not montre


def test_un_acheteur_ne_lit_que_les_siennes(consultation):
    autre = factories.consultation()

    siennes = queries.annee_de(queries.perimetre_de(autre.organisme), PUBLICATION, le=APRES)

    assert (siennes.publiees, mesurer(annee=PUBLICATION).publiees) == (1, 2)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_consultations(
    consultation, django_assert_num_queries
):
    with CaptureQueriesContext(
        connection,
    ) as une:
        mesurer(), queries.acheteurs(PUBLICATION)
    for _ in range(5):
        repondre(factories.consultation())
    with django_assert_num_queries(len(une)):
        mesurer(), queries.acheteurs(PUBLICATION)


def test_les_acheteurs_du_service_par_nombre_de_publications(consultation):
    factories.consultation(organisme_=consultation.organisme)
    factories.consultation()

    assert [acheteur.publiees for acheteur in queries.acheteurs(PUBLICATION)] == [2, 1]
    assert queries.acheteurs(PUBLICATION - 1) == []


@pytest.mark.parametrize(
    ("valeurs", "milieu"), [([], None), ([4], 4), ([1, 2], "1,5"), ([9, 1, 3], 3)]
)
def test_la_mediane_est_la_valeur_du_milieu(valeurs, milieu):
    trouvee = rules.mediane(valeurs)

    assert (trouvee if trouvee is None else presentation.decimal(trouvee)) == (
        milieu if milieu is None else str(milieu)
    )


def test_les_annees_vont_de_la_premiere_consultation_a_celle_en_cours(consultation):
    assert queries.annees_lisibles(
        queries.perimetre_du_service(), le=datetime(2027, 3, 1, tzinfo=UTC)
    ) == list(range(2027, (VEILLE - timedelta(days=20)).year - 1, -1))
