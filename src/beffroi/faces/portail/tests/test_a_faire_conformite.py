"""« À faire » et les données personnelles : qui doit répondre, et quand cela presse."""

from datetime import timedelta

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.faces.portail.a_faire import taches_de
from beffroi.garde.conformite.services.droits import Saisie, confirmer, demander
from beffroi.personnes.comptes.tests.personnes import LUNDI

pytestmark = pytest.mark.django_db


def test_a_faire_le_dit_au_juriste_et_pas_au_technicien():
    claire = agent(centre(), "Claire Juriste", "juriste")
    demande = demander(
        Saisie("acces", "Que gardez-vous ?", "Odile", "odile@roux.example", "k"),
        compte=None,
        maintenant=LUNDI,
    )
    assert not any(demande.reference in tache.detail for tache in taches_de(claire, le=LUNDI))
    confirmer(demande=demande, maintenant=LUNDI)
    a_faire = [tache for tache in taches_de(claire, le=LUNDI) if demande.reference in tache.detail]
    assert "2 décembre 2026" in a_faire[0].quand and not a_faire[0].presse
    assert taches_de(claire, le=LUNDI + timedelta(days=25))[0].presse
    samir = agent(centre(), "Samir Technicien", "technicien")
    assert not any(demande.reference in tache.detail for tache in taches_de(samir, le=LUNDI))
