"""Le portail national : ce qui lui est porté, ce qui recommence, ce qui est un refus."""

import hashlib
from datetime import datetime

import httpx
import pytest

from beffroi.contrat.donnees_essentielles import services, taches
from beffroi.contrat.donnees_essentielles.models import EnvoiAuPortail
from beffroi.contrat.donnees_essentielles.ports import FichierAPorter
from beffroi.contrat.donnees_essentielles.tests.scene import LE, MARCHE, marche, organisme
from beffroi.integrations.portail_national import adapter
from beffroi.integrations.portail_national.client import Portail
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.models import Tache
from beffroi.socle.journal.acteurs import PLATEFORME

FICHIER = FichierAPorter(cle="ab" * 32, nom="decp.json", octets=b'{"marches": {"marche": []}}')


def faux(reponse):
    recues = []

    def repondre(demande: httpx.Request) -> httpx.Response:
        recues.append((demande.headers, demande.read()))
        if isinstance(reponse, Exception):
            raise reponse
        return reponse

    return Portail(
        "https://portail.example/upload/", "secret", transport=httpx.MockTransport(repondre)
    ), recues


def test_le_fichier_part_avec_sa_cle_et_l_accuse_revient():
    portail, recues = faux(httpx.Response(201, json={"id": "r-1"}))

    accuse = portail.deposer(FICHIER, maintenant=LE)

    ((entetes, corps),) = recues
    assert (accuse.numero, entetes["X-API-KEY"]) == ("r-1", "secret")
    assert FICHIER.octets in corps


@pytest.mark.parametrize(
    ("reponse", "permanent"),
    [
        (httpx.Response(403, json={"message": "clé refusée"}), True),
        (httpx.Response(429), False),
        (httpx.Response(503), False),
        (httpx.ConnectError("rien"), False),
        (httpx.Response(200, content=b"x" * 300_000), False),
    ],
)
def test_un_refus_ne_se_recommence_pas_une_panne_si(reponse, permanent):
    portail, _ = faux(reponse)

    with pytest.raises(ServiceIndisponible) as erreur:
        portail.deposer(FICHIER, maintenant=LE)
    assert erreur.value.permanent is permanent


def test_d_office_rien_ne_part(settings, db):
    settings.PORTAIL_NATIONAL = {"adresse": "", "cle": ""}
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)

    taches.demander_l_envoi(LE)

    assert adapter.portail() is None
    assert not Tache.objects.filter(chemin=taches.porter.module_path).exists()


@pytest.fixture
def brancher(monkeypatch, db):
    """Un portail qui répond ainsi, branché ; rend ce qu'il reçoit."""

    def branche(reponse):
        portail, recues = faux(reponse)
        monkeypatch.setattr("beffroi.contrat.donnees_essentielles.ports.portail", lambda: portail)
        return recues

    return branche


@pytest.fixture
def portail(brancher):
    return brancher(httpx.Response(200, json={"id": "r-1"}))


def demandees() -> int:
    return Tache.objects.filter(chemin=taches.porter.module_path).count()


@pytest.mark.moteurs
def test_un_fichier_change_part_une_fois(portail):
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)
    taches.demander_l_envoi(LE)
    taches.demander_l_envoi(LE)
    assert demandees() == 1

    taches.porter.func()
    Tache.objects.all().delete()
    taches.demander_l_envoi(LE)
    assert (demandees(), EnvoiAuPortail.objects.get().fiches) == (0, 1)

    services.publier_la_fiche(
        organisme=organisme(), marche=marche(id="B"), par=PLATEFORME, maintenant=LE
    )
    taches.demander_l_envoi(LE)
    assert demandees() == 1


def test_l_accuse_garde_l_empreinte_de_ce_qui_est_parti(portail):
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)

    taches.porter.func()

    envoi = EnvoiAuPortail.objects.get()
    corps = portail[0][1]
    debut = corps.index(b'{"marches"')
    porte = corps[debut : corps.index(b"]}}\n") + 4]
    assert (envoi.empreinte, envoi.numero) == (hashlib.sha256(porte).hexdigest(), "r-1")
    assert isinstance(envoi.accepte_le, datetime)


@pytest.mark.moteurs
def test_un_refus_du_portail_s_ecrit_et_le_meme_fichier_ne_se_renvoie_pas(brancher):
    brancher(httpx.Response(403, json={"message": "clé refusée"}))
    services.publier_la_fiche(organisme=organisme(), marche=MARCHE, par=PLATEFORME, maintenant=LE)

    taches.porter.func()
    taches.demander_l_envoi(LE)

    envoi = EnvoiAuPortail.objects.get()
    assert (envoi.accepte_le, envoi.numero, envoi.fiches) == (None, "", 1)
    assert "refus" in envoi.refus
    assert demandees() == 0
