"""Un fichier de cinq gigaoctets joint à une question :
la limite se dit, le texte revient, rien ne s'emplit.
"""

import http.client
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from beffroi.commandes.cli import demo
from tests.accords import lecture
from tests.pannes.poste import JETON
from tests.parcours.memoire import pic_mio
from tests.plateforme import Plateforme

GIGA, MEGA = 1_000_000_000, 1_000_000
TEXTE = "Mon texte gardé."
BLOC = b"\0" * (4 * MEGA)
TOUS_LES_BLOCS = 50
# Ce que l'envoi peut ajouter au serveur et au disque :
# quelques blocs, et ce que la limite laisse garder.
MEMOIRE_EN_PLUS_MIO, DISQUE_EN_PLUS = 150, 50 * MEGA


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


# Chaque jour, un envoi trop gros se refuse par ses bornes ; ici, cinq vrais gigaoctets.
@pytest.mark.long
def test_cinq_giga_sont_refuses_avec_la_limite_et_le_texte_reste(
    plateforme: Plateforme, passage: Path
) -> None:
    entreprise = connecter(plateforme, "sophie")
    page = f"/consultations/{plateforme.consultation('publiee')['reference']}/questions/poser/"
    serveur = demo.lire_les_pids(plateforme.dossier)
    memoire, places = max(map(pic_mio, serveur)), []

    envoi = Envoi(
        plateforme,
        entreprise,
        page,
        noter=lambda: places.append(occupee(passage, plateforme.dossier)),
    )
    statut, lue = envoi.poster(5 * GIGA)

    assert statut == 422
    assert "Ce fichier fait 5 Go. La limite est de 10 Mo par fichier. Votre texte est gardé." in lue
    assert TEXTE in lue
    assert max(map(pic_mio, serveur)) - memoire < MEMOIRE_EN_PLUS_MIO
    assert 0 < max(places) - places[0] < DISQUE_EN_PLUS
    assert entreprise.get("/consultations/").status_code == 200


def connecter(plateforme: Plateforme, qui: str) -> httpx.Client:
    client = httpx.Client(
        base_url=plateforme.adresse, follow_redirects=True, timeout=60, trust_env=False
    )
    compte = plateforme.compte(qui)
    jeton = JETON.search(client.get("/compte/connexion/").text)[1]
    champs = {
        "login": compte["identifiant"],
        "password": compte["mot_de_passe"],
        "csrfmiddlewaretoken": jeton,
    }
    assert client.post("/compte/connexion/", data=champs).status_code == 200
    return client


@dataclass
class Envoi:
    """Un formulaire dont le fichier n'existe nulle part :
    ses octets partent à mesure, comptés d'avance.
    """

    plateforme: Plateforme
    client: httpx.Client
    page: str
    noter: Callable[[], None]
    borne: str = field(default_factory=lambda: secrets.token_hex(16))

    def poster(self, taille: int) -> tuple[int, str]:
        debut, fin = self.debut().encode(), f"\r\n--{self.borne}--\r\n".encode()
        liaison = http.client.HTTPConnection("127.0.0.1", self.plateforme.port, timeout=300)
        liaison.putrequest("POST", self.page)
        liaison.putheader("Content-Type", f"multipart/form-data; boundary={self.borne}")
        liaison.putheader("Content-Length", str(len(debut) + taille + len(fin)))
        liaison.putheader(
            "Cookie", "; ".join(f"{c.name}={c.value}" for c in self.client.cookies.jar)
        )
        self.noter()
        liaison.endheaders(debut)
        for rang in range(taille // len(BLOC)):
            liaison.send(BLOC)
            if rang % TOUS_LES_BLOCS == 1:
                self.noter()
        liaison.send(fin)
        reponse = liaison.getresponse()
        return reponse.status, lecture.page(reponse.read().decode())

    def debut(self) -> str:
        formulaire = self.client.get(self.page).text
        cle = re.search(r'name="cle" value="([^"]+)"', formulaire)
        champs = {"csrfmiddlewaretoken": JETON.search(formulaire)[1], "cle": cle[1], "texte": TEXTE}
        ecrits = [f'name="{nom}"\r\n\r\n{valeur}\r\n' for nom, valeur in champs.items()]
        ecrits.append('name="piece_1"; filename="plan.pdf"\r\n\r\n')
        return "".join(
            f"--{self.borne}\r\nContent-Disposition: form-data; {ecrit}" for ecrit in ecrits
        )


def occupee(*dossiers: Path) -> int:
    """Les octets que ces dossiers tiennent sur le disque ;
    un fichier peut partir pendant qu'on le compte.
    """
    total = 0
    for fichier in (fichier for dossier in dossiers for fichier in dossier.rglob("*")):
        with suppress(FileNotFoundError):
            total += fichier.stat().st_blocks * 512
    return total
