"""Courriers et réponses : ce que ce contexte branche dans la maison."""

from beffroi.choix.echanges import a_faire, archivage, ecrans, espace_d_entreprise, queries, taches
from beffroi.choix.echanges.permissions import ACTES
from beffroi.socle.fondations.a_faire import DeLaPersonne, DesConsultations
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.constater_les_alertes,),
    a_faire=(
        DeLaPersonne(
            a_faire.messages_a_lire,
            apres="relectures.relectures_a_rendre",
            s_il_y_a=a_faire.non_lus,
        ),
        DeLaPersonne(
            a_faire.messages_a_repondre,
            apres="echanges.messages_a_lire",
            s_il_y_a=a_faire.a_repondre,
        ),
        DesConsultations(
            a_faire.retours_a_lire,
            apres="questions.questions_a_repondre",
            s_il_y_a=a_faire.retours,
            permis=("ecrire", ACTES),
        ),
        DesConsultations(
            a_faire.courriers_a_relancer,
            apres="echanges.retours_a_lire",
            s_il_y_a=a_faire.sans_lecteur,
            permis=("ecrire", ACTES),
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="commissions.pieces", s_il_y_a=archivage.remis),
        ArchivageSIlYA(archivage.retours, apres="echanges.pieces", s_il_y_a=archivage.recus),
        ArchivageSIlYA(
            archivage.jointes, apres="echanges.retours", s_il_y_a=archivage.fichiers_joints
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "echanges.PieceJointe.cle_de_stockage",
            "Fichier joint à un courrier",
            consultation="courrier__consultation",
            sous="courrier",
        ),
        ObjetGarde(
            "echanges.PieceJointe.cle_de_stockage",
            "Fichier joint à un courrier",
            consultation="exemplaire__courrier__consultation",
        ),
        ObjetGarde(
            "echanges.PieceJointe.cle_de_stockage",
            "Fichier joint à un courrier",
            consultation="retour__fil__consultation",
        ),
    ),
    ports={
        "consultations.Echanges": ecrans.etat_des_echanges,
        "reponses.CourriersNonLus": queries.non_lus_de,
    },
    menus=(Entree("Mes messages", "/messages/", Menu.ENTREPRISE, apres="/mes-reponses/"),),
    espace_d_entreprise=(Rangee(espace_d_entreprise.messages, apres="questions.questions"),),
)
