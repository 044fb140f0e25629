"""Un enfant de la pépinière vit comme le processus neuf qu'il remplace."""

import json
import os
import resource
import subprocess
import sys
import time

import pytest

from formats.lecture.enclos import couper_du_monde, lancer, limiter
from tests.serveurs.pepiniere import PEPINIERE

LIMITES = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE")


def enfant():
    """Ce que ces essais font jouer aux deux : dire ce qu'il reçoit, ce qu'il peut, ou tomber."""
    limiter()
    couper_du_monde()
    {"dit": dire, "tombe": tomber, "s'attarde": lambda: time.sleep(30)}[sys.argv[1]]()


def dire():
    recu = {
        "entree": len(sys.stdin.buffer.read()),
        "arguments": sys.argv[1:],
        "secret": os.environ.get("BEFFROI_BASE_DE_DONNEES"),
        "legs": os.environ["LEGS"],
        "limites": [resource.getrlimit(getattr(resource, limite)) for limite in LIMITES],
        "interdits": [refus_de(geste) for geste in (ecrire, appeler)],
    }
    sys.stdout.buffer.write(json.dumps(recu).encode())


def refus_de(geste):
    try:
        geste()
    except PermissionError as refus:
        return str(refus)
    return "permis"


def ecrire():
    open("/tmp/beffroi-interdit", "w").close()


def appeler():
    subprocess.run(["/bin/true"], check=True)


def tomber():
    os.kill(os.getpid(), 24)


def envoyer(geste, *, attente=20):
    return lancer(__name__, b"x" * 300_000, geste, attente=attente, heritage={"LEGS": "un chemin"})


@pytest.fixture(params=["neuf", "pépinière"])
def qui(request, monkeypatch):
    deux = {"neuf": subprocess, "pépinière": PEPINIERE}
    monkeypatch.setattr("formats.lecture.enclos.subprocess", deux[request.param])


def test_il_recoit_ce_qu_on_lui_donne_et_rien_d_autre_ne_lui_est_permis(qui, monkeypatch):
    monkeypatch.setenv("BEFFROI_BASE_DE_DONNEES", "un secret")
    recu = json.loads(envoyer("dit").stdout)

    assert (recu["entree"], recu["arguments"]) == (300_000, ["dit"])
    assert (recu["secret"], recu["legs"]) == (None, "un chemin")
    assert [dur for _, dur in recu["limites"]][2:] == [0, 0]
    assert all(0 <= dure < 1 << 40 for _, dure in recu["limites"])
    assert all(refus.startswith("interdit dans l'enclos") for refus in recu["interdits"])


def test_ce_qui_le_fait_tomber_se_lit_dans_son_code(qui):
    assert envoyer("tombe").returncode == -24


def test_celui_qui_s_attarde_est_arrete(qui):
    with pytest.raises(subprocess.TimeoutExpired):
        envoyer("s'attarde", attente=1)
