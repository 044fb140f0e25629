"""Un envoi se lit jusqu'au bout, que sa réponse en dépende ou non."""

import io
import threading

import pytest

from beffroi.socle.guichet.corps_entiers import ENSEMBLE, SANS_ATTENDRE, CorpsEntiers

ENVOI = b"a\nb\n" * 50_000


def demander(application, flux, **entetes):
    entetes = {"CONTENT_LENGTH": str(len(ENVOI)), **entetes}
    return b"".join(application({"wsgi.input": flux, **entetes}, lambda *_: None))


@pytest.mark.parametrize(
    "lire",
    [
        lambda corps: None,
        lambda corps: corps.read(10),
        lambda corps: corps.readline(),
        lambda corps: corps.readlines(9),
        next,
        lambda corps: [*corps],
        lambda corps: corps.read(),
    ],
)
def test_quoi_que_l_application_en_ait_lu_rien_n_en_reste(lire):
    def application(environ, repondre):
        lire(environ["wsgi.input"])
        return [b"refus"]

    flux = io.BytesIO(ENVOI)

    assert demander(CorpsEntiers(application), flux) == b"refus"
    assert flux.read() == b""


def test_une_vue_peut_demander_que_sa_reponse_parte_aussitot():
    def application(environ, repondre):
        environ[SANS_ATTENDRE] = True
        return [b"vu"]

    flux = io.BytesIO(ENVOI)

    assert demander(CorpsEntiers(application), flux) == b"vu"
    assert flux.read() == ENVOI


class EnvoiQuiTraine(io.BytesIO):
    """La suite n'arrive qu'au signal."""

    def __init__(self):
        super().__init__(ENVOI)
        self.suite, self.lectures = threading.Event(), 0

    def read(self, *taille):
        self.lectures += 1
        self.suite.wait(30)
        return super().read(*taille)


def test_un_envoi_qui_traine_ne_retient_pas_la_reponse_et_n_occupe_que_quelques_fils():
    application = CorpsEntiers(lambda *_: [b"refus"], attente_s=0.01)
    envois = [EnvoiQuiTraine() for _ in range(ENSEMBLE + 3)]
    try:
        assert {demander(application, envoi) for envoi in envois} == {b"refus"}
        assert sum(envoi.lectures for envoi in envois) == ENSEMBLE
    finally:
        for envoi in envois:
            envoi.suite.set()


def test_une_personne_partie_ne_fait_pas_de_panne():
    class Coupe(io.BytesIO):
        def read(self, *taille):
            raise OSError("coupé")

    assert demander(CorpsEntiers(lambda *_: [b"refus"]), Coupe()) == b"refus"


def test_sans_corps_rien_ne_se_lit():
    flux = EnvoiQuiTraine()

    assert demander(CorpsEntiers(lambda *_: [b"page"]), flux, CONTENT_LENGTH="") == b"page"
    assert flux.lectures == 0
