"""Procès-verbaux : ce que ce contexte branche dans la maison."""

from beffroi.ouverture.events import SeanceClose
from beffroi.proces_verbaux import cloture
from beffroi.proces_verbaux.verification import relire_les_proces_verbaux
from beffroi.socle.prises import Prises

PRISES = Prises(
    abonnes={
        SeanceClose: (cloture.ecrire_le_proces_verbal,),
    },
    relectures_du_journal=(relire_les_proces_verbaux,),
)
