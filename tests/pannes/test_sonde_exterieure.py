"""Le script que la documentation donne à une sonde d'ailleurs,
joué tel qu'elle le donne, contre un vrai serveur.
"""

import json
import os
import re
import shutil
import subprocess
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.architecture.arbre import RACINE

PAGE = RACINE / "docs" / "exploitants" / "sonde.md"
OUTILS = ("curl", "awk", "sed", "paste")
JETON, SONDES = "j" * 40, f"lille={'j' * 40}"
# L'heure de la sonde : `HEURE` la recule ; « il y a sept jours » reste juste.
DATE = """#!/bin/sh
case "$*" in *ago*) exec {vraie} "$@" ;; *) exec {vraie} -d "${{HEURE:-now}}" "$@" ;; esac
"""


@pytest.fixture
def sonde(tmp_path):
    """Joue le script une fois, à l'heure dite ; seules ses trois valeurs à régler changent."""
    manquent = [outil for outil in OUTILS if shutil.which(outil) is None]
    if manquent:
        pytest.skip(
            f"sans {', '.join(manquent)}, le script de la sonde extérieure n'a pas été joué"
        )
    (script,) = re.findall(r"```sh\n(#!/bin/sh\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "outils").mkdir()
    date = tmp_path / "outils" / "date"
    date.write_text(DATE.format(vraie=shutil.which("date")), "utf-8")
    date.chmod(0o755)
    (tmp_path / "sonde").mkdir()

    def jouer(adresse, *, jeton=JETON, heure="now"):
        (tmp_path / "jeton").write_text(f"{jeton}\n", "utf-8")
        regle = script.replace("https://marches.exemple.fr", adresse)
        regle = regle.replace("/var/lib/sonde", str(tmp_path / "sonde")).replace(
            "/etc/sonde", str(tmp_path)
        )
        (tmp_path / "sonde.sh").write_text(regle, "utf-8")
        environnement = {"PATH": f"{date.parent}{os.pathsep}{os.environ['PATH']}", "HEURE": heure}
        fait = subprocess.run(
            ["sh", tmp_path / "sonde.sh"], env=environnement, capture_output=True, text=True
        )
        assert fait.stderr == ""
        return fait.returncode

    jouer.attente = tmp_path / "sonde" / "attente"
    return jouer


def en_attente(sonde):
    return [json.loads(ligne) for ligne in sonde.attente.read_text("utf-8").splitlines()]


def notees(plateforme):
    return plateforme.lire(
        "SELECT source, reussie, statut_http, "
        "phrase FROM sonde_mesureexterieure WHERE source = 'lille' ORDER BY le"
    )


@contextmanager
def un_serveur(repondre):
    """Un serveur qui n'est pas la plateforme :
    il répond ce qu'on lui dit, et garde ce qu'il reçoit.
    """

    class Guichet(BaseHTTPRequestHandler):
        def do_GET(self):
            repondre(self)

        def do_POST(self):
            recus.append(
                json.loads(self.rfile.read(int(self.headers["Content-Length"])))["mesures"]
            )
            repondre(self)

        def log_message(self, *_):
            """Rien à dire."""

    recus = []
    with HTTPServer(("127.0.0.1", 0), Guichet) as serveur:
        threading.Thread(target=serveur.serve_forever, args=[0.02], daemon=True).start()
        yield f"http://127.0.0.1:{serveur.server_port}", recus
        serveur.shutdown()


def statut(code, **entetes):
    def repondre(guichet):
        guichet.send_response(code)
        for nom, valeur in {"Content-Length": "0", **entetes}.items():
            guichet.send_header(nom.replace("_", "-"), valeur)
        guichet.end_headers()

    return repondre


def test_elle_remet_sa_mesure_et_dit_la_panne_une_fois_le_serveur_revenu(plateforme, sonde):
    plateforme.demarrer(BEFFROI_SONDES_EXTERIEURES=SONDES)
    assert sonde(plateforme.adresse, heure="4 minutes ago") == 0
    assert (notees(plateforme), en_attente(sonde)) == ([("lille", 1, 200, "")], [])

    plateforme.tuer()
    assert sonde(plateforme.adresse, heure="3 minutes ago") == 1
    assert [(une["reussie"], une["phrase"]) for une in en_attente(sonde)] == [(False, "curl 7")]
    plateforme.demarrer(BEFFROI_SONDES_EXTERIEURES=SONDES)

    assert sonde(plateforme.adresse, jeton="x" * 40, heure="2 minutes ago") == 1
    assert (len(notees(plateforme)), len(en_attente(sonde))) == (1, 2)
    assert sonde(plateforme.adresse) == 0
    la_panne = ("lille", 0, None, "curl 7")
    assert notees(plateforme) == [("lille", 1, 200, ""), la_panne, *[("lille", 1, 200, "")] * 2]
    assert en_attente(sonde) == []


@pytest.mark.parametrize(
    ("repondre", "dite"),
    [
        (statut(200), (True, 200, "")),
        (statut(503), (False, 503, "")),
        (statut(301, Location="/"), (False, 301, "")),
        (statut(200, Content_Length="900"), (False, 200, "curl 18")),
    ],
)
def test_une_page_qui_ne_vient_pas_entiere_n_est_pas_une_reussite(sonde, repondre, dite):
    """Et seul un 201 dit que les mesures sont prises : une redirection ne les fait pas oublier."""
    with un_serveur(repondre) as (adresse, recus):
        assert sonde(adresse) == 1

    (une,) = en_attente(sonde)
    assert (une["reussie"], une["statut_http"], une["phrase"]) == dite
    assert recus == [[une]]


def test_une_ligne_abimee_ou_trop_vieille_ne_retient_pas_les_suivantes(sonde):
    vieille, recente = (datetime.now(UTC) - timedelta(days=jours) for jours in (7, 6))
    lignes = [
        json.dumps({"le": f"{le:%Y-%m-%dT%H:%M:00Z}"}, separators=(",", ":"))
        for le in (vieille, recente)
    ]
    sonde.attente.write_text("\n".join([*lignes, '{"le":"2026-']), "utf-8")

    with un_serveur(statut(201)) as (adresse, recus):
        assert sonde(adresse) == 0
    assert (recus[0][0], len(recus[0]), en_attente(sonde)) == (json.loads(lignes[1]), 2, [])


def test_deux_cents_mesures_au_plus_partent_a_la_fois(sonde):
    le = datetime.now(UTC) - timedelta(hours=5)
    sonde.attente.write_text(
        "".join(
            f'{{"le":"{le + timedelta(minutes=rang):%Y-%m-%dT%H:%M:00Z}"}}\n' for rang in range(250)
        ),
        "utf-8",
    )
    with un_serveur(statut(201)) as (adresse, recus):
        assert (sonde(adresse), len(en_attente(sonde)), sonde(adresse)) == (0, 51, 0)
    assert [len(lot) for lot in recus] == [200, 52]
