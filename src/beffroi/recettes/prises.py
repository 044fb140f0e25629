"""Recettes : ce que ce contexte branche dans la maison."""

from beffroi.recettes import a_faire, archivage
from beffroi.recettes.permissions import ACTES
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.menus import Entree, Menu
from beffroi.socle.objets_gardes import ObjetGarde
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee

PRISES = Prises(
    a_faire=(SelonSesRoles(a_faire.recettes_a_tenir, apres="contributions.contributions_a_mener"),),
    pieces_hors_consultation=(Rangee(archivage.hors_consultation, apres="conventions.hors_consultation"),),
    objets_gardes=(ObjetGarde("recettes.ImportDeRecettes.cle_de_stockage", "Import de recettes", sous="recettes"),),
    menus=(
        Entree(
            "Recettes",
            "/cdg/recettes/",
            Menu.EXPLOITANT,
            apres="/cdg/contributions/",
            permis=("voir_les_recettes", ACTES),
        ),
    ),
)
