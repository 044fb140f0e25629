"""Communications : ce que ce contexte branche dans la maison."""

from beffroi.garde.occultation import taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.effacer,),
    objets_gardes=(
        ObjetGarde(
            "communications.DocumentOcculte.cle_de_stockage",
            sans_relecture="un résultat gardé une heure, et qui se refait",
            sous="occultation",
        ),
    ),
    hors_preuve={
        "DocumentOcculte": HorsPreuve(
            "un résultat gardé une heure ; les deux empreintes sont au journal",
            (
                "une copie occultée serait une autre pendant une heure ; son empreinte inscrite "
                "la contredit"
            ),
        ),
    },
)
