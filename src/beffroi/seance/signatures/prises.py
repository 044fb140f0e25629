"""Signatures : ce que ce contexte branche dans la maison."""

from beffroi.seance.signatures import archivage, liens
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="ouverture.pieces", s_il_y_a=archivage.verifiees),
    ),
    suites=(Rangee(liens.suite, apres="candidatures.etape"),),
)
