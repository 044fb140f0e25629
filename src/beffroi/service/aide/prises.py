"""Aide : ce que ce contexte branche dans la maison."""

from beffroi.service.aide import a_faire, frise, taches
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import LienDePied, Pied
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.effacer,),
    a_faire=(
        SelonSesRoles(
            a_faire.rappels_a_faire, apres="pieces.pieces_a_renouveler", s_il_y_a=a_faire.rappels
        ),
    ),
    aides=(Rangee(frise.rappels_de, apres="assistance.aides_de"),),
    hors_preuve={
        "DemandeDeRappel": HorsPreuve(
            (
                "un numéro à rappeler, effacé peu après ; la demande et l'appel, sans le nom, "
                "sont au journal"
            ),
            "une personne serait rappelée ailleurs, ou pas ; sa demande reste au journal",
        ),
    },
    pied=(
        LienDePied("Contact", "/contact/", Pied.AIDE_ET_OUTILS, apres="/aide/"),
        LienDePied(
            "Être rappelé", "/contact/etre-rappele/", Pied.AIDE_ET_OUTILS, apres="/contact/"
        ),
    ),
    dans_la_rubrique={
        "/cdg/assistance/": ("/cdg/rappels/",),
    },
)
