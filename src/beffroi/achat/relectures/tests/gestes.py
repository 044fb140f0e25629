"""Joindre un règlement à relire au dossier d'une consultation."""

import io

from beffroi.achat.consultations.models import PieceDce
from beffroi.achat.consultations.services import ajouter_piece
from beffroi.achat.relectures.tests.reglements import docx


def joindre(consultation, scene, *paragraphes):
    return ajouter_piece(
        consultation=consultation,
        sorte=PieceDce.Sorte.RC,
        intitule="",
        nom="reglement.docx",
        flux=io.BytesIO(docx(*paragraphes)),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
