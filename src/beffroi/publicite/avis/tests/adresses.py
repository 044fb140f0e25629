"""Les adresses de la publicité, pour le test de cloisonnement."""

from beffroi.achat.consultations.tests.adresses import LECTURE, POST, absent, adresse, du
from beffroi.publicite.avis import services
from beffroi.publicite.avis.tests import contenus
from tests.architecture.adresses import Adresse, Monde, publique, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Bomy a écrit l'avis de son brouillon, et l'a confié à un journal."""
    brouillon = monde.objets["brouillon"]
    monde.objets["avis"] = services.ecrire_un_avis(
        consultation=brouillon,
        contenu=contenus.europeen(envoi=monde.maintenant),
        forme="europeenne",
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    monde.objets["parution"] = services.preparer_une_parution(
        avis=monde.objets["avis"],
        support="joue",
        voie="manuelle",
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    services.ecrire_un_avis(
        consultation=monde.objets["consultation"],
        contenu=contenus.national(envoi=monde.maintenant),
        forme="nationale",
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    monde.secrets |= {monde.objets["avis"].reference}


def _avis(statuts, *, methodes=("get",), **autres):
    return Adresse(
        statuts,
        arguments=du("brouillon", avis=lambda monde: monde.objets["avis"].reference, **autres),
        absents=absent(avis="AV-22222222", **dict.fromkeys(autres, "AV-22222222.txt")),
        methodes=methodes,
    )


def _parution(statuts, *, methodes=("get",), **autres):
    return Adresse(
        statuts,
        arguments=du(
            "brouillon",
            parution=lambda monde: monde.objets["parution"].reference,
            **{nom: lambda monde, valeur=valeur: valeur for nom, valeur in autres.items()},
        ),
        absents=absent(parution="PA-22222222", **autres),
        methodes=methodes,
    )


ADRESSES = {
    "avis:public": adresse(publique(), "consultation"),
    "avis:publicite": adresse(LECTURE, "brouillon"),
    "avis:coordonnees": adresse(reserve_aux_agents(), "brouillon"),
    "avis:ecrire": Adresse(
        reserve_aux_agents(),
        arguments=du("brouillon", forme=lambda monde: "nationale"),
        absents=absent(forme="nationale"),
    ),
    "avis:avis": _avis(LECTURE),
    "avis:verifier": _avis(reserve_aux_agents(302), methodes=POST),
    "avis:fichier": _avis(LECTURE, nom=lambda monde: f"{monde.objets['avis'].reference}.txt"),
    "avis:envoyer": _parution(reserve_aux_agents(422), methodes=POST),
    "avis:relancer": _parution(reserve_aux_agents(409), methodes=POST),
    "avis:preuve": _parution(reserve_aux_agents(404, agent_sans_role=404)),
    "avis:acte": _parution(reserve_aux_agents(), acte="preuve"),
}
