"""Incidents : ce que ce contexte branche dans la maison."""

from beffroi.service.incidents import a_faire, archivage, taches
from beffroi.service.incidents.permissions import ACTES
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    rondes_du_noeud=(taches.ecrire_la_page,),
    a_faire=(
        SelonSesRoles(
            a_faire.prolongations_proposees,
            apres="assistance.demandes_a_traiter",
            s_il_y_a=a_faire.propositions,
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="preuves.pieces", s_il_y_a=archivage.touchants),
    ),
    menus=(
        Entree(
            "Incidents",
            "/cdg/incidents/",
            Menu.EXPLOITANT,
            apres="/cdg/etat-du-service/",
            permis=("tenir_les_incidents", ACTES),
        ),
    ),
)
