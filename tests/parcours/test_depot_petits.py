"""Des milliers de petits fichiers d'une seule réponse,
au navigateur et en ligne de commande, jusqu'au récépissé vérifié.

`BEFFROI_PETITS_FICHIERS=10000` joue la plus grosse réponse annoncée : plusieurs minutes par chemin.
La série ordinaire en joue deux cents, par les mêmes appels.
"""

import hashlib
import json
import os
import random
import time

import httpx
import pytest

from tests.parcours.memoire import pic_mio
from tests.parcours.test_depot_gros import deposer, devant_les_pieces, envoyer, ouvrir
from tests.serveurs.souche import beffroi

NOMBRE = int(os.environ.get("BEFFROI_PETITS_FICHIERS", "200"))
DELAI_S = 120 + NOMBRE / 4


@pytest.fixture
def petits(tmp_path):
    """De petits fichiers tous différents, de un à trois mille octets."""
    dossier, hasard = tmp_path / "petits", random.Random(2026)
    dossier.mkdir()
    chemins = [dossier / f"plan d'étage n° {rang}.txt" for rang in range(NOMBRE)]
    for rang, chemin in enumerate(chemins):
        chemin.write_bytes(f"plan {rang} ".encode() + hasard.randbytes(rang % 3000))
    return chemins


def serveur(plateforme) -> int:
    return int((plateforme.dossier / "demo.pids").read_text("ascii").split()[0])


def test_au_navigateur(onglet, plateforme, petits, dire):
    devant_les_pieces(onglet, "offre/")
    duree = envoyer(onglet, petits, DELAI_S)
    debut = time.monotonic()
    recepisse = deposer(onglet)

    dire(f"navigateur, {NOMBRE} fichiers : envoi {duree:.0f} s, {NOMBRE / duree:.0f} par seconde")
    dire(
        f"dépôt {time.monotonic() - debut:.1f} s ; "
        f"serveur {pic_mio(serveur(plateforme))} Mio au plus"
    )
    attendus = {
        ("offre", chemin.name): hashlib.sha256(chemin.read_bytes()).hexdigest() for chemin in petits
    }
    assert ouvrir(plateforme, recepisse) == attendus


def test_en_ligne_de_commande(plateforme, petits, tmp_path, dire):
    """Le récépissé se vérifie hors ligne, et chaque fichier contre lui."""
    recu, consultation = tmp_path / "recu.zip", plateforme.consultation("publiee")["reference"]
    acces = ["--url", plateforme.adresse, "--jeton", plateforme.compte("zoe")["jeton_api"]]
    debut = time.monotonic()
    fait = beffroi(
        "deposer",
        *acces,
        "--consultation",
        consultation,
        "--offre",
        *map(str, petits),
        "--recu",
        str(recu),
        delai_s=DELAI_S,
        XDG_CACHE_HOME=str(tmp_path),
    )
    duree = time.monotonic() - debut
    assert fait.returncode == 0, fait.stderr

    connue = tmp_path / "cles.json"
    connue.write_bytes(httpx.get(f"{plateforme.adresse}/journal/cles.json").content)
    sous = ("--confiance", str(connue), "--fichiers", *map(str, petits))
    verifie = beffroi("verifier", str(recu), *sous, delai_s=DELAI_S)
    dire(
        f"ligne de commande, {NOMBRE} fichiers, scellement compris : {duree:.0f} s, "
        f"{NOMBRE / duree:.0f} par seconde"
    )
    dire(f"serveur {pic_mio(serveur(plateforme))} Mio au plus")
    assert verifie.returncode == 0, verifie.stdout[-2000:]
    assert verifie.stdout.count("plan d'étage") >= NOMBRE, json.dumps(verifie.stdout[:2000])
