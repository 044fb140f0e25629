"""Un fichier de cinq gigaoctets joint à une question : la limite se dit, le texte revient, ni disque ni mémoire ne s'emplissent."""

import http.client
import re
import secrets
from pathlib import Path

import httpx
import pytest

from beffroi.cli import demo
from tests.accords import lecture
from tests.pannes.poste import JETON
from tests.parcours.memoire import pic_mio
from tests.plateforme import Plateforme, une_copie

pytestmark = pytest.mark.lent

GIGA, MEGA = 1_000_000_000, 1_000_000
TEXTE = "Mon texte gardé."
BLOC = b"\0" * (4 * MEGA)
# Ce que l'envoi peut ajouter au serveur et au disque : quelques blocs, et ce que la limite laisse garder.
MEMOIRE_EN_PLUS_MIO, DISQUE_EN_PLUS = 150, 50 * MEGA


def test_cinq_giga_sont_refuses_avec_la_limite_et_le_texte_reste(origine: Plateforme, tmp_path: Path) -> None:
    with une_copie(origine, tmp_path / "donnees") as plateforme:
        entreprise = connecter(plateforme, "sophie")
        page = f"/consultations/{plateforme.consultation('publiee')['reference']}/questions/poser/"
        serveur = demo.lire_les_pids(plateforme.dossier)
        memoire, place = max(map(pic_mio, serveur)), occupee(plateforme.dossier)
        statut, lue = poster(plateforme, entreprise, page, taille=5 * GIGA)
        memoire, place = max(map(pic_mio, serveur)) - memoire, occupee(plateforme.dossier) - place
        reste = connecter(plateforme, "sophie").get("/consultations/").status_code

    assert statut == 422
    assert "Ce fichier fait 5 Go. La limite est de 10 Mo par fichier. Votre texte est gardé." in lue
    assert TEXTE in lue
    assert memoire < MEMOIRE_EN_PLUS_MIO and place < DISQUE_EN_PLUS
    assert reste == 200


def connecter(plateforme: Plateforme, qui: str) -> httpx.Client:
    client = httpx.Client(base_url=plateforme.adresse, follow_redirects=True, timeout=60, trust_env=False)
    compte = plateforme.compte(qui)
    jeton = JETON.search(client.get("/compte/connexion/").text)[1]
    champs = {"login": compte["identifiant"], "password": compte["mot_de_passe"], "csrfmiddlewaretoken": jeton}
    assert client.post("/compte/connexion/", data=champs).status_code == 200
    return client


def poster(plateforme: Plateforme, client: httpx.Client, page: str, *, taille: int) -> tuple[int, str]:
    """Un formulaire dont le fichier n'existe nulle part : ses octets partent à mesure, comptés d'avance."""
    formulaire = client.get(page).text
    cle = re.search(r'name="cle" value="([^"]+)"', formulaire)
    champs = {"csrfmiddlewaretoken": JETON.search(formulaire)[1], "cle": cle[1] if cle else "", "texte": TEXTE}
    borne = secrets.token_hex(16)
    debut = "".join(
        f'--{borne}\r\nContent-Disposition: form-data; name="{nom}"\r\n\r\n{valeur}\r\n'
        for nom, valeur in champs.items()
    )
    debut += f'--{borne}\r\nContent-Disposition: form-data; name="piece_1"; filename="plan.pdf"\r\n\r\n'
    fin = f"\r\n--{borne}--\r\n"
    liaison = http.client.HTTPConnection("127.0.0.1", plateforme.port, timeout=300)
    liaison.putrequest("POST", page)
    liaison.putheader("Content-Type", f"multipart/form-data; boundary={borne}")
    liaison.putheader("Content-Length", str(len(debut) + taille + len(fin)))
    liaison.putheader("Cookie", "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar))
    liaison.endheaders(debut.encode())
    for _ in range(taille // len(BLOC)):
        liaison.send(BLOC)
    liaison.send(fin.encode())
    reponse = liaison.getresponse()
    return reponse.status, lecture.page(reponse.read().decode())


def occupee(dossier: Path) -> int:
    return sum(fichier.stat().st_blocks * 512 for fichier in dossier.rglob("*") if fichier.is_file())
