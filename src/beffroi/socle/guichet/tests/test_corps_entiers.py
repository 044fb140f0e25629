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


def test_un_envoi_lent_ne_retient_pas_la_reponse():
    flux = io.BytesIO(ENVOI)

    assert demander(CorpsEntiers(lambda *_: [b"refus"], attente_s=0), flux) == b"refus"
    assert 0 < len(flux.read()) < len(ENVOI)


class EnvoiArrete(io.BytesIO):
    """La suite n'arrive qu'au signal."""

    def __init__(self):
        super().__init__(ENVOI)
        self.attendu, self.suite = threading.Event(), threading.Event()

    def read(self, *taille):
        self.attendu.set()
        self.suite.wait(30)
        return super().read(*taille)


def test_des_envois_arretes_n_occupent_que_quelques_fils():
    """Et aucun fil ne lit encore le corps d'une demande qui a sa réponse."""
    application = CorpsEntiers(lambda *_: [b"refus"])
    arretes, de_trop = [EnvoiArrete() for _ in range(ENSEMBLE)], EnvoiArrete()
    fils = [threading.Thread(target=demander, args=(application, un)) for un in arretes]
    try:
        for fil, arrete in zip(fils, arretes, strict=True):
            fil.start()
            assert arrete.attendu.wait(30)
        assert demander(application, de_trop) == b"refus"
        assert not de_trop.attendu.is_set()
        assert all(fil.is_alive() for fil in fils)
    finally:
        for arrete in arretes:
            arrete.suite.set()
        for fil in fils:
            fil.join()

    assert [arrete.read() for arrete in arretes] == [b""] * ENSEMBLE


def test_une_personne_partie_ne_fait_pas_de_panne():
    class Coupe(io.BytesIO):
        def read(self, *taille):
            raise OSError("coupé")

    assert demander(CorpsEntiers(lambda *_: [b"refus"]), Coupe()) == b"refus"


def test_sans_corps_rien_ne_se_lit():
    flux = EnvoiArrete()

    assert demander(CorpsEntiers(lambda *_: [b"page"]), flux, CONTENT_LENGTH="") == b"page"
    assert not flux.attendu.is_set()
