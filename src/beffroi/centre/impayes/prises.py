"""Impayés : ce que ce contexte branche dans la maison."""

from beffroi.centre.impayes import a_faire, bandeau, taches
from beffroi.centre.impayes.permissions import ACTES
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    a_faire=(
        SelonSesRoles(
            a_faire.impayes_a_suivre,
            apres="conventions.conventions_a_mener",
            s_il_y_a=a_faire.reclames,
        ),
        SelonSesRoles(
            a_faire.contestations_a_lire,
            apres="impayes.impayes_a_suivre",
            s_il_y_a=a_faire.contestees,
        ),
    ),
    lus_avec_les_roles={bandeau.POURSUIVI: bandeau.est_poursuivi},
    bandeaux=(Rangee(bandeau.ce_qui_reste_impaye, apres="conventions.ou_en_est_la_convention"),),
    menus=(
        Entree(
            "Impayés",
            "/cdg/impayes/",
            Menu.EXPLOITANT,
            apres="/cdg/recettes/",
            permis=("voir_les_impayes", ACTES),
        ),
    ),
)
