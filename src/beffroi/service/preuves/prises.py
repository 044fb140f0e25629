"""Preuves : ce que ce contexte branche dans la maison."""

from beffroi.service.preuves import archivage
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    pieces_a_archiver=(Rangee(archivage.pieces, apres="versements.pieces"),),
    dans_la_rubrique={
        "/cdg/supervision/": ("/cdg/certificat/",),
    },
)
