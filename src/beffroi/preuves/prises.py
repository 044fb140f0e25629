"""Preuves : ce que ce contexte branche dans la maison."""

from beffroi.preuves import archivage
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee

PRISES = Prises(
    pieces_a_archiver=(Rangee(archivage.pieces, apres="versements.pieces"),),
    dans_la_rubrique={
        "/cdg/supervision/": ("/cdg/certificat/",),
    },
)
