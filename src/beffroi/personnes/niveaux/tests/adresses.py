"""Qui entre où : l'équipe, pour sa preuve ; le centre, pour constater, poster et rouvrir."""

from collections.abc import Callable

from beffroi.personnes.niveaux import services
from beffroi.personnes.niveaux.models import PreuveDEntreprise
from tests.architecture.adresses import (
    Adresse,
    Monde,
    connexion,
    reserve_a_l_entreprise,
    reserve_a_l_exploitant,
)


def planter(monde: Monde) -> None:
    """L'Atelier a un défi, une lettre demandée, et une preuve que le centre a constatée."""
    monde.objets["defi"] = services.lancer_un_defi(membre=monde.membre, maintenant=monde.maintenant)
    monde.objets["lettre_de_code"] = services.demander_une_lettre(
        membre=monde.membre, maintenant=monde.maintenant
    )
    monde.objets["preuve_d_entreprise"] = services.prouver_sur_pieces(
        equipe=monde.membre.equipe,
        pieces="Kbis que seul le centre a vu",
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.secrets |= {"Kbis que seul le centre a vu"}


def defi(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["defi"].reference}


def equipe(monde: Monde) -> dict[str, str]:
    return {"reference": monde.membre.equipe.reference}


def preuve(monde: Monde) -> dict[str, str]:
    trouvee: PreuveDEntreprise = monde.objets["preuve_d_entreprise"]
    return {"reference": trouvee.reference}


def lettre(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["lettre_de_code"].reference}


def absent(prefixe: str) -> Callable[[Monde], dict[str, str]]:
    return lambda monde: {"reference": f"{prefixe}-22222222"}


# Toute entreprise a les siennes ; qui n'agit pour aucune reçoit 403, et la marche à suivre.
LES_SIENNES = connexion(403, entreprise=200, entreprise_etrangere=200)
SAISIE = {
    "methodes": ("get", "post"),
    "par_methode": {"post": connexion(403, entreprise=422, entreprise_etrangere=422)},
}
AU_CENTRE = {
    "methodes": ("get", "post"),
    "par_methode": {"post": reserve_a_l_exploitant(422)},
}

ADRESSES = {
    "niveaux:preuve": Adresse(LES_SIENNES),
    "niveaux:defi": Adresse(LES_SIENNES, **SAISIE),
    "niveaux:lancer": Adresse(
        connexion(403, entreprise=302, entreprise_etrangere=302), methodes=("post",)
    ),
    "niveaux:document": Adresse(reserve_a_l_entreprise(), defi, absent("DF")),
    "niveaux:demander_une_lettre": Adresse(
        # L'Atelier en a déjà demandé une ; l'autre entreprise l'obtient.
        connexion(403, entreprise=422, entreprise_etrangere=302),
        methodes=("post",),
    ),
    "niveaux:code": Adresse(LES_SIENNES, **SAISIE),
    "niveaux:equipes": Adresse(reserve_a_l_exploitant()),
    "niveaux:equipe": Adresse(reserve_a_l_exploitant(), equipe, absent("E")),
    "niveaux:prouver": Adresse(reserve_a_l_exploitant(), equipe, absent("E"), **AU_CENTRE),
    "niveaux:rouvrir": Adresse(reserve_a_l_exploitant(), equipe, absent("E"), **AU_CENTRE),
    "niveaux:revoquer": Adresse(reserve_a_l_exploitant(), preuve, absent("PI"), **AU_CENTRE),
    "niveaux:poster": Adresse(reserve_a_l_exploitant(), lettre, absent("LC"), **AU_CENTRE),
    "niveaux:refuser": Adresse(reserve_a_l_exploitant(), lettre, absent("LC"), **AU_CENTRE),
}
