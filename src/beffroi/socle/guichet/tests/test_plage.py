"""Une plage d'octets se lit, ou se refuse, quels que soient ses chiffres (RFC 9110, § 14)."""

import pytest

from beffroi.socle.guichet.telechargements import lire_la_plage

HORS_DU_FICHIER = (1, 0)
ENORME = "9" * 100_000


@pytest.mark.parametrize(
    ("entete", "plage"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=0-" + ENORME, (0, 99)),
        ("bytes=-" + ENORME, (0, 99)),
        ("bytes=" + ENORME + "-", HORS_DU_FICHIER),
        ("bytes=" + ENORME + "-" + ENORME, HORS_DU_FICHIER),
        ("bytes=" + "0" * 10_000 + "5-7", (5, 7)),
        ("bytes=-0", HORS_DU_FICHIER),
        ("bytes=100-", HORS_DU_FICHIER),
        ("bytes=9-5", HORS_DU_FICHIER),
        ("bytes=٣-٤", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("", None),
    ],
)
def test_une_plage_ne_fait_jamais_tomber_le_serveur(entete, plage):
    assert lire_la_plage(entete, 100) == plage
