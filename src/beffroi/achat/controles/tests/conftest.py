import io

import pytest
from django.core.cache import caches

from beffroi.achat.consultations.models import PieceDce
from beffroi.achat.consultations.services import ajouter_piece
from beffroi.achat.relectures.tests.reglements import docx


@pytest.fixture(autouse=True)
def _rien_de_lu():
    caches["memoire"].clear()


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture
def complete(scene):
    """Prête à publier, née sans les questions ; son règlement de scène n'est pas un vrai PDF."""
    limite = scene.limite.replace(second=0, microsecond=0)
    return scene.completer(scene.brouillon(date_limite_remise=limite))


@pytest.fixture
def regler(scene):
    """Remplace le règlement du dossier par ces phrases, ou par ces octets."""

    def _regler(consultation, *phrases, nom="reglement.docx", octets=b""):
        consultation.pieces.filter(sorte=PieceDce.Sorte.RC).delete()
        return ajouter_piece(
            consultation=consultation,
            sorte=PieceDce.Sorte.RC,
            intitule="",
            nom=nom,
            flux=io.BytesIO(octets or docx(*phrases)),
            par=scene.martine.acteur,
            maintenant=scene.le,
        )

    return _regler
