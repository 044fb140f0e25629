"""« À faire » et les violations de données : qui en répond, et avant quelle heure."""

from datetime import timedelta

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.faces.portail.a_faire import taches_de
from beffroi.garde.violations.tests.scene import SUE, notifiee, violation
from beffroi.personnes.comptes.tests.personnes import LUNDI

pytestmark = pytest.mark.django_db


def test_a_faire_le_dit_a_qui_repond_avec_l_heure_jusqu_a_la_notification():
    claire = agent(centre(), "Claire Juriste", "juriste")
    fanny = agent(centre(), "Fanny Technicienne", "technicien")
    une = violation(claire, sous_traitant=False)
    la_sienne = next(
        tache for tache in taches_de(claire, le=LUNDI) if une.reference in tache.detail
    )

    assert la_sienne.presse and la_sienne.echeance == SUE + timedelta(hours=72)
    assert not any(une.reference in tache.detail for tache in taches_de(fanny, le=LUNDI))
    notifiee(une, claire, le=LUNDI)
    assert not any(une.reference in tache.detail for tache in taches_de(claire, le=LUNDI))
