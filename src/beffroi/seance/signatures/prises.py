"""Signatures : ce que ce contexte branche dans la maison."""

from beffroi.seance.signatures import archivage, liens
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    pieces_a_archiver=(Rangee(archivage.pieces, apres="ouverture.pieces"),),
    suites=(Rangee(liens.suite, apres="candidatures.etape"),),
)
