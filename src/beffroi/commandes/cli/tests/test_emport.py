"""L'archive que la séance remet s'ouvre avec la seule commande `ouvrir-pli`,
et redonne les fichiers de l'entreprise.
"""

import io
import zipfile

import pytest
import time_machine

from beffroi.commandes.cli.lanceur import principal
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import CANDIDATURE, OFFRE, SEANCE_LE
from demo.personnages import AGENTS

PHRASES = {agent.cle: agent.phrase_de_cle for agent in AGENTS}
CODES = {agent.cle: agent.code_de_secours for agent in AGENTS}


@pytest.fixture
def emportee(scene_de_seance, client, tmp_path):
    """L'archive d'Hélène, dépliée dans un dossier."""
    scene_de_seance.repond()
    with time_machine.travel(SEANCE_LE, tick=False):
        seance = factories.seance_installee(scene_de_seance)
        reponse = connecter(client, scene_de_seance.personne("helene")).post(
            f"/ouverture/{seance.reference}/hors-ligne/"
        )
        zipfile.ZipFile(io.BytesIO(reponse.getvalue())).extractall(tmp_path)
    return tmp_path


def ouvrir(dossier, sorte, fente):
    plis = sorted(map(str, dossier.glob(f"enveloppes/{sorte}/*/*.age")))
    commande = ["ouvrir-pli", "--identite", str(next(dossier.glob(f"fentes/*-{fente}-*.age")))]
    return principal(
        [
            *commande,
            "--parts",
            f"{dossier}/parts/{sorte}",
            *plis,
            "--vers",
            f"{dossier}/ouverts/{sorte}",
        ]
    )


@pytest.mark.parametrize(
    ("fente", "secrets"), [("phrase", PHRASES), ("secours", CODES)], ids=["phrase", "secours"]
)
def test_l_archive_s_ouvre_octet_pour_octet_sans_la_plateforme(
    emportee, monkeypatch, fente, secrets
):
    monkeypatch.setattr(
        "beffroi.commandes.cli.ouvrir_pli.getpass",
        lambda _: f" {secrets['helene'].replace('-', ' - ')} ",
    )

    assert [ouvrir(emportee, sorte, fente) for sorte in ("candidature", "offre")] == [0, 0]

    ouverts = {
        f.name.split("-", 1)[1]: f.read_bytes()
        for f in emportee.glob("ouverts/*/*")
        if f.name[:2] != "00"
    }
    assert ouverts == {**CANDIDATURE, **OFFRE}
    assert (emportee / "ouverts/offre/00-manifeste").read_bytes().startswith(b'{"consultation"')


def test_les_parts_de_l_offre_n_ouvrent_pas_la_candidature(emportee, monkeypatch, capsys):
    monkeypatch.setattr("beffroi.commandes.cli.ouvrir_pli.getpass", lambda _: PHRASES["helene"])
    (emportee / "parts/candidature").rename(emportee / "parts/mises de côté")
    (emportee / "parts/offre").rename(emportee / "parts/candidature")

    assert ouvrir(emportee, "candidature", "phrase") == 1

    assert "scellé pour une autre clé" in capsys.readouterr().out
