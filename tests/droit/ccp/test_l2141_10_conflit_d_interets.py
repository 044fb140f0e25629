"""CCP, art. L. 2141-10. « Constitue une situation de conflit d'intérêts toute situation dans
laquelle une personne qui participe au déroulement de la procédure de passation du marché […] a,
directement ou indirectement, un intérêt financier, économique ou tout autre intérêt personnel qui
pourrait compromettre son impartialité ou son indépendance. »

Qui tient un rôle chez l'acheteur ne répond pas à ses consultations avec le même compte : il y
apprendrait, avant l'heure, qui a répondu.
"""

import pytest
from django.test import Client

from beffroi.personnes.comptes.services import prouver_l_adresse
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, connecter
from beffroi.personnes.organismes.services import habiliter
from beffroi.reponse.depots import queries
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = [pytest.mark.django_db, pytest.mark.article("CCP", "L. 2141-10")]


def tenir_un_role(personne, organisme):
    le = horloge.maintenant()
    prouver_l_adresse(utilisateur=personne, maintenant=le)
    habiliter(
        organisme=organisme,
        utilisateur=personne,
        roles={"lecteur"},
        par=PLATEFORME,
        maintenant=le,
    )


def test_un_agent_de_l_acheteur_ne_repond_pas_a_ses_consultations(faitage, consultation_du_depot):
    brouillon = faitage.commence()
    tenir_un_role(faitage.personne, consultation_du_depot.organisme)

    with pytest.raises(RegleEnfreinte, match="Vous tenez un rôle chez cet acheteur"):
        faitage.commence()
    with pytest.raises(Introuvable):
        queries.reponse_pour(faitage.personne, brouillon.reference)


def test_un_agent_d_un_autre_acheteur_repond(faitage):
    ailleurs = factories.consultation().organisme
    tenir_un_role(faitage.personne, ailleurs)

    assert faitage.commence().pk


def test_l_agent_le_lit_avant_le_premier_clic(faitage, consultation_du_depot):
    tenir_un_role(faitage.personne, consultation_du_depot.organisme)

    page = connecter(Client(), avec_second_facteur(faitage.personne)).get(
        f"/consultations/{consultation_du_depot.reference}/deposer/"
    )

    lu = page.content.decode()
    assert "Vous tenez un rôle chez cet acheteur" in lu and "Commencer ma réponse" not in lu
