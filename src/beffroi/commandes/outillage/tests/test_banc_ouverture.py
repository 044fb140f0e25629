"""Le banc de l'ouverture ouvre de vraies réponses scellées, et échoue si l'une revient changée."""

from types import SimpleNamespace

from beffroi.commandes.outillage.banc_ouverture import lire_les_options, ouvrir_tout
from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.souche import beffroi


def test_le_banc_ouvre_et_dit_ses_mesures(tmp_path):
    recopier_en_sqlite(tmp_path / "banc.sqlite3").close()
    base = f"sqlite://{tmp_path}/banc.sqlite3"
    fait = beffroi("bench", "ouverture", "--plis", "2", "--taille", "1", "--base", base)

    assert fait.returncode == 0, fait.stdout + fait.stderr
    assert "2 réponses de 1 Mio, 2 Mio en tout." in fait.stdout
    assert "| desceller et écrire |" in fait.stdout
    assert "| ouvrir en séance |" in fait.stdout
    assert "Contenus identiques : 2 sur 2." in fait.stdout


def test_une_reponse_changee_se_compte(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "beffroi.commandes.outillage.banc_ouverture.desceller",
        lambda scene, rang, clair: clair.touch(),
    )
    scene = SimpleNamespace(
        rangs=[1, 2], ouvrir=lambda rang, le: None, est_intact=lambda rang, repere: rang == 1
    )

    durees, intactes = ouvrir_tout(scene, tmp_path, le=None)

    assert (len(durees.ouvrir), len(durees.desceller), intactes) == (2, 2, 1)


def test_d_office_cent_reponses_de_vingt_mio():
    options = lire_les_options([])

    assert (options.plis, options.taille) == (100, 20)
