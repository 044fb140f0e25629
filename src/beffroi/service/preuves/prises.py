"""Preuves : ce que ce contexte branche dans la maison."""

from beffroi.service.preuves import archivage
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    pieces_a_archiver=(ArchivageSIlYA(archivage.pieces, apres="versements.pieces"),),
    dans_la_rubrique={
        "/cdg/supervision/": ("/cdg/certificat/",),
    },
)
