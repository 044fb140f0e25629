"""Ce qu'un faussaire fabrique avec notre propre code n'est jamais dit intact."""

from datetime import timedelta

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.cli.tests.faussaires import LIMITE, a_partir_de_rien
from sceau import log

VRAIE = log.Signer("beffroi.localhost/journal", bytes(range(32)))


@pytest.fixture
def poser(tmp_path):
    def poser(octets: bytes) -> str:
        (tmp_path / "faux.zip").write_bytes(octets)
        return str(tmp_path / "faux.zip")

    return poser


def test_un_recepisse_fait_de_rien_s_accorde_avec_lui_meme_et_rien_de_plus(poser, capsys):
    assert principal(["verifier", poser(a_partir_de_rien())]) == 3

    sortie = capsys.readouterr().out
    assert "Ce récépissé s'accorde avec lui-même." in sortie
    assert "Rien ne dit encore qu'il vient de la plateforme" in sortie
    assert "intact" not in sortie


def test_sous_la_vraie_cle_il_est_faux(poser, capsys):
    assert principal(["verifier", poser(a_partir_de_rien()), "--cle", VRAIE.vkey]) == 1

    assert "Quelque chose ne va pas" in capsys.readouterr().out


def test_qui_tient_les_cles_n_antidate_pas_de_cinq_minutes(poser, capsys):
    """Le registre lui-même ment : sa clé est la vraie, l'enregistrement dit 11 h 59 min 59 s."""
    antidate = a_partir_de_rien(signataire=VRAIE, horodate_le=LIMITE + timedelta(seconds=289))

    assert principal(["verifier", poser(antidate), "--cle", VRAIE.vkey]) == 3

    sortie = capsys.readouterr().out
    assert "L'heure de ce récépissé n'est pas établie" in sortie
    assert "2026-11-30T11:59:59+00:00" in sortie and "2026-11-30T12:04:49+00:00" in sortie
    assert "à plus de 2 s" in sortie and "intact" not in sortie


@pytest.mark.parametrize("secondes", [1.002, 3600], ids=["de peu", "d'une heure"])
def test_de_part_et_d_autre_de_l_heure_limite_rien_n_est_etabli(poser, secondes):
    antidate = a_partir_de_rien(signataire=VRAIE, horodate_le=LIMITE + timedelta(seconds=secondes))

    assert principal(["verifier", poser(antidate), "--cle", VRAIE.vkey]) == 3


def test_a_la_precision_d_une_horloge_les_deux_heures_sont_dites(poser, capsys):
    juste = a_partir_de_rien(signataire=VRAIE, horodate_le=LIMITE + timedelta(seconds=1))

    assert principal(["verifier", poser(juste), "--cle", VRAIE.vkey]) == 0

    assert "dans les délais, à 2 s près : l'enregistrement dit" in capsys.readouterr().out


def test_loin_de_l_heure_limite_deux_heures_qui_different_sont_fausses(poser):
    avant = LIMITE - timedelta(hours=1)
    faux = a_partir_de_rien(
        signataire=VRAIE, recu_le=avant, horodate_le=avant + timedelta(seconds=30)
    )

    assert principal(["verifier", poser(faux), "--cle", VRAIE.vkey]) == 1
