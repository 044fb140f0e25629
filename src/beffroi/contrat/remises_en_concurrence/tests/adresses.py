"""Qui entre où : la remise à son acheteur,
l'invitation au titulaire invité, et la consultation réservée à eux seuls.
"""

from datetime import timedelta
from typing import Any

from beffroi.achat.consultations.models import EntrepriseInvitee
from beffroi.contrat.marches.services.contrats import Reprise, Tenant, inscrire
from beffroi.contrat.marches.tests import gestes
from beffroi.contrat.remises_en_concurrence import services
from beffroi.contrat.remises_en_concurrence.liens import jeton
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.reponse.depots.tests import factories
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_entreprise, reserve_aux_agents

FORMULAIRE = ("get", "post")
BESOIN = "Ce que seuls les titulaires de l'accord-cadre lisent"


def planter(monde: Monde) -> None:
    """Un accord-cadre de Bomy dont l'Atelier du Faîtage est titulaire :
    une demande en brouillon, une autre partie.
    """
    le, membre = monde.maintenant, monde.membre
    depuis = (le - timedelta(days=30)).date()
    siret, nom = membre.equipe.identifiant, membre.equipe.nom
    accord = inscrire(
        organisme=monde.bomy,
        termes=gestes.replace(
            gestes.TERMES, numero="2026-AC9", nature="accord_cadre", maximum=gestes.Decimal(90_000)
        ),
        titulaires=[Tenant(siret, nom)],
        reprise=Reprise(depuis, None, depuis),
        par=monde.agent.acteur,
        maintenant=le,
    )
    demande = services.Demande("Chemin du Moulin", BESOIN, "Prix : 100.", le + timedelta(days=30))
    courriel = membre.utilisateur.courriel
    brouillon = services.ouvrir(
        accord=accord, demande=demande, courriels=[courriel], par=monde.agent, maintenant=le
    )
    partie = factories.consultation(
        limite=le + timedelta(days=30), organisme_=monde.bomy, type_de_procedure="marche_subsequent"
    )
    EntrepriseInvitee.objects.create(consultation=partie, siret=siret, nom=nom, courriel=courriel)
    monde.objets["remise"] = RemiseEnConcurrence.objects.create(
        consultation=partie,
        accord_cadre=accord,
        besoin=BESOIN,
        criteres="Prix.",
        ouverte_par=monde.agent,
        ouverte_le=le,
    )
    monde.objets["demande_en_brouillon"] = brouillon.consultation
    monde.secrets |= {BESOIN}


def reference_de(quoi: str) -> Any:
    return lambda monde: {"reference": monde.objets[quoi].reference}


def accord(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["remise"].accord_cadre.reference}


ADRESSES = {
    "remises_en_concurrence:de_l_accord": Adresse(
        reserve_aux_agents(agent_sans_role=200),
        accord,
        lambda _: {"reference": "MA-33333333"},
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "remises_en_concurrence:modifier": Adresse(
        reserve_aux_agents(),
        reference_de("demande_en_brouillon"),
        lambda _: {"reference": "2020-0000"},
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "remises_en_concurrence:invitation": Adresse(
        reserve_a_l_entreprise(), reference_de("remise"), lambda _: {"reference": "RM-222222222222"}
    ),
    "remises_en_concurrence:suivre": Adresse(
        reserve_a_l_entreprise(302),
        lambda monde: {
            "reference": monde.objets["remise"].reference,
            "jeton": jeton(
                monde.objets["remise"], monde.objets["remise"].consultation.invitees.get()
            ),
        },
        lambda _: {"reference": "RM-222222222222", "jeton": "c0ffee"},
    ),
}
