"""« À faire » et les consultations :
un brouillon se finit, rendu il se corrige, et rien d'autre ensuite.
"""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations.a_faire import brouillon_a_finir
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("etat", "rendue_le", "titres"),
    [
        ("brouillon", None, ["Finir de préparer une consultation"]),
        ("brouillon", LE, ["Reprendre une consultation rendue"]),
        ("publiee", None, []),
        ("publiee", LE, []),
        ("archivee", None, []),
    ],
)
def test_seul_un_brouillon_attend_d_etre_fini(etat, rendue_le, titres):
    consultation = Consultation(
        reference="2026-0001", titre="Toiture", etat=etat, rendue_le=rendue_le
    )

    trouvees = brouillon_a_finir(consultation, personne=Utilisateur(), le=LE + timedelta(days=1))

    assert [tache.titre for tache in trouvees] == titres
