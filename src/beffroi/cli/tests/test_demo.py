"""La démonstration ne se dit prête que si c'est bien elle qui répond."""

import socket

import pytest

from beffroi.cli import demo
from beffroi.cli.erreurs import ErreurDeCommande


@pytest.fixture(params=[(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")], ids=["IPv4", "IPv6"])
def port_tenu(request):
    famille, hote = request.param
    with socket.socket(famille) as prise:
        prise.bind((hote, 0))
        prise.listen()
        yield prise.getsockname()[1]


def test_un_port_qu_un_autre_serveur_tient_se_refuse_et_dit_quoi_faire(port_tenu):
    with pytest.raises(ErreurDeCommande, match=f"un autre serveur tient le port {port_tenu}.*--port {port_tenu + 1}"):
        demo.choisir_le_port(port_tenu)


def test_un_port_pris_pendant_la_mise_en_scene_arrete_la_demonstration_avant_son_serveur(port_tenu, tmp_path):
    with pytest.raises(ErreurDeCommande, match="un autre serveur tient le port"):
        demo.demarrer(tmp_path, f"http://localhost:{port_tenu}", {})

    assert list(tmp_path.iterdir()) == []


def test_sans_port_voulu_un_port_tenu_est_passe(port_tenu, monkeypatch):
    monkeypatch.setattr(demo, "PORT", port_tenu)

    assert demo.choisir_le_port(None) > port_tenu
