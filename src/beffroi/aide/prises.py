"""Aide : ce que ce contexte branche dans la maison."""

from beffroi.aide import a_faire, frise, taches
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.menus import LienDePied, Pied
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee

PRISES = Prises(
    rondes=(taches.effacer,),
    a_faire=(SelonSesRoles(a_faire.rappels_a_faire, apres="pieces.pieces_a_renouveler"),),
    aides=(Rangee(frise.rappels_de, apres="assistance.aides_de"),),
    hors_preuve={
        "DemandeDeRappel": "un numéro à rappeler, effacé peu après ; la demande et l'appel, sans le nom, sont au journal",
    },
    pied=(
        LienDePied("Contact", "/contact/", Pied.AIDE_ET_OUTILS, apres="/aide/"),
        LienDePied("Être rappelé", "/contact/etre-rappele/", Pied.AIDE_ET_OUTILS, apres="/contact/"),
    ),
    dans_la_rubrique={
        "/cdg/assistance/": ("/cdg/rappels/",),
    },
)
