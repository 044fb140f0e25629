"""Qui entre où : l'aide est à tous ; la file des rappels, aux agents du centre."""

from beffroi.service.aide import services
from beffroi.service.aide.contenu import ROLES
from tests.architecture.adresses import Adresse, Monde, publique, reserve_a_l_exploitant


def planter(monde: Monde) -> None:
    saisie = services.Saisie(
        nom="Nadia Rappelée", telephone="06 98 76 54 32", sujet="Où en est mon envoi ?"
    )
    monde.objets["rappel"] = services.demander_un_rappel(saisie, maintenant=monde.maintenant)
    monde.secrets |= {"Nadia Rappelée", "06 98 76 54 32"}


ADRESSES = {
    **{
        f"aide:{nom}": Adresse(publique())
        for nom in (*ROLES, "glossaire", "chercher", "contact", "rappel_demande")
    },
    "aide:etre_rappele": Adresse(
        publique(), methodes=("get", "post"), par_methode={"post": publique(422)}
    ),
    "aide:rappels": Adresse(reserve_a_l_exploitant()),
    "aide:noter_l_appel": Adresse(
        reserve_a_l_exploitant(302),
        arguments=lambda monde: {"reference": monde.objets["rappel"].reference},
        absents=lambda _: {"reference": "A-2222222222"},
        methodes=("post",),
    ),
}
