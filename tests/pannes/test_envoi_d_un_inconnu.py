"""Un inconnu envoie deux cents mégaoctets à une page ouverte à tous, au vrai serveur.

Aucun octet ne se pose sur le disque ; le refus se dit avant que l'envoi soit fini.
"""

import http.client
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from beffroi.commandes.cli import demo
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


@pytest.mark.parametrize(
    ("taille", "dit"),
    [(200 * MEGA, "trop long pour cette page"), (8 * MEGA, "ne reçoit pas de fichier")],
)
def test_le_refus_se_lit_avant_que_le_fichier_soit_parti(
    plateforme: Plateforme, passage: Path, taille: int, dit: str
) -> None:
    liaison = annoncer(plateforme, "/contact/ecrire/", taille)
    liaison.send(b"\0" * (MEGA // 10))
    reponse = liaison.getresponse()

    assert reponse.status == 413 and dit in lecture.page(reponse.read().decode())
    assert occupee(passage) == 0


def test_la_page_d_un_document_de_deux_gigaoctets_demande_d_abord_qui_l_on_est(
    plateforme: Plateforme, passage: Path
) -> None:
    reference = plateforme.consultation("publiee")["reference"]
    liaison = annoncer(plateforme, f"/consultations/{reference}/suivre/dossier/", 200 * MEGA)
    liaison.send(b"\0" * (MEGA // 10))
    reponse = liaison.getresponse()

    assert reponse.status == 302 and "/compte/connexion/" in reponse.headers["Location"]
    assert occupee(passage) == 0
