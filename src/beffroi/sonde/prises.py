"""Sonde : ce que ce contexte branche dans la maison."""

from beffroi.socle.prises import Prises
from beffroi.sonde import compte
from beffroi.sonde.verification import relire_les_mesures

PRISES = Prises(
    rondes=(compte.oublier_les_vieilles,),
    relectures_du_journal=(relire_les_mesures,),
)
