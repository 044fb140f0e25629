"""La clé du service et celles d'avant, telles que les réglages les lisent."""

from datetime import date, timedelta

import pytest

from beffroi.socle.fondations.cles_du_service import CleDAvant, ranger
from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.fondations.reglages import ReglageIllisible
from config.cle_secrete import cle_secrete


@pytest.fixture(autouse=True)
def _sans_la_variable(monkeypatch):
    for nom in ("BEFFROI_CLE_SECRETE", "BEFFROI_CLE_SECRETE_FICHIER"):
        monkeypatch.delenv(nom, raising=False)


def aujourd_hui() -> date:
    return heure_reelle().date()


def test_une_cle_d_avant_vaut_jusqu_au_dernier_jour_puis_ne_fait_que_lire(tmp_path):
    for cle, jours in (("hier", -1), ("ce jour", 0), ("demain", 1)):
        ranger(tmp_path / "cles", CleDAvant(cle, aujourd_hui() + timedelta(days=jours)))

    lue = cle_secrete(tmp_path)

    assert lue.reconnues == ["demain", "ce jour"]
    assert lue.reglages["precedentes"] == ["demain", "ce jour", "hier"]
    assert lue.presente == (tmp_path / "cles" / "django.txt").read_text()


def test_le_dernier_jour_dit_l_emporte(tmp_path):
    for jours in (90, -1):
        ranger(tmp_path / "cles", CleDAvant("volee", aujourd_hui() + timedelta(days=jours)))

    assert cle_secrete(tmp_path).reconnues == []


def test_donnee_par_un_fichier_il_se_dit(tmp_path, monkeypatch):
    (tmp_path / "cle").write_text("d'un coffre à secrets\n")
    monkeypatch.setenv("BEFFROI_CLE_SECRETE_FICHIER", str(tmp_path / "cle"))

    lue = cle_secrete(tmp_path)

    assert lue.presente == "d'un coffre à secrets"
    assert lue.reglages["fichier"] == tmp_path / "cle"
    assert not (tmp_path / "cles" / "django.txt").exists()


def test_au_clair_elle_n_a_pas_de_fichier(tmp_path, monkeypatch):
    monkeypatch.setenv("BEFFROI_CLE_SECRETE", "au clair")

    assert cle_secrete(tmp_path).reglages["fichier"] is None


def test_une_cle_d_avant_qui_ne_se_lit_pas_se_dit(tmp_path):
    (tmp_path / "cles" / "django-precedentes" / "2027-03-02.txt").mkdir(parents=True)

    with pytest.raises(ReglageIllisible, match="rendez-le au compte du service"):
        cle_secrete(tmp_path)


def test_un_nom_sans_date_se_dit(tmp_path):
    (tmp_path / "cles" / "django-precedentes").mkdir(parents=True)
    (tmp_path / "cles" / "django-precedentes" / "vieille.txt").write_text("x")

    with pytest.raises(ReglageIllisible, match="le dernier jour où cette clé vaut"):
        cle_secrete(tmp_path)
