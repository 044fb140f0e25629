"""Qui reste en lice : ouverte, une offre pour ce lot, et que rien n'a écartée."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.choix.candidatures import queries
from beffroi.choix.candidatures.models import DecisionSurCandidature
from beffroi.choix.candidatures.tests.scene import admise, decider, ecarter, reponses_ouvertes
from beffroi.seance.ouverture.tests import factories
from beffroi.socle.guichet.lecture import lecture
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def test_avant_la_cloture_de_la_seance_personne_n_est_en_lice(scene):
    scene.repond()
    factories.ouvrir_tout(factories.seance_ouverte(scene))

    assert queries.candidatures_en_lice(scene.consultation, None) == []


def test_une_candidature_a_decider_reste_en_lice(scene):
    plis = reponses_ouvertes(scene)

    assert queries.candidatures_en_lice(scene.consultation, None) == plis


def test_une_candidature_ecartee_n_est_plus_en_lice(scene):
    premier, second = reponses_ouvertes(scene)
    ecarter(scene, premier)

    assert queries.candidatures_en_lice(scene.consultation, None) == [second]


def test_une_decision_remplacee_ne_compte_plus(scene):
    premier, second = reponses_ouvertes(scene)
    ecarter(scene, premier)
    decider(scene, admise(premier))

    assert queries.candidatures_en_lice(scene.consultation, None) == [premier, second]
    assert DecisionSurCandidature.objects.get(remplacee_par=None).remplace.retenue is False


def test_redire_la_meme_decision_n_en_ajoute_pas_une(scene):
    premier, _ = reponses_ouvertes(scene)
    ecarter(scene, premier)
    ecarter(scene, premier)

    assert DecisionSurCandidature.objects.count() == 1


def test_le_journal_dit_la_decision_et_sa_base(scene):
    premier, _ = reponses_ouvertes(scene)
    ecarter(scene, premier)

    contenu = Ecriture.objects.get(acte="candidatures.decider").contenu
    assert premier.reference in contenu and '"base":"incomplete"' in contenu


def test_plus_de_lots_ne_se_lisent_pas_en_plus_de_fois(scene):
    reponses_ouvertes(scene)

    def lectures(*lots):
        # Relue : ce qu'une lecture y a joint n'épargne rien à la suivante.
        consultation = type(scene.consultation)._base_manager.get(pk=scene.consultation.pk)
        with lecture(), CaptureQueriesContext(connection) as lues:
            for lot in lots:
                queries.candidatures_en_lice(consultation, lot)
        return len(lues)

    assert lectures(1) == lectures(*range(1, 6))
