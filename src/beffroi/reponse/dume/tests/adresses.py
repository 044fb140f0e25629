"""Qui entre où : le DUME de l'acheteur est à tous, celui qu'on remplit à l'entreprise."""

from beffroi.reponse.reponses.tests.adresses import (
    consultation,
    consultation_absente,
    reponse,
    reponse_absente,
)
from tests.architecture.adresses import Adresse, publique, reserve_a_l_entreprise

FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_entreprise(422)}}

ADRESSES = {
    "dume:demande": Adresse(publique(), consultation, consultation_absente),
    "dume:demande_en_xml": Adresse(publique(), consultation, consultation_absente),
    "dume:remplir": Adresse(reserve_a_l_entreprise(), reponse, reponse_absente, **FORMULAIRE),
    "dume:reprendre": Adresse(reserve_a_l_entreprise(302), reponse, reponse_absente, **FORMULAIRE),
}
