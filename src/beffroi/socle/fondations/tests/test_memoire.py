"""Ce qu'une affluence a pris est rendu, même quand plus rien ne se passe ensuite."""

import gc
import weakref

import pytest

from beffroi.socle.fondations import memoire


class Tenue:
    """Deux connexions qui se tiennent l'une l'autre, comme celles qu'un fil laisse en partant."""

    autre: "Tenue"


@pytest.fixture
def sans_ramassage_de_soi_meme():
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def laissee():
    """Une chose que seule son autre tient encore."""
    une, autre = Tenue(), Tenue()
    une.autre, autre.autre = autre, une
    return weakref.ref(une)


def test_ce_qui_ne_se_tient_plus_que_soi_meme_est_rendu(sans_ramassage_de_soi_meme, laissee):
    assert laissee() is not None

    memoire.rendre()

    assert laissee() is None


def test_un_serveur_au_repos_rend_de_lui_meme(sans_ramassage_de_soi_meme, laissee, monkeypatch):
    rendu = memoire.threading.Event()
    ramasser = memoire.rendre
    monkeypatch.setattr(memoire, "rendre", lambda: (ramasser(), rendu.set()))

    fini = memoire.rendre_en_servant(periode_s=0.001)

    assert rendu.wait(10) and laissee() is None
    fini.set()


def test_une_autre_bibliotheque_c_se_passe_de_tout_cela(monkeypatch):
    monkeypatch.setattr(memoire.ctypes, "CDLL", lambda _nom: object())

    memoire.partager_les_tas()
    memoire.rendre()
