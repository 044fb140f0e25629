"""Une commande née de la souche est la commande d'un processus neuf."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.arbre import RACINE
from tests.serveurs import souche
from tests.serveurs.souche import ICI, beffroi

CE_PROGRAMME = "tests.serveurs.test_souche"


def principal(_: list[str]) -> int:
    """Tout ce que cette commande sait de son environnement."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.cache import caches
    from django.db import connection
    from django.template import engines
    from django.urls import get_resolver

    dit = {nom: repr(getattr(settings, nom)) for nom in dir(settings) if nom.isupper()} | {
        "adresses": len(get_resolver().reverse_dict),
        "base": repr(connection.get_connection_params()),
        "cache": type(caches["default"]).__name__,
        "statiques": str(staticfiles_storage.location),
        "gabarits": repr((engines.all()[0].dirs, engines.all()[0].engine.debug)),
        "environnement": dict(os.environ),
        "session": os.getsid(0) == os.getpid(),
        "lancé par": sys.orig_argv[1:],
    }
    sys.stdout.write(json.dumps(dit))
    return 0


@pytest.fixture
def environnement(tmp_path: Path) -> dict[str, str]:
    return {
        "BEFFROI_DONNEES": str(tmp_path),
        "BEFFROI_ADRESSE": "http://localhost:9999",
        "BEFFROI_DEMONSTRATION": "oui",
        "BEFFROI_HORLOGES": "https://heure.example",
    }


def dite(**environnement: str) -> dict[str, object]:
    return json.loads(beffroi(programme=CE_PROGRAMME, **environnement).stdout)


def test_elle_lit_les_reglages_qu_un_processus_neuf_lirait(environnement: dict[str, str]) -> None:
    neuf = subprocess.run(
        [sys.executable, "-m", CE_PROGRAMME],
        cwd=RACINE,
        env={**os.environ, **ICI, **environnement},
        capture_output=True,
        start_new_session=True,
        check=True,
    )
    attendue, lue = json.loads(neuf.stdout), dite(**environnement)

    assert attendue.pop("lancé par") != lue.pop("lancé par")
    assert lue == attendue


def test_deux_commandes_ne_partagent_aucun_reglage(environnement: dict[str, str]) -> None:
    une, autre = dite(**environnement), dite(BEFFROI_DONNEES=environnement["BEFFROI_DONNEES"])

    assert (une["DEMONSTRATION"], autre["DEMONSTRATION"]) == ("True", "False")


def test_ce_qui_se_decide_en_chargeant_demande_un_processus_neuf(
    environnement: dict[str, str],
) -> None:
    assert dite(**environnement)["lancé par"] == dite()["lancé par"]
    assert dite(**environnement, BEFFROI_ESPACE="essai")["lancé par"] != dite()["lancé par"]


def test_une_commande_tuee_le_dit(environnement: dict[str, str], tmp_path: Path) -> None:
    commande = souche.lancer(
        ["worker"], environnement={**ICI, **environnement}, sortie=tmp_path / "sortie"
    )
    assert commande.poll() is None
    os.kill(commande.pid, signal.SIGKILL)

    assert commande.wait(30) == -signal.SIGKILL


def test_une_commande_refusee_rend_son_code_et_sa_phrase() -> None:
    fait = beffroi("inconnue")

    assert (fait.returncode, fait.stdout) == (1, "")
    assert "« inconnue » n'est pas une commande" in fait.stderr


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
