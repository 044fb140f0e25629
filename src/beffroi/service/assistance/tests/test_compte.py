"""Les promesses d'assistance dans les statistiques du centre :
les mêmes que la part tenue publiée.
"""

from datetime import timedelta

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.assistance import queries
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.services import demandes, reponses
from beffroi.service.assistance.services.demandes import Personne, Saisie
from beffroi.service.pilotage import presentation
from beffroi.service.pilotage import queries as statistiques

pytestmark = pytest.mark.django_db
SOPHIE = Personne(nom="Sophie Delattre", courriel="sophie@faitage.example")


@pytest.fixture
def samir():
    return agent(centre(), "Samir Technicien", "technicien")


def demander(cle):
    return demandes.demander(
        saisie=Saisie(texte="L'écran reste vide", cle=cle),
        personne=SOPHIE,
        canal=Demande.Canal.WEB,
        maintenant=LUNDI,
    )


def repondre(demande, par, *, le):
    reponses.repondre(demande=demande, texte="Voici", suite="resoudre", par=par, maintenant=le)


def mesurer(le):
    return statistiques.assistance(LUNDI.year, le=le).demandes


def test_les_promesses_tenues_sont_celles_que_l_on_publie(samir):
    tot, tard, jamais = demander("un"), demander("deux"), demander("trois")
    trop_tard = tard.promise_pour + timedelta(days=1)
    repondre(tot, samir, le=tot.promise_pour)
    repondre(tard, samir, le=trop_tard)

    mesure = mesurer(trop_tard)
    publiee = queries.engagements(depuis=LUNDI, le=trop_tard)
    assert (mesure.recues, mesure.rendues) == (3, 2) and jamais.repondue_le is None
    assert (mesure.dues, mesure.tenues) == (3, 1)
    assert mesure.dues == sum(une.dues for une in publiee)
    assert mesure.tenues == sum(une.tenues for une in publiee)
    dites = statistiques.assistance(LUNDI.year, le=trop_tard)
    assert presentation.assistance(dites)[0].tenues == "1 sur 3"


def test_une_demande_fusionnee_ne_compte_qu_une_fois(samir):
    garde, jumelle = demander("un"), demander("deux")
    reponses.fusionner(demande=jumelle, dans=garde, par=samir, maintenant=LUNDI)

    assert mesurer(LUNDI).recues == 1


def test_une_autre_annee_n_en_sait_rien(samir):
    demander("un")

    assert statistiques.assistance(LUNDI.year + 1, le=LUNDI).demandes.recues == 0
