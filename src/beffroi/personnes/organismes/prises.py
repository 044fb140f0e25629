"""Organismes : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes.events import AdresseProuvee
from beffroi.personnes.organismes import a_faire, premiers_pas, services, taches
from beffroi.personnes.organismes.permissions import ACTES
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    abonnes={AdresseProuvee: (services.accorder_ce_qui_attendait,)},
    rondes=(taches.oublier_les_attentes,),
    a_faire=(
        SelonSesRoles(
            a_faire.organismes_sans_administrateur, apres="ouverture.cles_de_gardien_demandees"
        ),
    ),
    premiers_pas=(
        Rangee(premiers_pas.compte_protege, apres=""),
        Rangee(premiers_pas.deuxieme_personne, apres="adherents.effectif_declare"),
    ),
    menus=(
        Entree(
            "Agents",
            "/organisme/",
            Menu.ACHETEUR,
            apres="/statistiques/",
            permis=("voir_les_agents", ACTES),
        ),
        Entree(
            "Organismes",
            "/exploitant/organismes/",
            Menu.EXPLOITANT,
            apres="/cdg/comptes/",
            permis=("creer_organisme", ACTES),
        ),
        Entree(
            "Comptes",
            "/exploitant/comptes/",
            Menu.EXPLOITANT,
            apres="/exploitant/organismes/",
            permis=("fermer_le_compte", ACTES),
        ),
        Entree(
            "Agents",
            "/organisme/",
            Menu.EXPLOITANT,
            apres="/exploitant/comptes/",
            permis=("voir_les_agents", ACTES),
        ),
    ),
)
