"""Qui entre où : la sonde d'ailleurs a son jeton ; sans lui, personne."""

from tests.architecture.adresses import Adresse, publique

ADRESSES = {"sonde:remettre": Adresse(publique(401), methodes=("post",))}
