"""Conventions : ce que ce contexte branche dans la maison."""

from beffroi.centre.conventions import (
    a_faire,
    annuaire,
    archivage,
    archiviste,
    bandeau,
    fiche,
    identite,
    taches,
)
from beffroi.centre.conventions.permissions import ACTES
from beffroi.socle.fondations.a_faire import DeLaPersonne, SelonSesRoles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    a_faire=(
        SelonSesRoles(a_faire.conventions_a_mener, apres="conformite.personnes_a_repondre"),
        DeLaPersonne(
            archiviste.conventions_qui_finissent,
            apres="cles.essai_de_gardien",
            s_il_y_a=archiviste.s_il_en_finit,
        ),
    ),
    lus_avec_les_roles={bandeau.LA_LEUR: bandeau.la_leur},
    bandeaux=(Rangee(bandeau.ou_en_est_la_convention, apres=""),),
    pieces_hors_consultation=(Rangee(archivage.hors_consultation, apres=""),),
    objets_gardes=(
        ObjetGarde(
            "conventions.PieceDeConvention.cle_de_stockage",
            "Pièce de convention",
            sous="convention",
        ),
        ObjetGarde("conventions.AttestationDAssurance.cle_de_stockage", "Attestation d'assurance"),
    ),
    hors_preuve={
        "DemandeDAdhesion": HorsPreuve(
            (
                "une demande à confirmer, effacée sinon ; confirmée, la convention prouvée prend "
                "la suite"
            ),
            (
                "une demande serait lue autrement avant d'être confirmée ; la convention qui en "
                "naît est prouvée"
            ),
        ),
    },
    ports={
        "adherents.EtatsDesConventions": annuaire.etats_des_conventions,
        "socle.NomDuCentre": identite.nom_du_centre,
        "adherents.SaConvention": fiche.sa_convention,
    },
    menus=(
        Entree(
            "Conventions",
            "/cdg/conventions/",
            Menu.EXPLOITANT,
            apres="/cdg/gardiens/",
            permis=("lire_les_conventions", ACTES),
        ),
    ),
    pied=(LienDePied("Demander à adhérer", "/adherer/", Pied.SERVICE),),
)
