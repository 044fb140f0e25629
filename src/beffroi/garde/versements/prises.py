"""Versements : ce que ce contexte branche dans la maison."""

from beffroi.garde.versements import a_faire, archivage, ecrans, taches
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    rondes=(taches.suivre,),
    a_faire=(
        SelonSesRoles(
            a_faire.versements_a_reprendre,
            apres="marches.contrats_a_mener",
            s_il_y_a=a_faire.versements,
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(
            archivage.pieces, apres="donnees_essentielles.pieces", s_il_y_a=archivage.demandes
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "versements.MessageDuService.cle_de_stockage",
            "Réponse du service d'archives n°",
            reference="pk",
            sous="versements",
        ),
    ),
    ports={
        "archives.SuitesDesPaquets": ecrans.suites_des_paquets,
    },
)
