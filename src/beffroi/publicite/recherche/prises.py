"""Recherche : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
    GardiensAppeles,
)
from beffroi.publicite.recherche import services, taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.remplir_l_index_vide, taches.sortir_les_closes, taches.suivre_les_renommages),
    abonnes={
        ConsultationPubliee: (services.suivre,),
        ConsultationModifiee: (services.suivre,),
        ConsultationDeclareeSansSuite: (services.suivre,),
        GardiensAppeles: (services.suivre,),
    },
    hors_preuve={
        "FicheIndexee": HorsPreuve(
            "recopie une consultation publiée ; se refait des consultations",
            "une consultation se chercherait mal ; sa page, elle, est prouvée",
        ),
        "AcheteurIndexe": HorsPreuve(
            "recopie un organisme qui a publié ; se refait des consultations",
            "un acheteur se chercherait mal ; sa page, elle, est prouvée",
        ),
        "MotConnu": HorsPreuve(
            "les mots des consultations publiées ; se refait des consultations",
            "une recherche trouverait mal ; elle se refait par « recherche refaire »",
        ),
        "ResteDeMot": HorsPreuve(
            "les mots des consultations publiées ; se refait des consultations",
            "une recherche trouverait mal ; elle se refait par « recherche refaire »",
        ),
    },
    menus=(
        Entree(
            "Consultations ouvertes",
            "/consultations/",
            Menu.VISITEUR,
            sauf=r"/consultations/[^/]+/cles/",
        ),
        Entree(
            "Consultations ouvertes",
            "/consultations/",
            Menu.ENTREPRISE,
            apres="/questions/",
            sauf=r"/consultations/[^/]+/cles/",
        ),
        Entree(
            "Consultations ouvertes",
            "/consultations/",
            Menu.GARDIEN,
            apres="/cles/",
            sauf=r"/consultations/[^/]+/cles/",
        ),
    ),
)
