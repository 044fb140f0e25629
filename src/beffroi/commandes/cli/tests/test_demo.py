"""La démonstration ne se dit prête que si c'est bien elle qui répond."""

import os
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from beffroi.commandes.cli import demo, ports_tenus, processus
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from tests.serveurs.postgresql import port_libre


@pytest.fixture(
    params=[(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")], ids=["IPv4", "IPv6"]
)
def port_tenu(request):
    famille, hote = request.param
    with socket.socket(famille) as prise:
        prise.bind((hote, 0))
        prise.listen()
        yield prise.getsockname()[1]


def test_un_port_qu_un_autre_serveur_tient_se_refuse_et_dit_quoi_faire(port_tenu):
    with pytest.raises(
        ErreurDeCommande,
        match=f"un autre serveur tient le port {port_tenu}.*--port {port_tenu + 1}",
    ):
        demo.tenir_le_port(port_tenu)


def test_un_port_pris_pendant_la_mise_en_scene_arrete_la_demonstration_avant_son_serveur(
    port_tenu, tmp_path
):
    with pytest.raises(ErreurDeCommande, match="un autre serveur tient le port"):
        demo.demarrer(tmp_path, f"http://localhost:{port_tenu}", {})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("regardee", [True, False])
def test_la_sonde_tourne_dans_la_demonstration_que_l_on_regarde(regardee, tmp_path, monkeypatch):
    lancees = []

    def lancer(commande, *, environnement, sortie, confies=()):
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

    tenu = demo.tenir_le_port(None)

    assert tenu.numero > port_tenu
    tenu.rendre()


def test_deux_demonstrations_lancees_ensemble_sur_des_ports_voisins_n_en_partagent_aucun(
    monkeypatch,
):
    monkeypatch.setattr(demo, "PORT", port_libre())
    tenus = []
    for _ in range(2):
        tenus.append(demo.tenir_le_port(None))
        tenus += demo.tenir_les_voisins(tenus[-1].numero, essai=True, ecole=True).values()

    assert len({tenu.numero for tenu in tenus}) == 6
    with pytest.raises(ErreurDeCommande, match=f"un autre serveur tient le port {tenus[1].numero}"):
        demo.tenir_le_port(tenus[1].numero)
    for tenu in tenus:
        tenu.rendre()


def test_un_port_confie_au_serveur_reste_tenu_tant_qu_il_vit_et_se_rend_quand_on_le_tue():
    tenu = ports_tenus.tenir(port_libre())
    with subprocess.Popen(["sleep", "60"], pass_fds=[tenu.verrou]) as serveur:
        tenu.rendre()
        assert ports_tenus.tenir(tenu.numero) is None
        serveur.kill()
    repris = ports_tenus.tenir(tenu.numero)

    assert repris.numero == tenu.numero
    repris.rendre()


@pytest.mark.parametrize(
    "poser", [lambda verrou: verrou.symlink_to("/etc/passwd"), os.mkfifo, Path.mkdir]
)
def test_un_verrou_qui_n_en_est_pas_un_ne_bloque_ni_n_arrete_la_demonstration(
    poser, tmp_path, monkeypatch
):
    monkeypatch.setattr(ports_tenus, "DOSSIER", tmp_path)
    voulu = port_libre()
    poser(tmp_path / f"beffroi-port-{voulu}")

    tenu = ports_tenus.tenir_le_premier(range(voulu, voulu + demo.PORTS_ESSAYES))

    assert tenu is not None
    tenu.rendre()


def test_le_verrou_d_une_personne_discrete_s_ouvre_encore_a_une_autre(tmp_path, monkeypatch):
    monkeypatch.setattr(ports_tenus, "DOSSIER", tmp_path)
    avant = os.umask(0o077)
    try:
        ports_tenus.tenir(port_libre()).rendre()
    finally:
        os.umask(avant)

    assert [verrou.stat().st_mode & 0o777 for verrou in tmp_path.iterdir()] == [0o644]


def test_la_demonstration_confie_ses_ports_a_son_serveur(tmp_path, monkeypatch):
    recus = []
    monkeypatch.setattr(
        processus,
        "lancer",
        lambda *_, confies=(), **__: recus.append(list(confies)) or SimpleNamespace(pid=1000),
    )
    monkeypatch.setattr(processus, "attendre_la_reponse", lambda *_, **__: None)
    tenu = ports_tenus.tenir(port_libre())
    demo.demarrer(tmp_path, f"http://localhost:{tenu.numero}", {}, tenus=[tenu])

    assert recus == [[tenu.verrou], []]
    rendu = ports_tenus.tenir(tenu.numero)
    assert rendu
    rendu.rendre()
