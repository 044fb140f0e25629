"""Qui entre où : la supervision est au technicien du centre."""

from tests.architecture.adresses import Adresse, reserve_a_l_exploitant

ADRESSES = {"sonde:supervision": Adresse(reserve_a_l_exploitant())}
