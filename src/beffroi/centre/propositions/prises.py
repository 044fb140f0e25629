"""Propositions : ce que ce contexte branche dans la maison."""

from beffroi.centre.propositions import a_faire
from beffroi.centre.propositions.permissions import ACTES
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    a_faire=(
        SelonSesRoles(
            a_faire.propositions_a_decider,
            apres="conformite.personnes_a_repondre",
            s_il_y_a=a_faire.ouvertes,
        ),
    ),
    menus=(
        Entree(
            "Décisions à deux",
            "/cdg/propositions/",
            Menu.EXPLOITANT,
            apres="/cdg/impayes/",
            permis=("lire_les_propositions", ACTES),
        ),
    ),
)
