"""Le stockage oublie un envoi en route : le fichier repart du début, sans que personne relance."""

import base64
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import httpx
import pytest

from beffroi.commandes.cli.client import envoi, paquets
from beffroi.commandes.cli.client.liaison import Liaison, Refus

STOCKAGE = "http://stockage.example"
OCTETS = b"scelle"


class Plateforme:
    """Une plateforme dont le stockage oublie les premiers envois ; ce qu'on lui demande, noté."""

    def __init__(self, *, oublis: int, sens: int = 404, patron: str = "") -> None:
        self.oublis, self.sens, self.crees, self.demandes = oublis, sens, 0, []
        self.patron, self.entetes = patron, httpx.Headers()

    def repondre(self, requete: httpx.Request) -> httpx.Response:
        chemin = requete.url.path.removeprefix("/api/v1/")
        self.demandes.append(f"{requete.method} {chemin}")
        if requete.url.host == "stockage.example":
            return httpx.Response(self.sens if self.crees <= self.oublis else 200)
        if requete.method == "DELETE":
            return httpx.Response(204)
        if chemin.endswith("/fichiers"):
            self.crees += 1
            cree = {"fichier": f"F{self.crees}", "adresse_des_parties": self.patron}
            return httpx.Response(201, json=cree)
        if requete.method == "PUT":
            self.entetes = requete.headers
            return httpx.Response(204)
        if chemin.endswith("/paquet"):
            self.crees += 1
            cible = {"url": f"{STOCKAGE}/F{self.crees}", "entetes": {}}
            return httpx.Response(
                201, json={"fichiers": [{"fichier": f"F{self.crees}", "cible": cible}]}
            )
        if "/parties/" in chemin:
            return httpx.Response(200, json={"url": f"{STOCKAGE}/{chemin}", "entetes": {}})
        if requete.method == "GET":
            return httpx.Response(200, json={"parties": [], "etat": "en_cours"})
        return httpx.Response(200, json={"fichiers": []})


@pytest.fixture
def envoyer(monkeypatch):
    """Envoie un fichier d'une partie à cette plateforme, par la vraie liaison."""

    def par(plateforme, comment):
        liaison = Liaison("http://plateforme.example", "jeton", pause=lambda _: None)
        liaison.http = httpx.Client(transport=httpx.MockTransport(plateforme.repondre))
        scelle = SimpleNamespace(
            enveloppe="offre",
            lot=None,
            nom="a.pdf",
            taille_scellee=len(OCTETS),
            scellement="s",
            distant="",
            parties=[hashlib.sha256(OCTETS).hexdigest()],
            racine="r",
            sha256_scelle="h",
            cle="offre//a.pdf",
        )
        atelier = SimpleNamespace(
            parties=lambda _: [(1, 0, len(OCTETS))],
            octets=lambda *_: OCTETS,
            retenir=lambda une: une,
            retenir_tous=lambda _: None,
        )
        expedition = envoi.Expedition(liaison, atelier, "R-1", lambda _: None)
        if comment == "par parties":
            envoi.envoyer(expedition, scelle)
        else:
            with ThreadPoolExecutor(1) as porteurs:
                paquets.envoyer_un_paquet(expedition, [scelle], porteurs=porteurs)
        return scelle

    return par


COMMENT = pytest.mark.parametrize("comment", ["par parties", "par paquet"])


@COMMENT
def test_un_envoi_oublie_se_refait_sous_un_autre_nom(comment, envoyer):
    plateforme = Plateforme(oublis=1)

    scelle = envoyer(plateforme, comment)

    assert scelle.distant == "F2"
    assert "DELETE fichiers/F1" in plateforme.demandes
    assert "fin" in plateforme.demandes[-1]


def test_une_partie_part_en_une_demande_quand_la_plateforme_a_dit_ou(envoyer):
    plateforme = Plateforme(oublis=0, patron="/api/v1/fichiers/F1/parties/{numero}/contenu")

    envoyer(plateforme, "par parties")

    assert plateforme.demandes[1:] == ["PUT fichiers/F1/parties/1/contenu", "POST fichiers/F1/fin"]
    condense = base64.b64encode(hashlib.sha256(OCTETS).digest()).decode()
    assert plateforme.entetes["Content-Digest"] == f"sha-256=:{condense}:"
    assert plateforme.entetes["Authorization"] == "Bearer jeton"


def test_une_adresse_d_ailleurs_ne_recoit_jamais_le_jeton(envoyer):
    plateforme = Plateforme(oublis=0, patron="https://ailleurs.example/{numero}")

    envoyer(plateforme, "par parties")

    assert plateforme.entetes == httpx.Headers()


@COMMENT
def test_un_stockage_qui_oublie_toujours_se_dit_sans_accuser_l_adresse(comment, envoyer):
    with pytest.raises(Refus) as refus:
        envoyer(Plateforme(oublis=100), comment)

    assert "le stockage de la plateforme refuse cet envoi (404)" in str(refus.value)
    assert "--url" not in str(refus.value)


@COMMENT
def test_un_refus_que_rien_ne_rattrape_ne_se_refait_pas(comment, envoyer):
    plateforme = Plateforme(oublis=100, sens=403)

    with pytest.raises(Refus):
        envoyer(plateforme, comment)
    assert plateforme.crees == 1


def test_un_paquet_ne_se_refait_qu_une_fois_tous_ses_envois_finis(monkeypatch):
    """Un envoi encore en route effacerait le fichier que l'on vient d'annoncer de nouveau."""
    faits = []

    def porter(liaison, atelier, scelle, cible):
        if scelle.nom == "perdu":
            raise Refus(404, "oublié", {})
        time.sleep(0.2)
        faits.append(scelle.nom)

    monkeypatch.setattr(paquets, "porter", porter)
    commun = {
        "distant": "",
        "enveloppe": "offre",
        "lot": None,
        "taille_scellee": 1,
        "parties": ["e"],
    }
    scelles = [
        SimpleNamespace(nom=nom, scellement=nom, **commun)
        for nom in ("perdu", "lent", "lent aussi")
    ]
    crees = [{"fichier": nom, "cible": {}} for nom in "abc"]
    liaison = SimpleNamespace(poster=lambda *_: {"fichiers": crees})
    atelier = SimpleNamespace(retenir_tous=lambda _: None)
    expedition = envoi.Expedition(liaison, atelier, "R-1", faits.append)

    with ThreadPoolExecutor(3) as porteurs:
        with pytest.raises(Refus):
            paquets.envoyer_le_paquet(expedition, scelles, porteurs=porteurs)
        assert sorted(faits) == ["lent", "lent aussi"]


def test_un_fichier_que_la_plateforme_ne_laisse_pas_creer_ne_se_refait_pas(envoyer, monkeypatch):
    plateforme = Plateforme(oublis=0)
    monkeypatch.setattr(
        plateforme,
        "repondre",
        lambda requete: plateforme.demandes.append(requete) or httpx.Response(404),
    )

    with pytest.raises(Refus):
        envoyer(plateforme, "par parties")
    assert len(plateforme.demandes) == 1
