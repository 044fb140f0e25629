"""« À faire » et l'ouverture : rien avant l'heure limite, la séance ensuite."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.a_faire import seance_a_mener

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("etat", "limite", "titres"),
    [
        ("brouillon", None, []),
        ("brouillon", LE - timedelta(days=1), []),
        ("publiee", LE + timedelta(days=1), []),
        ("publiee", LE - timedelta(seconds=1), ["Ouvrir les réponses"]),
        ("close", LE - timedelta(days=1), ["Ouvrir les réponses"]),
        ("en_ouverture", LE - timedelta(days=1), ["Poursuivre la séance d'ouverture"]),
        ("archivee", LE - timedelta(days=90), []),
    ],
)
def test_chaque_etat_demande_son_geste(etat, limite, titres):
    consultation = Consultation(
        reference="2026-0001", titre="Toiture", etat=etat, date_limite_remise=limite
    )

    trouvees = seance_a_mener(consultation, personne=Utilisateur(), le=LE)

    assert [tache.titre for tache in trouvees] == titres
