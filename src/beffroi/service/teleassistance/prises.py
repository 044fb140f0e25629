"""Téléassistance : ce que ce contexte branche dans la maison."""

from beffroi.service.teleassistance import compte, fiche, frise, taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    ports={
        "pilotage.EcransMontres": compte.ecrans_montres,
        "adherents.SesPartagesDEcran": fiche.ses_partages_d_ecran,
    },
    rondes=(taches.expirer,),
    aides=(Rangee(frise.partages_de, apres="aide.rappels_de"),),
    hors_preuve={
        "AccordEnAttente": HorsPreuve(
            "un accord que personne n'a rejoint, donc rien de vu ; il s'efface",
            "un partage d'écran ne se ferait pas, ou attendrait quelqu'un d'autre ; le rejoindre "
            "est un acte prouvé",
        ),
        "Signal": HorsPreuve(
            "ce qui joint deux navigateurs, effacé dès la fin du partage, qui est prouvé",
            "un partage d'écran ne se ferait pas ; qui l'a consenti est prouvé",
        ),
        "CodeFaux": HorsPreuve(
            "un code mal tapé, compté dix minutes ; le partage rejoint, lui, est prouvé",
            "un code s'essaierait quelques fois de plus ; le partage rejoint est prouvé",
        ),
    },
    dans_la_rubrique={
        "/cdg/assistance/": ("/cdg/teleassistance/",),
    },
)
