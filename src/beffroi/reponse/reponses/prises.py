"""Réponses : ce que ce contexte branche dans la maison."""

from beffroi.reponse.reponses import espace_d_entreprise
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    espace_d_entreprise=(Rangee(espace_d_entreprise.reponses, apres=""),),
)
