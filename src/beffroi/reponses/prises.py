"""Réponses : ce que ce contexte branche dans la maison."""

from beffroi.reponses import espace_d_entreprise
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee

PRISES = Prises(
    espace_d_entreprise=(Rangee(espace_d_entreprise.reponses, apres=""),),
)
