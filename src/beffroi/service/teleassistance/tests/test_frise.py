"""Un écran montré pendant que l'on répond est sur la frise de la réponse :
l'heure, la fin, ni nom, ni référence.
"""

from datetime import timedelta

import pytest

from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.teleassistance.models import Cote
from beffroi.service.teleassistance.services import partages
from beffroi.service.teleassistance.tests.theatre import consentir, rejoindre, samir

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def brouillon():
    return factories.Candidat(factories.consultation()).commence()


def dits(brouillon):
    return [
        (fait.le, fait.quoi, fait.precision)
        for fait in faits_de(brouillon, [])
        if "Téléassistance" in fait.quoi
    ]


def test_l_accord_la_venue_l_ecran_et_la_fin_se_disent_avec_leur_heure(brouillon):
    agent = samir()
    partage = rejoindre(consentir(brouillon.commence_par, le=VEILLE), agent, le=VEILLE + MINUTE)
    partages.montrer(partage=partage, maintenant=VEILLE + 2 * MINUTE)
    partages.terminer(
        partage=partage, cote=Cote.PERSONNE, par=agent.acteur, maintenant=VEILLE + 3 * MINUTE
    )

    assert dits(brouillon) == [
        (VEILLE, "Téléassistance : accord donné pour montrer son écran", ""),
        (VEILLE + MINUTE, "Téléassistance : un agent du centre de gestion est là", ""),
        (VEILLE + 2 * MINUTE, "Téléassistance : écran montré", ""),
        (VEILLE + 3 * MINUTE, "Téléassistance : fin", "Terminé, par la personne"),
    ]
    assert not any(
        agent.nom in str(dit) or partage.reference in str(dit) for dit in dits(brouillon)
    )


@pytest.mark.parametrize(
    ("le", "combien"),
    [
        (VEILLE - MINUTE, 0),
        (VEILLE, 2),
        (LIMITE + timedelta(hours=1), 2),
        (LIMITE + timedelta(hours=1, seconds=1), 0),
    ],
)
def test_un_partage_d_avant_ou_d_apres_la_reponse_n_est_pas_d_elle(brouillon, le, combien):
    rejoindre(consentir(brouillon.commence_par, le=le), samir(), le=le)

    assert len(dits(brouillon)) == combien


def test_deux_reponses_en_cours_ailleurs_ne_disent_rien_l_une_de_l_autre(brouillon):
    """Le dossier d'un acheteur n'apprend rien de la réponse faite à un autre."""
    membre = brouillon.equipe.membres.get()
    autre = factories.Candidat(factories.consultation(), membre).commence()
    rejoindre(consentir(brouillon.commence_par, le=VEILLE), samir(), le=VEILLE)

    assert dits(brouillon) == dits(autre) == []


def test_le_partage_d_un_autre_n_est_pas_le_sien(brouillon):
    sien = consentir(factories.membre("Kevin Autre").utilisateur, le=VEILLE)
    rejoindre(sien, samir(), le=VEILLE)

    assert dits(brouillon) == []


def test_un_partage_ne_d_une_demande_est_de_la_reponse_qu_elle_nomme(brouillon):
    saisie = Saisie(texte="?", cle="k", objet=brouillon.reference)
    personne = Personne(courriel="sophie@faitage.example")
    demande = demander(saisie=saisie, personne=personne, canal=Demande.Canal.WEB, maintenant=VEILLE)
    rejoindre(consentir(demande=demande, le=VEILLE), samir(), le=VEILLE)

    assert len(dits(brouillon)) == 2
