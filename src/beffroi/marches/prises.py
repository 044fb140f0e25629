"""Marchés : ce que ce contexte branche dans la maison."""

from beffroi.marches import a_faire, abonnes, taches
from beffroi.marches.events import MarcheNotifie
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    abonnes={
        MarcheNotifie: (abonnes.preparer_la_fiche,),
    },
    a_faire=(SelonSesRoles(a_faire.contrats_a_mener, apres="donnees_essentielles.fiches_a_publier"),),
)
