"""Qui entre où : décider, inviter, lire les lettres, suivre les tours ;
et l'invitation, à l'entreprise invitée seule.
"""

from datetime import timedelta
from typing import Any

from beffroi.achat.tours.models import Invitation, Tour
from beffroi.choix.candidatures.models import DecisionSurCandidature
from beffroi.reponse.depots.tests import factories
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_entreprise, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Une procédure en deux temps de Bomy, où l'Atelier du Faîtage est invité."""
    limite = monde.maintenant - timedelta(days=3)
    consultation = factories.consultation(
        limite=limite,
        organisme_=monde.bomy,
        type_de_procedure="appel_offres_restreint",
        etat="depouillee",
    )
    tour = Tour.objects.create(
        consultation=consultation,
        numero=1,
        date_limite=monde.maintenant + timedelta(days=30),
        cle=consultation.cle_offre,
        ouvert_le=monde.maintenant - timedelta(days=1),
        ouvert_par=monde.agent,
    )
    invitation = Invitation.objects.create(
        tour=tour,
        equipe=monde.membre.equipe,
        destinataire=monde.membre.utilisateur,
        candidature="D-2026-1",
    )
    monde.objets |= {"en_deux_temps": consultation, "invitation_a_offrir": invitation}
    monde.secrets |= {invitation.reference}
    assert not DecisionSurCandidature.objects.filter(pli__consultation=consultation).exists()


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["en_deux_temps"].reference}


def absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000"}


LECTURE = reserve_aux_agents(agent_sans_role=200)
FORMULAIRE = ("get", "post")

ADRESSES = {
    "selection:candidatures": Adresse(
        LECTURE,
        consultation,
        absente,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "selection:inviter": Adresse(
        reserve_aux_agents(),
        consultation,
        absente,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "selection:lettres": Adresse(
        LECTURE,
        consultation,
        absente,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(409)},
    ),
    "selection:tours": Adresse(LECTURE, consultation, absente),
    "selection:negocier": Adresse(
        reserve_aux_agents(),
        consultation,
        absente,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "selection:prolonger": Adresse(
        reserve_aux_agents(),
        lambda monde: {**consultation(monde), "numero": 1},
        lambda monde: {**absente(monde), "numero": 1},
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "reponses:invitation": Adresse(
        reserve_a_l_entreprise(),
        lambda monde: {"reference": monde.objets["invitation_a_offrir"].reference},
        lambda monde: {"reference": "I-222222222222"},
        methodes=FORMULAIRE,
        par_methode={"post": reserve_a_l_entreprise(302)},
    ),
    "api-1:repondre_a_l_invitation": Adresse(
        reserve_a_l_entreprise(201, anonyme=401),
        lambda monde: {"reference": monde.objets["invitation_a_offrir"].reference},
        lambda monde: {"reference": "I-222222222222"},
        methodes=("post",),
        type_de_contenu="application/json",
    ),
}
