"""Données ouvertes : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations import events
from beffroi.contrat.donnees_ouvertes import services
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    abonnes={
        events.ConsultationPubliee: (services.suivre_une_publication,),
        events.ConsultationModifiee: (services.suivre_un_changement,),
        events.ConsultationDeclareeSansSuite: (services.suivre_un_abandon,),
        events.GardiensAppeles: (services.suivre_un_recours,),
        events.QuestionRepondue: (services.suivre_une_reponse,),
    },
    hors_preuve={
        "FaitPublic": HorsPreuve(
            "recopie, dans l'ordre, ce que des actes prouvés rendent public",
            (
                "un jeu de données ouvertes serait faux jusqu'à ce qu'on le refasse ; le fait, "
                "lui, se lit ailleurs"
            ),
        ),
    },
    menus=(Entree("Données ouvertes", "/donnees/", Menu.VISITEUR, apres="/marches/"),),
)
