"""Un recours aux gardiens, une procédure abandonnée :
chaque entreprise qui a répondu en reçoit la raison.
"""

import pytest

from beffroi.achat.consultations.events import ConsultationDeclareeSansSuite, GardiensAppeles
from beffroi.reponse.depots.services import retirer_pli
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.models import Courriel

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

    assert {lettre.destinataire for lettre in lettres} == {
        faitage.personne.courriel,
        zinc.personne.courriel,
    }
    assert lettres.count() == 2
    sienne = lettres.get(destinataire=faitage.personne.courriel).texte
    assert all(
        mot in sienne
        for mot in (pli.reference, "lettre du maire du 12 janvier 2027", "refont les parts")
    )


def test_une_reponse_seulement_commencee_ou_retiree_n_est_pas_prevenue(consultation, faitage):
    pli = faitage.depose(("offre", None))
    retirer_pli(pli=pli, par=faitage.personne, maintenant=factories.VEILLE)
    factories.Candidat(consultation, factories.membre("Zoé Zingue")).commence()

    assert not appeler(consultation).exists()


def renoncer(consultation):
    evenements.publier(
        ConsultationDeclareeSansSuite(
            reference=consultation.reference, motif="Le besoin a disparu.", le=factories.VEILLE
        )
    )
    return Courriel.objects.filter(sujet__startswith="L'acheteur renonce")


@pytest.mark.article("CCP", "R. 2185-2")
def test_qui_a_repondu_apprend_aussitot_la_renonciation_et_son_motif(consultation, faitage):
    pli = faitage.depose(("offre", None))

    renoncer(consultation)
    lettre = renoncer(consultation).get()

    assert lettre.destinataire == faitage.personne.courriel
    assert all(mot in lettre.texte for mot in ("Le besoin a disparu.", pli.reference, "R. 2185-2"))


def test_qui_a_retire_sa_reponse_ne_recoit_pas_la_renonciation(consultation, faitage):
    retirer_pli(
        pli=faitage.depose(("offre", None)), par=faitage.personne, maintenant=factories.VEILLE
    )

    assert not renoncer(consultation).exists()
