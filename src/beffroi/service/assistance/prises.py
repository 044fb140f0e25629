"""Assistance : ce que ce contexte branche dans la maison."""

from beffroi.personnes.entreprises.events import AlarmeDonnee
from beffroi.reponse.depots.events import GesteConteste
from beffroi.service.assistance import (
    a_faire,
    compte,
    depot_en_question,
    fiche,
    signalements,
    taches,
)
from beffroi.service.assistance.permissions import ACTES
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    ports={
        "pilotage.DemandesPromises": compte.demandes_promises,
        "adherents.SesDemandes": fiche.ses_demandes,
        "adherents.OrganismeDUneConsultation": fiche.organisme_d_une_consultation,
    },
    abonnes={
        AlarmeDonnee: (signalements.signaler_l_alarme,),
        GesteConteste: (signalements.signaler_le_geste,),
    },
    rondes=(taches.effacer,),
    rondes_du_noeud=(taches.relever_la_boite,),
    a_faire=(
        SelonSesRoles(
            a_faire.demandes_a_traiter, apres="aide.rappels_a_faire", s_il_y_a=a_faire.ouvertes
        ),
    ),
    aides=(Rangee(depot_en_question.aides_de, apres=""),),
    objets_gardes=(
        ObjetGarde(
            "assistance.PieceDeMessage.cle_de_stockage",
            "Fichier joint à la demande d'assistance",
            reference="message__demande__reference",
            empreinte="",
            clair="sha256",
            sous="assistance",
        ),
    ),
    hors_preuve={
        "Message": HorsPreuve(
            (
                "ce qui s'est dit avec l'assistance, qui s'efface ; chaque acte est au journal, "
                "sans le texte"
            ),
            "un échange d'assistance serait lu autrement ; aucun droit n'en dépend",
        ),
        "PieceDeMessage": HorsPreuve(
            "un fichier joint à une demande, qui s'efface avec elle",
            "un fichier joint à un échange serait un autre ; aucun droit n'en dépend",
        ),
        "ModeleDeReponse": HorsPreuve(
            "un brouillon de réponse, que l'agent retouche ; chaque version est un acte",
            "un agent lirait un autre brouillon ; il le relit avant de répondre",
        ),
        "QuestionFrequente": HorsPreuve(
            "une page publique d'aide ; la publier et la retirer sont au journal",
            "une page d'aide serait lue autrement ; les textes de loi qu'elle cite sont ailleurs",
        ),
    },
    menus=(
        Entree(
            "Assistance",
            "/cdg/assistance/",
            Menu.EXPLOITANT,
            apres="/cdg/relectures/",
            permis=("voir_les_demandes", ACTES),
        ),
    ),
)
