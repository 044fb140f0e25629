"""La démonstration ne se dit prête que si c'est bien elle qui répond."""

import socket
from types import SimpleNamespace

import pytest

from beffroi.cli import demo, processus
from beffroi.cli.erreurs import ErreurDeCommande
from tests.serveurs.postgresql import port_libre


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


@pytest.mark.parametrize("regardee", [True, False])
def test_la_sonde_tourne_dans_la_demonstration_que_l_on_regarde(regardee, tmp_path, monkeypatch):
    lancees = []

    def lancer(commande, *, environnement, sortie):
        lancees.append((commande[0], sortie.name))
        return SimpleNamespace(pid=1000 + len(lancees))

    monkeypatch.setattr(processus, "lancer", lancer)
    monkeypatch.setattr(processus, "attendre_la_reponse", lambda *_, **__: None)
    pids = demo.demarrer(tmp_path, f"http://localhost:{port_libre()}", {}, avec_sonde=regardee)

    sonde = [("sonde", "sonde.log")] if regardee else []
    assert lancees == [("serve", "serveur.log"), ("worker", "ouvrier.log"), *sonde]
    assert demo.lire_les_pids(tmp_path) == pids


def test_sans_port_voulu_un_port_tenu_est_passe(port_tenu, monkeypatch):
    monkeypatch.setattr(demo, "PORT", port_tenu)

    assert demo.choisir_le_port(None) > port_tenu
