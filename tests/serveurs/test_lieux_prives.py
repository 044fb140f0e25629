"""Ce que la plateforme écrit chez elle n'est qu'à qui la lance : ses clés y sont."""

from beffroi.seance.coffre.processus import seul
from config import env


def droits(lieu) -> int:
    return lieu.stat().st_mode & 0o777


def test_le_dossier_des_donnees_nait_ferme(tmp_path, monkeypatch):
    monkeypatch.setattr(env, "VARIABLES", {})
    monkeypatch.setenv("BEFFROI_ESSAI_DES_DROITS", str(tmp_path / "donnees"))

    dossier = env.env_dossier("BEFFROI_ESSAI_DES_DROITS", "", "un essai")

    assert droits(dossier) == 0o700


def test_le_verrou_du_coffre_se_ferme_meme_ne_ouvert(tmp_path):
    verrou = tmp_path / "coffre.verrou"
    verrou.touch(mode=0o644)

    with seul(tmp_path):
        assert droits(verrou) == 0o600
