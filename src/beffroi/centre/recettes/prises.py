"""Recettes : ce que ce contexte branche dans la maison."""

from beffroi.centre.recettes import a_faire, archivage, fiche
from beffroi.centre.recettes.permissions import ACTES
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    ports={"adherents.SaContribution": fiche.sa_contribution},
    a_faire=(
        SelonSesRoles(
            a_faire.paiements_a_rapprocher,
            apres="contributions.contributions_a_mener",
            s_il_y_a=a_faire.paiements_seuls,
        ),
        SelonSesRoles(
            a_faire.appels_a_completer,
            apres="recettes.paiements_a_rapprocher",
            s_il_y_a=a_faire.appels_incomplets,
        ),
        SelonSesRoles(
            a_faire.appels_en_retard,
            apres="recettes.appels_a_completer",
            s_il_y_a=a_faire.appels_echus,
        ),
    ),
    pieces_hors_consultation=(
        Rangee(archivage.hors_consultation, apres="conventions.hors_consultation"),
    ),
    objets_gardes=(
        ObjetGarde(
            "recettes.ImportDeRecettes.cle_de_stockage", "Import de recettes", sous="recettes"
        ),
    ),
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
