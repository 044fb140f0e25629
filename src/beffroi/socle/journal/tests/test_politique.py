"""La politique de l'autorité locale :
celle de l'exploitant s'il en a une, sinon une qui n'est à personne.
"""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.socle.journal import chainage, checks
from sceau import timestamp

OID = "1.3.6.1.4.1.55555.1"
EMPREINTE = b"\0" * 32


def politique_d_un_jeton(settings, tmp_path, politique: str) -> str:
    settings.HORODATAGE = {
        **settings.HORODATAGE,
        "cle": tmp_path / "horodatage.pem",
        "politique": politique,
    }
    autorite, le = chainage.autorite_locale(), datetime.now(UTC) + timedelta(seconds=2)
    return timestamp.verify(
        autorite.issue(EMPREINTE, le), digest=EMPREINTE, roots=[autorite.root]
    ).policy


def test_sans_politique_les_jetons_portent_celle_qui_n_est_a_personne(settings, tmp_path):
    assert politique_d_un_jeton(settings, tmp_path, "") == timestamp.UNREGISTERED_POLICY


def test_changer_de_politique_garde_la_meme_autorite(settings, tmp_path):
    politique_d_un_jeton(settings, tmp_path, "")
    avant = (tmp_path / "horodatage.pem").read_bytes()

    assert politique_d_un_jeton(settings, tmp_path, OID) == OID
    assert (tmp_path / "horodatage.pem").read_bytes() == avant


@pytest.mark.parametrize(
    ("politique", "attendu"),
    [("", []), (OID, []), ("1.3.", ["journal.E003"]), ("abc", ["journal.E003"])],
)
def test_une_politique_qui_n_est_pas_un_oid_empeche_de_demarrer(settings, politique, attendu):
    settings.HORODATAGE = {**settings.HORODATAGE, "politique": politique}

    assert [erreur.id for erreur in checks.politique_locale()] == attendu
