"""Recherche : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
    GardiensAppeles,
)
from beffroi.publicite.recherche import services, taches
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
        "FicheIndexee": "recopie une consultation publiée ; se refait des consultations",
        "AcheteurIndexe": "recopie un organisme qui a publié ; se refait des consultations",
        "MotConnu": "les mots des consultations publiées ; se refait des consultations",
        "ResteDeMot": "les mots des consultations publiées ; se refait des consultations",
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
