"""Données essentielles : ce que ce contexte branche dans la maison."""

from beffroi.contrat.donnees_essentielles import a_faire, archivage, taches
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.demander_l_envoi,),
    a_faire=(
        SelonSesRoles(
            a_faire.annees_a_publier,
            apres="recettes.appels_en_retard",
            s_il_y_a=a_faire.concessions,
        ),
        SelonSesRoles(
            a_faire.fiches_a_publier,
            apres="donnees_essentielles.annees_a_publier",
            s_il_y_a=a_faire.fiches,
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="marches.pieces", s_il_y_a=archivage.parues),
    ),
    pieces_hors_consultation=(
        Rangee(archivage.hors_consultation, apres="marches.hors_consultation"),
    ),
    objets_gardes=(
        ObjetGarde(
            "donnees_essentielles.ImportDeContrats.cle_de_stockage",
            "Import de contrats",
            sous="contrats",
        ),
    ),
    hors_preuve={
        "MotDeFiche": HorsPreuve(
            "les mots des fiches publiées ; se refait des fiches",
            "une fiche se chercherait mal ; la fiche elle-même est prouvée",
        ),
    },
    menus=(
        Entree("Marchés conclus", "/marches/", Menu.VISITEUR, apres="/consultations/"),
        Entree(
            "Données essentielles",
            "/acheteur/donnees-essentielles/",
            Menu.ACHETEUR,
            apres="/acheteur/marches/",
        ),
    ),
)
