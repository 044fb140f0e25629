"""État du service : ce que ce contexte branche dans la maison."""

from beffroi.service.disponibilite import taches
from beffroi.service.disponibilite.permissions import ACTES
from beffroi.socle.fondations import ecritures
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.relever,),
    rondes_du_noeud=(ecritures.oublier_les_vieilles,),
    hors_preuve={
        "Releve": HorsPreuve(
            "le dernier constat de l'ouvrier, remplacé à chaque ronde",
            "l'état du service serait faux jusqu'à la ronde suivante",
        ),
        "EtatTenu": HorsPreuve(
            "depuis quand l'ouvrier voit un point en cet état, remplacé à chaque changement",
            "la durée d'une panne serait fausse à l'écran ; les mesures de la sonde sont prouvées",
        ),
        "Evenement": HorsPreuve(
            "ce que le centre annonce de son service ; chaque annonce est au journal",
            "une annonce serait lue autrement ; ce qui a été annoncé est au journal",
        ),
        "Point": HorsPreuve(
            "la suite d'une annonce ; chacune est au journal",
            "la suite d'une annonce serait lue autrement ; ce qui a été annoncé est au journal",
        ),
    },
    menus=(
        Entree(
            "État du service",
            "/cdg/etat-du-service/",
            Menu.EXPLOITANT,
            apres="/ecole/",
            permis=("tenir_l_etat", ACTES),
        ),
        Entree(
            "Supervision",
            "/cdg/supervision/",
            Menu.EXPLOITANT,
            apres="/cdg/incidents/",
            permis=("tenir_l_etat", ACTES),
        ),
    ),
    pied=(
        LienDePied("État du service", "/etat-du-service/", Pied.ENTRAINEMENT, apres="/journal/"),
    ),
)
