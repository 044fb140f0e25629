"""L'assistance mesurée entière : ce qui était promis, ce qui a été tenu, et combien de temps."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from beffroi.achat.relectures import services as relectures
from beffroi.achat.relectures.lecture import ReglementLu
from beffroi.centre.interventions.tests.theatre import agent, centre, en_service, intervenir
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.pilotage import presentation, queries, rules, tableurs
from beffroi.service.pilotage.mesures import Promise

HEURE = timedelta(hours=1)
# Un lundi ouvré, à dix heures de Paris.
DIX_HEURES = datetime(2026, 11, 2, 9, tzinfo=UTC)
PROMIS = DIX_HEURES + 4 * HEURE


def compter(*tenues, le=PROMIS + HEURE):
    return rules.promesses(
        [Promise(DIX_HEURES, PROMIS, tenue) for tenue in tenues],
        le=le,
        horaires=settings.SERVICE["horaires"],
    )


@pytest.mark.parametrize(
    ("tenue", "le", "attendu"),
    [
        (PROMIS, PROMIS, (1, 1)),
        (PROMIS + timedelta(seconds=1), PROMIS + HEURE, (1, 0)),
        (None, PROMIS - timedelta(seconds=1), (0, 0)),
        (None, PROMIS, (1, 0)),
        (DIX_HEURES, DIX_HEURES, (1, 1)),
    ],
)
def test_une_promesse_compte_tenue_ou_quand_son_heure_est_passee(tenue, le, attendu):
    mesure = compter(tenue, le=le)
    assert (mesure.dues, mesure.tenues) == attendu


def test_la_mediane_se_compte_aux_heures_ou_l_assistance_repond():
    lendemain = DIX_HEURES + timedelta(days=1)
    horaires = settings.SERVICE["horaires"]
    mesure = compter(DIX_HEURES + HEURE, None, DIX_HEURES + 3 * HEURE)

    assert mesure.mediane == 2 * HEURE
    assert compter(lendemain).mediane == rules.temps_ouvre(DIX_HEURES, lendemain, horaires)
    assert compter(lendemain).mediane < timedelta(days=1)


def test_sans_reponse_aucune_mediane_et_sans_promesse_echue_aucune_part():
    assert compter(None).mediane is None
    assert compter().dues == 0


def test_ce_qui_dure_encore_se_compte_et_n_a_pas_de_duree():
    mesure = rules.durees([timedelta(minutes=12), None])
    assert (mesure.nombre, mesure.mediane) == (2, timedelta(minutes=12))


@pytest.mark.django_db
def test_une_annee_sans_rien_ne_pretend_rien():
    aides = presentation.assistance(queries.assistance(LUNDI.year, le=LUNDI))

    assert [aide.nombre for aide in aides] == [0, 0, 0, 0, 0]
    assert {aide.mediane for aide in aides} == {"–"}
    assert aides[0].tenues == "aucune échue"


@pytest.mark.django_db
def test_une_intervention_se_compte_et_sa_duree_a_sa_fin(django_assert_num_queries):
    fanny = agent(centre(), "Fanny Delattre", "technicien")
    intervenir(en_service(), fanny, minutes=60)
    pendant = queries.assistance(LUNDI.year, le=LUNDI + HEURE / 2).interventions
    apres = queries.assistance(LUNDI.year, le=LUNDI + HEURE).interventions

    assert (pendant.nombre, pendant.mediane) == (1, None)
    assert apres.mediane == HEURE
    with django_assert_num_queries(5):
        queries.assistance(LUNDI.year, le=LUNDI + HEURE)


def relire(consultation, scene):
    return relectures.demander_la_relecture(
        consultation=consultation,
        lu=ReglementLu(),
        message="",
        par=scene.martine,
        maintenant=scene.le,
    )


def test_un_avis_en_retard_manque_sa_promesse_et_une_relecture_retiree_n_attend_rien(
    scene_d_achat,
):
    scene = scene_d_achat
    rendue, retiree, attendue = (relire(scene.brouillon(titre), scene) for titre in "ABC")
    claire = agent(centre(), "Claire Dubois", "juriste")
    relectures.retirer_la_relecture(
        relecture=retiree, par=scene.martine.acteur, maintenant=scene.le
    )
    relectures.prendre_la_relecture(relecture=rendue, par=claire, maintenant=scene.le)
    relectures.rendre_l_avis(
        relecture=rendue, avis="conforme", observation="", par=claire, maintenant=rendue.due_le
    )

    avant, apres = (
        queries.assistance(scene.le.year, le=le).avis for le in (scene.le, attendue.due_le + HEURE)
    )
    assert (avant.recues, avant.dues, avant.tenues) == (2, 1, 1)
    assert (apres.dues, apres.tenues) == (2, 1)


@pytest.mark.django_db
def test_le_tableur_dit_les_memes_nombres_que_la_page():
    mesure = queries.assistance(LUNDI.year, le=LUNDI)
    annee = queries.annee_de(queries.perimetre_du_service(), LUNDI.year, le=LUNDI)
    csv = tableurs.csv(annee, de_l_acheteur=False, assistance=mesure).decode()

    for aide in presentation.assistance(mesure):
        assert f";Assistance;{aide.nom};{aide.nombre};" in csv
    assert "Assistance" not in tableurs.csv(annee, de_l_acheteur=True).decode()
