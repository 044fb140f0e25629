"""Ce que l'archive d'un adhérent dit des violations :
les siennes, ce que sa page en dit, et rien d'un autre.
"""

import json

import pytest

from beffroi.centre.interventions.tests.theatre import SIRET_VOISIN, agent, centre, en_service
from beffroi.garde.violations.archivage import hors_consultation
from beffroi.garde.violations.services import declaration, suites
from beffroi.garde.violations.tests.scene import HEURE, notifiee, violation
from beffroi.garde.violations.tests.test_services import precision
from beffroi.personnes.comptes.tests.personnes import LUNDI
from droit.calendrier.personnes import notifier_avant

pytestmark = [pytest.mark.django_db, pytest.mark.article("RGPD", "33")]


@pytest.fixture
def claire():
    return agent(centre(), "Claire Juriste", "juriste")


@pytest.fixture
def bomy():
    return en_service()


@pytest.fixture
def voisine():
    return en_service(SIRET_VOISIN, "Commune voisine", "Odile Roux")


def rendues(organisme):
    return [
        (piece, json.loads(b"".join(piece.ouvrir())))
        for piece in hors_consultation(organisme, le=LUNDI)
    ]


def test_l_adherent_retrouve_ce_qui_lui_a_ete_dit_et_quand(claire, bomy):
    une = violation(claire)
    suites.prevenir(
        violation=une, organismes=[bomy], message="Changez vos accès.", par=claire, maintenant=LUNDI
    )
    declaration.preciser(
        violation=une, precision=precision(), cle="p", par=claire, maintenant=LUNDI + HEURE
    )

    ((piece, dite),) = rendues(bomy)

    assert (piece.nom, piece.le) == (f"violation-{une.reference}.json", LUNDI)
    assert (dite["message"], dite["nature"], dite["mesures"]) == (
        "Changez vos accès.",
        une.nature,
        une.mesures,
    )
    assert dite["consequences"] == une.consequences and dite["atteintes"] == une.atteintes
    assert dite["a_notifier_avant"] == notifier_avant(LUNDI).isoformat().replace("+00:00", "Z")
    assert [suite["texte"] for suite in dite["precisions"]] == ["Quarante agents."]


def test_chacun_ne_retrouve_que_les_siennes_et_jamais_un_autre(claire, bomy, voisine):
    commune_aux_deux, a_la_voisine = (
        violation(claire),
        violation(claire, cle="v2", titre="Un courriel égaré"),
    )
    for une, chez, message in (
        (commune_aux_deux, bomy, "À Bomy."),
        (commune_aux_deux, voisine, "À la voisine."),
        (a_la_voisine, voisine, "Seule."),
    ):
        suites.prevenir(
            violation=une, organismes=[chez], message=message, par=claire, maintenant=LUNDI
        )

    ((_, dite),) = rendues(bomy)

    assert (dite["reference"], dite["message"]) == (commune_aux_deux.reference, "À Bomy.")
    assert not [
        mot
        for mot in ("voisine", SIRET_VOISIN, "Seule", "égaré")
        if mot in json.dumps(dite, ensure_ascii=False)
    ]
    assert [dite["reference"] for _, dite in rendues(voisine)] == [
        commune_aux_deux.reference,
        a_la_voisine.reference,
    ]


def test_ce_que_le_centre_a_notifie_pour_lui_meme_n_y_est_pas(claire, bomy):
    une = violation(claire)
    notifiee(une, claire, le=LUNDI)
    suites.prevenir(violation=une, organismes=[bomy], message="M.", par=claire, maintenant=LUNDI)

    ((_, dite),) = rendues(bomy)

    assert dite["precisions"] == [] and "Tout ce qui est su." not in str(dite)


def test_une_violation_qui_ne_le_touche_pas_n_est_pas_a_lui(claire, bomy):
    violation(claire)

    assert rendues(bomy) == []
