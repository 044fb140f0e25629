"""Quatre-vingts lecteurs au goutte-à-goutte d'un plan public, sans compte, depuis cinq réseaux :
la plateforme sert toujours ses pages, et dit aux autres lecteurs quand revenir.
"""

import hashlib
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from beffroi.faces.portail.fichiers_en_cours import ENSEMBLE, PAR_RESEAU
from tests.plateforme import Plateforme
from tests.serveurs.attente import attendre

PLAN = bytes(range(256)) * 100_000
# Toute la machine s'appelle 127.x.x.x : chaque adresse y est un visiteur d'ailleurs.
RESEAUX = [f"127.0.0.{rang}" for rang in range(2, 7)]
A_LA_FOIS = 16
FENETRE = 4096


@pytest.fixture
def plan(plateforme: Plateforme) -> str:
    """Un document public de vingt-cinq mégaoctets ; rend son adresse."""
    reference = plateforme.consultation("publiee")["reference"]
    ((piece, nom, cle),) = plateforme.lire(
        "SELECT p.reference, p.nom, p.cle_de_stockage FROM consultations_piecedce p"
        " JOIN consultations_consultation c ON c.id = p.consultation_id"
        " WHERE c.reference = ? AND p.retiree_le IS NULL ORDER BY p.id LIMIT 1",
        reference,
    )
    for (garde,) in plateforme.lire(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%piecedce'"
    ):
        plateforme.lire(f'DROP TRIGGER "{garde}"')
    plateforme.lire(
        "UPDATE consultations_piecedce SET taille = ?, sha256 = ? WHERE reference = ?",
        len(PLAN),
        hashlib.sha256(PLAN).hexdigest(),
        piece,
    )
    (plateforme.dossier / "fichiers" / cle).write_bytes(PLAN)
    plateforme.demarrer()
    return f"/consultations/{reference}/documents/{piece}/{nom}"


def demander_sans_lire(plateforme: Plateforme, de: str, adresse: str) -> socket.socket:
    lecteur = socket.socket()
    lecteur.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, FENETRE)
    lecteur.settimeout(60)
    lecteur.bind((de, 0))
    lecteur.connect(("127.0.0.1", plateforme.port))
    adresse = str(httpx.URL(f"{plateforme.adresse}{adresse}").raw_path, "ascii")
    lecteur.sendall(f"GET {adresse} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return lecteur


def lecteurs(plateforme: Plateforme, adresse: str) -> Iterator[socket.socket]:
    for de in RESEAUX:
        for _ in range(A_LA_FOIS):
            yield demander_sans_lire(plateforme, de, adresse)


def test_des_lecteurs_lents_laissent_servir_les_pages(plateforme: Plateforme, plan: str) -> None:
    assert ENSEMBLE < len(RESEAUX) * A_LA_FOIS and A_LA_FOIS <= PAR_RESEAU
    with ExitStack() as pile:
        tous = [pile.enter_context(closing(un)) for un in lecteurs(plateforme, plan)]
        dits = Counter(un.recv(12).decode() for un in tous)
        page = httpx.get(f"{plateforme.adresse}/consultations/", timeout=30)

    assert page.status_code == 200
    assert dits == {"HTTP/1.1 200": ENSEMBLE, "HTTP/1.1 429": len(tous) - ENSEMBLE}
    # Le nœud apprend qu'ils sont partis en leur écrivant : leurs places reviennent.
    attendre(lambda: httpx.get(f"{plateforme.adresse}{plan}", timeout=60).content == PLAN)
