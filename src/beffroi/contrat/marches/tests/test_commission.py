"""Une hausse de plus de 5 % d'un contrat que la commission a choisi attend son
avis (CGCT, art. L. 1414-4).
"""

from datetime import timedelta

import pytest

from beffroi.choix.commissions.services import dispenser
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.erreurs import RegleEnfreinte

pytestmark = pytest.mark.django_db


@pytest.fixture
def bomy():
    return gestes.bomy()


@pytest.fixture
def marche(bomy):
    """Né d'un appel d'offres ouvert, 120 000 € au départ."""
    organisme, _ = bomy
    consultation = factories.consultation(
        limite=LUNDI - timedelta(days=90), organisme_=organisme, etat="attribuee"
    )
    consultation.type_de_procedure = "appel_offres_ouvert"
    consultation.save(update_fields=["type_de_procedure"])
    contrat = gestes.en_cours(organisme)
    contrat.consultation = consultation
    contrat.save(update_fields=["consultation"])
    return contrat


def test_cinq_pour_cent_passent_sans_la_commission(marche):
    assert gestes.modifie(marche, "imprevue", "6000").montant == 6000


def test_un_centime_de_plus_attend_son_avis(marche):
    with pytest.raises(RegleEnfreinte, match="au-delà de 5 %"):
        gestes.modifie(marche, "imprevue", "6000.01")
    assert not marche.modifications.exists()


def test_les_hausses_s_ajoutent_jusqu_a_la_commission(marche):
    gestes.modifie(marche, "imprevue", "4000")

    with pytest.raises(RegleEnfreinte, match="au-delà de 5 %"):
        gestes.modifie(marche, "imprevue", "2500")


def test_reunie_ailleurs_la_raison_ecrite_suffit(bomy, marche):
    _, martine = bomy
    motif = "La CAO s'est réunie en mairie le 3 novembre."
    dispenser(
        consultation=marche.consultation, lot=None, motif=motif, par=martine, maintenant=LUNDI
    )

    assert gestes.modifie(marche, "imprevue", "9000").montant == 9000
