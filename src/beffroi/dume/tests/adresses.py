"""Qui entre où : le DUME de l'acheteur est à tous, celui qu'on remplit à l'entreprise, celui qu'on lit à l'acheteur."""

from typing import Any

from beffroi.candidatures.tests.adresses import absente
from beffroi.candidatures.tests.adresses import consultation as examinee
from beffroi.ouverture.models import FichierOuvert, OuverturePli
from beffroi.reponses.tests.adresses import consultation, consultation_absente, reponse, reponse_absente
from tests.architecture.adresses import Adresse, Monde, publique, reserve_a_l_entreprise, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Un fichier dans la candidature ouverte que `candidatures` a plantée, trop gros pour être lu : rien à stocker."""
    ouverture = OuverturePli.objects.get(pli=monde.objets["pli_examine"])
    monde.objets["dume_ouvert"] = FichierOuvert.objects.create(
        ouverture=ouverture, nom="DUME.xml", taille=6_000_000, sha256="0" * 64, cle_de_stockage="dume", conforme=True
    )


def fichier(monde: Monde) -> dict[str, Any]:
    return {**examinee(monde), "fichier": monde.objets["dume_ouvert"].reference}


def fichier_absent(monde: Monde) -> dict[str, Any]:
    return {**absente(monde), "fichier": "O-2222222222222222"}


FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_entreprise(422)}}

ADRESSES = {
    "dume:demande": Adresse(publique(), consultation, consultation_absente),
    "dume:demande_en_xml": Adresse(publique(), consultation, consultation_absente),
    "dume:remplir": Adresse(reserve_a_l_entreprise(), reponse, reponse_absente, **FORMULAIRE),
    "dume:reprendre": Adresse(reserve_a_l_entreprise(302), reponse, reponse_absente, **FORMULAIRE),
    "dume:lire": Adresse(reserve_aux_agents(agent_sans_role=200), fichier, fichier_absent),
}
