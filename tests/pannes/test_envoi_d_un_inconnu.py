"""Un inconnu envoie deux cents mégaoctets à une page ouverte à tous, au vrai serveur.

Aucun octet ne se pose sur le disque ; le refus se dit avant que l'envoi soit fini.
"""

import http.client
import select
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from beffroi.commandes.cli import demo
from beffroi.socle.guichet.corps_entiers import ATTENTE_S, BLOC, ENSEMBLE
from tests.accords import lecture
from tests.pannes.test_envoi_de_cinq_giga import MEMOIRE_EN_PLUS_MIO, occupee
from tests.parcours.memoire import pic_mio
from tests.plateforme import Plateforme

MEGA = 1_000_000
BORNE = "une-borne-que-rien-ne-contient"
DEBUT = (
    f'--{BORNE}\r\nContent-Disposition: form-data; name="texte"\r\n\r\nBonjour\r\n'
    f'--{BORNE}\r\nContent-Disposition: form-data; name="f"; filename="plan.pdf"\r\n\r\n'
).encode()


@pytest.fixture
def passage(tmp_path: Path) -> Path:
    """Le dossier où le serveur pose ce qu'il reçoit."""
    dossier = tmp_path / "passage"
    dossier.mkdir()
    return dossier


@pytest.fixture
def plateforme(origine: Plateforme, tmp_path: Path, passage: Path) -> Iterator[Plateforme]:
    copie = origine.copie(tmp_path / "donnees")
    copie.demarrer(TMPDIR=str(passage))
    yield copie
    copie.arreter()


def annoncer(plateforme: Plateforme, page: str, taille: int) -> http.client.HTTPConnection:
    """Les en-têtes, les champs, et le nom du fichier : pas encore ses octets."""
    liaison = http.client.HTTPConnection("127.0.0.1", plateforme.port, timeout=60)
    liaison.putrequest("POST", page)
    liaison.putheader("Content-Type", f"multipart/form-data; boundary={BORNE}")
    liaison.putheader("Content-Length", str(len(DEBUT) + taille))
    liaison.endheaders(DEBUT)
    return liaison


def test_deux_cents_megaoctets_d_un_inconnu_ne_laissent_rien_sur_le_disque(
    plateforme: Plateforme, passage: Path
) -> None:
    serveur = demo.lire_les_pids(plateforme.dossier)
    memoire, avant = max(map(pic_mio, serveur)), occupee(passage, plateforme.dossier)
    liaison, places, envoyes = annoncer(plateforme, "/contact/ecrire/", 200 * MEGA), [], 0
    with suppress(ConnectionError):
        for _ in range(200):
            liaison.send(b"\0" * MEGA)
            envoyes += 1
            places.append(occupee(passage, plateforme.dossier) - avant)

    assert max(places, default=0) < MEGA, f"{envoyes} Mo envoyés"
    assert max(map(pic_mio, serveur)) - memoire < MEMOIRE_EN_PLUS_MIO


def test_le_refus_se_lit_avant_que_le_fichier_soit_parti(
    plateforme: Plateforme, passage: Path
) -> None:
    """Un envoi lent retient son refus vingt secondes au plus : ceux-ci vont ensemble."""
    reference = plateforme.consultation("publiee")["reference"]
    envois = [
        annoncer(plateforme, page, taille)
        for page, taille in (
            ("/contact/ecrire/", 200 * MEGA),
            ("/contact/ecrire/", 8 * MEGA),
            (f"/consultations/{reference}/suivre/dossier/", 200 * MEGA),
        )
    ]

    trop_long, sans_fichier, agents = reponses_pendant_l_envoi(envois)

    assert trop_long.status == 413 and "trop long pour cette page" in page_de(trop_long)
    assert sans_fichier.status == 413 and "ne reçoit pas de fichier" in page_de(sans_fichier)
    # La page d'un document de deux gigaoctets demande d'abord qui l'on est.
    assert agents.status == 302 and "/compte/connexion/" in agents.headers["Location"]
    assert occupee(passage) == 0


def test_des_envois_arretes_ne_gelent_pas_le_noeud(plateforme: Plateforme) -> None:
    """Plus que le nœud n'en lit jusqu'au bout, et plus longtemps qu'il n'attend un envoi lent."""
    envois = [annoncer(plateforme, "/contact/ecrire/", 200 * MEGA) for _ in range(ENSEMBLE + 2)]
    fin = time.monotonic() + ATTENTE_S + 2
    while time.monotonic() < fin:
        page = httpx.get(f"{plateforme.adresse}/consultations/", timeout=30)
        assert page.status_code == 200
        time.sleep(0.5)

    for envoi in envois:
        envoi.close()


def reponses_pendant_l_envoi(
    envois: list[http.client.HTTPConnection],
) -> list[http.client.HTTPResponse]:
    """Un bloc à chacun, encore et encore, jusqu'à ce que sa réponse soit là."""
    reponses: dict[int, http.client.HTTPResponse] = {}
    while len(reponses) < len(envois):
        for rang, envoi in enumerate(envois):
            if rang in reponses:
                continue
            if select.select([envoi.sock], [], [], 0.05)[0]:
                reponses[rang] = envoi.getresponse()
            else:
                envoi.send(b"\0" * BLOC)
    return [reponses[rang] for rang in range(len(envois))]


def page_de(reponse: http.client.HTTPResponse) -> str:
    return lecture.page(reponse.read().decode())
