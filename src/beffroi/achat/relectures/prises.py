"""Relectures : ce que ce contexte branche dans la maison."""

from beffroi.achat.relectures import a_faire, liens
from beffroi.achat.relectures.permissions import ACTES, ACTES_DU_CENTRE
from beffroi.socle.fondations.a_faire import DesConsultations, SelonSesRoles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    a_faire=(
        SelonSesRoles(
            a_faire.relectures_a_rendre,
            apres="commissions.reunions_a_tenir",
            s_il_y_a=a_faire.attendues,
        ),
        DesConsultations(
            a_faire.avis_recus,
            apres="antivirus.fichiers_retenus",
            s_il_y_a=a_faire.soumises,
            permis=("repondre", ACTES),
        ),
    ),
    hors_preuve={
        "ModeleDeCommentaire": HorsPreuve(
            "une phrase toute faite, que chacun retouche ; le commentaire, lui, est prouvé",
            "une personne lirait une autre phrase avant de l'écrire ; ce qu'elle écrit est prouvé",
        ),
    },
    ports={
        "consultations.LiensDuBrouillon": liens.liens_du_brouillon,
    },
    menus=(
        Entree(
            "Relectures",
            "/cdg/relectures/",
            Menu.EXPLOITANT,
            apres="/cdg/impayes/",
            permis=("relire", ACTES_DU_CENTRE),
        ),
    ),
)
