"""Deux causes arrêtent les consultations nouvelles ; chacune se lève seule."""

import pytest

from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import (
    creer_organisme,
    retablir_les_nouvelles_consultations,
    suspendre_les_nouvelles_consultations,
)
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
FINIE, IMPAYEE = "La convention a pris fin.", "La contribution 2026 n'est pas payée."


@pytest.fixture
def bomy():
    return creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI
    )


def suspendre(organisme: Organisme, cause: str, motif: str) -> Organisme:
    return suspendre_les_nouvelles_consultations(
        organisme=organisme, cause=cause, motif=motif, par=PLATEFORME, maintenant=LUNDI
    )


def retablir(organisme: Organisme, cause: str) -> Organisme:
    return retablir_les_nouvelles_consultations(
        organisme=organisme, cause=cause, par=PLATEFORME, maintenant=LUNDI
    )


@pytest.mark.parametrize(("levee", "reste"), [("impaye", FINIE), ("convention", IMPAYEE)])
def test_une_cause_qui_tombe_laisse_l_autre(bomy, levee, reste):
    suspendre(bomy, "convention", FINIE)
    suspendre(bomy, "impaye", IMPAYEE)
    organisme = retablir(bomy, levee)

    assert not organisme.peut_creer_des_consultations
    assert organisme.motif_de_suspension == reste


def test_les_deux_raisons_se_disent_puis_plus_aucune(bomy):
    suspendre(bomy, "convention", FINIE)
    assert suspendre(bomy, "impaye", IMPAYEE).motif_de_suspension == f"{FINIE} {IMPAYEE}"
    retablir(bomy, "impaye")
    organisme = retablir(bomy, "convention")

    assert organisme.peut_creer_des_consultations
    assert (organisme.motif_de_suspension, organisme.suspensions) == ("", {})


def test_le_journal_ne_dit_pas_retabli_tant_qu_il_reste_une_cause(bomy):
    suspendre(bomy, "convention", FINIE)
    suspendre(bomy, "impaye", IMPAYEE)
    retablir(bomy, "impaye")

    assert Ecriture.objects.order_by("pk").last().acte == "organisme.lever_une_suspension"


def test_une_suspension_d_avant_les_causes_est_celle_de_la_convention(bomy):
    Organisme.objects.filter(pk=bomy.pk).update(
        peut_creer_des_consultations=False, motif_de_suspension=FINIE
    )
    suspendre(bomy, "impaye", IMPAYEE)

    assert retablir(bomy, "impaye").motif_de_suspension == FINIE


def test_lever_une_cause_qui_n_est_pas_en_cours_ne_fait_rien(bomy):
    suspendre(bomy, "convention", FINIE)
    avant = Ecriture.objects.count()

    assert not retablir(bomy, "impaye").peut_creer_des_consultations
    assert Ecriture.objects.count() == avant
