"""Analyse des offres : ce que ce contexte branche dans la maison."""

from beffroi.analyse import a_faire
from beffroi.socle.a_faire import DeLaPersonne
from beffroi.socle.prises import Prises

PRISES = Prises(
    a_faire=(DeLaPersonne(a_faire.notes_a_donner, apres="organismes.organismes_sans_administrateur"),),
)
