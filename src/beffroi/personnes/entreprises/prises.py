"""Entreprises : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes.events import CompteFerme
from beffroi.personnes.entreprises import a_faire, departs, taches
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.oublier_les_invitations, taches.oublier_les_reseaux),
    a_faire=(DeLaPersonne(a_faire.demandes_a_lire, apres="pieces.pieces_a_renouveler"),),
    abonnes={
        CompteFerme: (departs.detacher,),
    },
    hors_preuve={
        "DemandeDeRejoindre": (
            "elle ne donne aucun droit, et s'efface quand on y répond ; chaque acte est au journal"
        ),
        "InvitationEnAttente": (
            "une adresse invitée, effacée quand elle répond ; chaque acte est au journal"
        ),
        "FondationsDUnReseau": "un compte du jour, sans nom, effacé le lendemain",
    },
    menus=(
        Entree(
            "Mon entreprise",
            "/entreprise/",
            Menu.ENTREPRISE,
            apres="/entreprise/pieces/",
            sauf="/entreprise/pieces/",
        ),
    ),
)
