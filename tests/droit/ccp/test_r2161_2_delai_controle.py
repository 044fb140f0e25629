"""CCP, art. R. 2161-2, R. 2161-3, R. 2151-2 et R. 3124-2 : le contrôle du délai minimal (RC-03)."""

from datetime import date, datetime

import pytest

from droit.achat import DocumentHorsProfil
from droit.calendrier.heures import PARIS
from tests.droit.achats import achat, constats, dates, gravites

pytestmark = pytest.mark.article("CCP", "R. 2161-2")


def appel_d_offres(jour: int, mois: int = 12, **change):
    limite = datetime(2026, mois, jour, 14, tzinfo=PARIS)
    posees = dates(envoi_de_l_avis=date(2026, 11, 26), limite=limite, **change.pop("dates", {}))
    return achat(procedure="appel_offres_ouvert", dates=posees, **change)


@pytest.mark.article("CCP", "R. 2161-3")
@pytest.mark.parametrize("jour,attendues", [(25, ["bloquant"]), (26, ["avertissement"]), (29, [])])
def test_trente_jours_par_voie_electronique(jour, attendues):
    assert gravites(constats("RC-03", appel_d_offres(jour))) == attendues


def test_le_constat_dit_la_premiere_date_sure_l_article_et_le_remede():
    (constat,) = constats("RC-03", appel_d_offres(25))

    assert constat.attendu == "le 29 décembre 2026 ou après"
    assert str(constat.pourquoi.source) == "CCP, art. R. 2161-2"
    assert (constat.champ, constat.remede) == (
        "dates.limite",
        "Choisissez une date plus tardive, ou dites l'urgence si elle est réelle.",
    )


@pytest.mark.article("CCP", "R. 2161-3")
def test_une_urgence_justifiee_ramene_le_delai_a_quinze_jours():
    assert (
        constats("RC-03", appel_d_offres(15, dates={"urgence": "Toiture arrachée par la tempête."}))
        == ()
    )


@pytest.mark.article("CCP", "R. 2151-2")
@pytest.mark.parametrize("jour,attendues", [(30, ["bloquant"]), (31, ["avertissement"])])
def test_des_documents_hors_du_profil_ajoutent_cinq_jours(jour, attendues):
    plan = DocumentHorsProfil(intitule="Plan", raison="Sûreté", moyen_d_acces="Sur demande")

    assert (
        gravites(constats("RC-03", appel_d_offres(jour, documents_hors_profil=(plan,))))
        == attendues
    )


def test_sans_date_d_envoi_le_delai_court_au_plus_tot_d_aujourd_hui():
    posees = dates(envoi_de_l_avis=None, limite=datetime(2026, 12, 1, 14, tzinfo=PARIS))
    projet = achat(procedure="appel_offres_ouvert", dates=posees)

    assert gravites(constats("RC-03", projet)) == ["bloquant"]


@pytest.mark.parametrize(
    ("envoi", "attendues"), [(23, ["Compté d'aujourd'hui, le délai est trop court."]), (24, [])]
)
def test_un_avis_qui_devait_partir_avant_aujourd_hui_se_recompte_d_aujourd_hui(envoi, attendues):
    """Trente jours du 23 novembre finissent le 23 décembre ;
    aujourd'hui est le 24, et l'avis n'est peut-être pas parti.
    """
    posees = dates(
        envoi_de_l_avis=date(2026, 11, envoi), limite=datetime(2026, 12, 23, 14, tzinfo=PARIS)
    )

    trouves = constats("RC-03", achat(procedure="appel_offres_ouvert", dates=posees))

    assert [c.quoi for c in trouves if c.champ == "dates.envoi_de_l_avis"] == attendues


def test_en_procedure_adaptee_aucun_minimum_ne_bloque():
    assert (
        constats("RC-03", achat(dates=dates(limite=datetime(2026, 12, 1, 14, tzinfo=PARIS)))) == ()
    )


@pytest.mark.article("CCP", "R. 3124-2")
@pytest.mark.parametrize("jour,attendues", [(20, ["bloquant"]), (29, [])])
def test_une_concession_au_dessus_du_seuil_a_son_minimum(jour, attendues):
    projet = achat(
        contrat="concession",
        procedure="concession_au_dessus_du_seuil",
        dates=dates(
            envoi_de_l_avis=date(2026, 11, 26), limite=datetime(2026, 12, jour, 14, tzinfo=PARIS)
        ),
    )

    assert gravites(constats("RC-03", projet)) == attendues
