"""CCP, art. R. 2132-6 et R. 3122-12 :
pouvoir répondre à tous, six jours avant l'heure limite (RC-04).
"""

from datetime import date, datetime

import pytest

from droit.calendrier.heures import PARIS
from tests.droit.achats import achat, constats, dates, gravites, rapport, reglement

pytestmark = pytest.mark.article("CCP", "R. 2132-6")


def questions(jour: int, **change):
    posees = dates(derniere_question=datetime(2027, 1, jour, 17, tzinfo=PARIS), **change)
    return achat(procedure="appel_offres_ouvert", dates=posees)


@pytest.mark.parametrize("jour,attendues", [(7, ["bloquant"]), (6, ["avertissement"]), (4, [])])
def test_en_appel_d_offres_les_reponses_partent_six_jours_avant(jour, attendues):
    assert gravites(constats("RC-04", questions(jour))) == attendues


@pytest.mark.parametrize("jour,attendues", [(9, ["bloquant"]), (6, [])])
def test_en_urgence_quatre_jours(jour, attendues):
    urgente = questions(jour, urgence="Toiture arrachée.", envoi_de_l_avis=date(2026, 12, 20))

    assert gravites(constats("RC-04", urgente)) == attendues


def test_en_procedure_adaptee_une_question_apres_la_limite_avertit():
    (constat,) = constats(
        "RC-04", achat(dates=dates(derniere_question=datetime(2027, 1, 13, 9, tzinfo=PARIS)))
    )

    assert (constat.gravite.value, constat.champ) == ("avertissement", "dates.derniere_question")
    assert constat.remede == "Avancez la date des dernières questions, ou reculez l'heure limite."


def test_le_reglement_donne_une_autre_date_de_questions():
    lu = reglement(
        {"questions": "Les questions sont posées avant le 5 janvier 2027 sur la plateforme."}
    )
    (constat,) = constats("RC-04", achat(), lu=lu)

    assert constat.quoi.startswith("Le règlement et la plateforme ne donnent pas la même date")
    assert (constat.gravite.value, constat.place) == ("avertissement", "page 1")


def test_la_meme_date_ne_dit_rien():
    assert constats("RC-04", achat(), lu=reglement()) == ()


def test_sans_date_de_questions_le_controle_dit_ne_pas_avoir_ete_joue():
    non_joues = rapport(achat(dates=dates(derniere_question=None))).non_joues

    assert any(n.code == "RC-04" and "dernières questions" in n.raison for n in non_joues)


@pytest.mark.article("CCP", "R. 3122-12")
def test_une_concession_repond_six_jours_avant():
    posees = dates(derniere_question=datetime(2027, 1, 8, 17, tzinfo=PARIS))
    projet = achat(contrat="concession", procedure="concession_au_dessus_du_seuil", dates=posees)

    assert gravites(constats("RC-04", projet)) == ["bloquant"]
