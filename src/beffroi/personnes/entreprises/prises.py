"""Entreprises : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes.events import AdresseChangee, CompteFerme
from beffroi.personnes.entreprises import a_faire, adresses, departs, taches
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.oublier_les_invitations, taches.oublier_les_reseaux),
    a_faire=(
        DeLaPersonne(
            a_faire.demandes_a_lire, apres="pieces.pieces_a_renouveler", s_il_y_a=a_faire.equipes
        ),
    ),
    abonnes={
        AdresseChangee: (adresses.annoncer,),
        CompteFerme: (departs.detacher,),
    },
    hors_preuve={
        "DemandeDeRejoindre": HorsPreuve(
            (
                "elle ne donne aucun droit, et s'efface quand on y répond ; chaque acte est au "
                "journal"
            ),
            (
                "une demande serait vue sans avoir été faite : y répondre est un acte, que "
                "l'équipe apprend"
            ),
        ),
        "InvitationEnAttente": HorsPreuve(
            "une adresse invitée, effacée quand elle répond ; chaque acte est au journal",
            (
                "une invitation serait vue sans avoir été faite : l'accepter est un acte, que "
                "l'équipe apprend"
            ),
        ),
        "FondationsDUnReseau": HorsPreuve(
            "un compte du jour, sans nom, effacé le lendemain",
            "un réseau fonderait plus d'équipes ce jour-là ; chaque équipe fondée est prouvée",
        ),
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
