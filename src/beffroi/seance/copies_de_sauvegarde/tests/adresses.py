"""Qui entre où : les copies reçues pour une consultation close de Bomy, et ce qui en est sorti."""

from datetime import timedelta
from typing import Any

from beffroi.reponse.depots.models import DepotMateriel
from beffroi.seance.copies_de_sauvegarde.models import FichierDeCopie, OuvertureDeCopie
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Une copie fermée, une copie ouverte, sur la consultation de la séance."""
    ouverture = monde.objets["ouverture"]
    tot = monde.maintenant - timedelta(days=1)
    fermee, ouverte = (
        DepotMateriel.objects.create(
            consultation=ouverture["consultation"],
            sorte="copie_de_sauvegarde",
            deposant="Atelier du Faîtage",
            recu_le=tot,
            preuve="récépissé",
            saisi_par=monde.agent,
            saisi_le=monde.maintenant,
        )
        for _ in range(2)
    )
    acte = OuvertureDeCopie.objects.create(
        depot=ouverte,
        equipe=ouverture["pli"].equipe,
        cas="incomplete",
        motif="manque",
        transmission_commencee_le=tot,
        ouverte_par=monde.agent,
        ouverte_le=monde.maintenant,
    )
    monde.objets["copie"] = fermee
    monde.objets["fichier_de_copie"] = FichierDeCopie.objects.create(
        ouverture=acte,
        nom="copie-secrete.pdf",
        taille=7,
        sha256="ab" * 32,
        cle_de_stockage=ouverture["fichier"].cle_de_stockage,
    )
    monde.secrets |= {"copie-secrete.pdf"}


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["ouverture"]["consultation"].reference}


ABSENTE = {"reference": "2020-0000"}
LECTEURS = reserve_aux_agents(agent_sans_role=200)
ADRESSES = {
    "copies_de_sauvegarde:copies": Adresse(LECTEURS, consultation, lambda monde: ABSENTE),
    "copies_de_sauvegarde:ouvrir": Adresse(
        reserve_aux_agents(),
        lambda monde: {**consultation(monde), "cle": monde.objets["copie"].pk},
        lambda monde: {**ABSENTE, "cle": 1},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "copies_de_sauvegarde:fichier": Adresse(
        LECTEURS,
        lambda monde: {"reference": monde.objets["fichier_de_copie"].reference},
        lambda monde: {"reference": "K-2222222222222222"},
    ),
    "copies_de_sauvegarde:antivirus": Adresse(
        LECTEURS,
        lambda monde: {"reference": monde.objets["fichier_de_copie"].reference},
        lambda monde: {"reference": "K-2222222222222222"},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422, agent_sans_role=403)},
    ),
}
