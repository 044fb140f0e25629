"""Entreprises : ce que ce contexte branche dans la maison."""

from beffroi.comptes.events import CompteFerme
from beffroi.entreprises import departs, taches
from beffroi.socle.menus import Entree, Menu
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.oublier_les_invitations,),
    abonnes={
        CompteFerme: (departs.detacher,),
    },
    hors_preuve={
        "InvitationEnAttente": "une adresse invitée, effacée quand elle répond ; chaque acte est au journal",
    },
    menus=(
        Entree(
            "Mon entreprise", "/entreprise/", Menu.ENTREPRISE, apres="/entreprise/pieces/", sauf="/entreprise/pieces/"
        ),
    ),
)
