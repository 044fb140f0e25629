"""Qui entre où : le partage est à qui l'a accepté, et à l'agent qui l'a rejoint."""

from beffroi.service.teleassistance import codes
from beffroi.service.teleassistance.services import partages
from tests.architecture.adresses import (
    Adresse,
    Attendus,
    Monde,
    attendus,
    publique,
    reserve_a_l_exploitant,
)

LIEN_ALTERE = {"jeton": "TA-2222222222222222:altere"}
SIGNAL = {"genre": "image", "corps": "{}"}


def planter(monde: Monde) -> None:
    """Un accord qui attend, et un partage rejoint par l'agent du centre."""
    for nom, personne in (("partage", monde.agent), ("partage_rejoint", monde.membre.utilisateur)):
        monde.objets[nom] = partages.consentir(
            personne=personne, demande=None, precedent=None, maintenant=monde.maintenant
        )
    partages.rejoindre(
        code=codes.code_de(monde.objets["partage_rejoint"].reference),
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.secrets.add(monde.objets["partage"].reference)


def lien(monde: Monde) -> dict[str, str]:
    return {"jeton": codes.jeton_de(monde.objets["partage"])}


def lien_altere(_: Monde) -> dict[str, str]:
    return LIEN_ALTERE


def rejoint(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["partage_rejoint"].reference}


def absent(_: Monde) -> dict[str, str]:
    return {"reference": "TA-2222222222222222"}


def a_elle(statut: int) -> Attendus:
    """Le lien signé ne suffit pas : il faut aussi le compte qui a accepté.

    Pour tout autre, même connecté, rien n'existe.
    """
    return attendus(404, agent=statut)


ADRESSES = {
    "teleassistance:consentir": Adresse(
        publique(), methodes=("get", "post"), par_methode={"post": publique(422)}
    ),
    "teleassistance:fenetre": Adresse(a_elle(200), lien, lien_altere),
    "teleassistance:etat": Adresse(a_elle(200), lien, lien_altere),
    "teleassistance:signaux": Adresse(
        a_elle(409),
        lien,
        lien_altere,
        methodes=("post",),
        donnees=SIGNAL,
        type_de_contenu="application/json",
    ),
    "teleassistance:agir": Adresse(a_elle(422), lien, lien_altere, methodes=("post",)),
    "teleassistance:accueil": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "teleassistance:regarder": Adresse(reserve_a_l_exploitant(), rejoint, absent),
    "teleassistance:etat_au_centre": Adresse(reserve_a_l_exploitant(), rejoint, absent),
    "teleassistance:signaux_du_centre": Adresse(
        reserve_a_l_exploitant(422),
        rejoint,
        absent,
        methodes=("post",),
        donnees=SIGNAL,
        type_de_contenu="application/json",
    ),
    "teleassistance:finir": Adresse(
        reserve_a_l_exploitant(302), rejoint, absent, methodes=("post",)
    ),
}
