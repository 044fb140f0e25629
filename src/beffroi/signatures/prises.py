"""Signatures : ce que ce contexte branche dans la maison."""

from beffroi.signatures import archivage, liens
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee

PRISES = Prises(
    pieces_a_archiver=(Rangee(archivage.pieces, apres="ouverture.pieces"),),
    suites=(Rangee(liens.suite, apres="candidatures.etape"),),
)
