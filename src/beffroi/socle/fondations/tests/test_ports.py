"""Un port s'appelle comme une fonction ; c'est un autre contexte qui répond."""

import pytest

from beffroi.socle.fondations.ports import Service, port


@port("essai.Salut")
def saluer(nom: str, *, fort: bool = False) -> str:
    """Salue."""


def poliment(nom, *, fort):
    return f"Bonjour {nom}{' !' if fort else ''}"


@pytest.fixture(autouse=True)
def branche(settings):
    settings.ADAPTATEURS = {"essai.Salut": f"{__name__}.poliment"}


def test_un_port_repond_par_ce_qui_y_est_branche():
    assert saluer("Hélène", fort=True) == "Bonjour Hélène !"


def test_ce_que_le_port_sous_entend_est_dit_a_qui_repond():
    assert saluer("Hélène") == "Bonjour Hélène"


def test_un_appel_que_le_port_ne_prevoit_pas_est_refuse():
    with pytest.raises(TypeError):
        saluer("Hélène", bas=True)


def test_un_service_se_rend_entier():
    assert Service("essai.Salut")() is poliment
