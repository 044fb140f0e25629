"""Qui entre où : les signatures de Bomy."""

from beffroi.seance.signatures.services import noter_la_verification
from formats.signature import RapportDeSignature
from tests.architecture.adresses import Adresse, reserve_aux_agents


def _fichier(monde):
    return {"reference": monde.objets["ouverture"]["fichier"].reference}


def _absent(monde):
    return {"reference": "C-2222222222222222"}


def _du_fichier(*methodes, statut=200, **options):
    return Adresse(
        reserve_aux_agents(statut, agent_sans_role=statut),
        _fichier,
        _absent,
        methodes=methodes,
        **options,
    )


ADRESSES = {
    "signatures:consultation": Adresse(
        reserve_aux_agents(agent_sans_role=200),
        lambda monde: {
            "reference": monde.objets["ouverture"][
                "fichier"
            ].ouverture.seance.consultation.reference
        },
        lambda monde: {"reference": "2026-ABSENTE"},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "signatures:fichier": _du_fichier(
        "get", "post", par_methode={"post": reserve_aux_agents(422, agent_sans_role=403)}
    ),
    "signatures:rapport_json": _du_fichier("get"),
    "signatures:rapport_pdf": _du_fichier("get"),
}


def planter(monde) -> None:
    """Le fichier ouvert de Bomy a été vérifié : il n'est pas signé."""
    fichier = monde.objets["ouverture"]["fichier"]
    rapport = RapportDeSignature(nom=fichier.nom, empreinte=fichier.sha256, taille=fichier.taille)
    noter_la_verification(
        fichier=fichier, document=None, rapport=rapport, maintenant=monde.maintenant
    )
