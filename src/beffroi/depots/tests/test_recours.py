"""Un recours aux gardiens s'écrit à chaque entreprise qui a répondu."""

import pytest

from beffroi.consultations.events import GardiensAppeles
from beffroi.depots.services import retirer_pli
from beffroi.depots.tests import factories
from beffroi.socle import evenements
from beffroi.socle.models import Courriel

pytestmark = pytest.mark.django_db


def appeler(consultation, cle="repartage-1"):
    evenements.publier(
        GardiensAppeles(
            reference=consultation.reference,
            cle=cle,
            motif="Deux gardiens en refont les parts.",
            demande="lettre du maire du 12 janvier 2027",
            le=factories.VEILLE,
        )
    )
    return Courriel.objects.filter(sujet__startswith="Les gardiens des clés")


def test_chaque_entreprise_qui_a_depose_recoit_la_demande_une_fois(consultation, faitage):
    pli = faitage.depose(("offre", None))
    zinc = factories.Candidat(consultation, factories.membre("Zoé Zingue"))
    zinc.depose(("offre", None))

    appeler(consultation)
    lettres = appeler(consultation)

    assert {lettre.destinataire for lettre in lettres} == {faitage.personne.courriel, zinc.personne.courriel}
    assert lettres.count() == 2
    sienne = lettres.get(destinataire=faitage.personne.courriel).texte
    assert all(mot in sienne for mot in (pli.reference, "lettre du maire du 12 janvier 2027", "refont les parts"))


def test_une_reponse_seulement_commencee_ou_retiree_n_est_pas_prevenue(consultation, faitage):
    pli = faitage.depose(("offre", None))
    retirer_pli(pli=pli, par=faitage.personne, maintenant=factories.VEILLE)
    factories.Candidat(consultation, factories.membre("Zoé Zingue")).commence()

    assert not appeler(consultation).exists()
