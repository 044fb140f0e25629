"""Questions et réponses : ce que ce contexte branche dans la maison."""

from beffroi.publicite.questions import a_faire, archivage, ecrans, espace_d_entreprise, taches
from beffroi.publicite.questions.permissions import ACTES
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.effacer,),
    a_faire=(
        DesConsultations(
            a_faire.questions_a_repondre,
            apres="avis.avis_prets",
            s_il_y_a=a_faire.recues,
            permis=("repondre", ACTES),
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="retraits.pieces", s_il_y_a=archivage.posees),
        ArchivageSIlYA(
            archivage.jointes, apres="questions.pieces", s_il_y_a=archivage.fichiers_joints
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "questions.PieceDeQuestion.cle_de_stockage",
            "Fichier joint à une question",
            consultation="question__consultation",
            sous="question",
        ),
        ObjetGarde(
            "questions.PieceDeQuestion.cle_de_stockage",
            "Fichier joint à une question",
            consultation="reponse__question__consultation",
        ),
    ),
    hors_preuve={
        "Demandeur": HorsPreuve(
            (
                "une adresse à qui un lien est parti, effacée s'il n'a rien demandé ; la "
                "question est prouvée"
            ),
            (
                "un lien n'ouvrirait plus, ou ouvrirait à une autre adresse avant la question ; "
                "la question est prouvée"
            ),
        ),
    },
    ports={
        "consultations.Questions": ecrans.etat_des_questions,
    },
    menus=(Entree("Mes questions", "/questions/", Menu.ENTREPRISE, apres="/messages/"),),
    espace_d_entreprise=(Rangee(espace_d_entreprise.questions, apres="reponses.reponses"),),
)
