"""Commissions et jurys : ce que ce contexte branche dans la maison."""

from beffroi.commissions import a_faire
from beffroi.socle.a_faire import DeLaPersonne
from beffroi.socle.prises import Prises

PRISES = Prises(
    a_faire=(DeLaPersonne(a_faire.reunions_a_tenir, apres="analyse.notes_a_donner"),),
)
