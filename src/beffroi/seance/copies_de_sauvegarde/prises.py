"""Copies de sauvegarde : ce que ce contexte branche dans la maison."""

from beffroi.seance.copies_de_sauvegarde import archivage, taches
from beffroi.seance.copies_de_sauvegarde.events import CopieOuverte
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    rondes=(taches.rattraper_les_oublis,),
    abonnes={
        CopieOuverte: (taches.copie_ouverte,),
    },
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="depots.materiels", s_il_y_a=archivage.sortis),
    ),
    objets_gardes=(
        ObjetGarde(
            "copies_de_sauvegarde.FichierDeCopie.cle_de_stockage",
            "Fichier de copie de sauvegarde",
            consultation="ouverture__depot__consultation",
            sous="copies-de-sauvegarde",
        ),
    ),
)
