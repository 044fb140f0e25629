"""Les fichiers de `deploiement/` parlent de mesures et de délais qui existent."""

import json
import re

import pytest

from beffroi.commandes.cli import serve
from beffroi.service.disponibilite import mesures, points
from tests.architecture.arbre import RACINE

NOMMEE = re.compile(r"\bbeffroi_[a-z_]+")
POINT = re.compile(r'point="([a-z]+)"')
# Ce que `prometheus_client` fait d'un compteur et d'un histogramme.
TENUES = {
    "beffroi_point",
    "beffroi_horloge_ecart_secondes",
    "beffroi_certificat_fin_secondes",
    "beffroi_demandes_total",
    "beffroi_demandes_en_cours",
} | {f"beffroi_duree_secondes_{suite}" for suite in ("bucket", "count", "sum")}
DITES = TENUES | {f"beffroi_{nom}" for nom, *_ in mesures.JAUGES}
ALERTES = RACINE / "deploiement" / "prometheus" / "alertes.yml"
COMMANDE = RACINE / "deploiement" / "commande" / "beffroi"
UNITE = RACINE / "deploiement" / "systemd" / "beffroi@.service"
TABLEAU = RACINE / "deploiement" / "grafana" / "beffroi.json"


@pytest.mark.parametrize("fichier", [ALERTES, TABLEAU], ids=["alertes", "tableau"])
def test_chaque_mesure_nommee_existe(fichier):
    nommees = set(NOMMEE.findall(fichier.read_text("utf-8")))

    assert nommees and nommees <= DITES


def test_chaque_point_nomme_est_de_la_supervision():
    nommes = set(POINT.findall(ALERTES.read_text("utf-8")))

    assert nommes and nommes <= {code for code, *_ in points.POINTS}


def test_chaque_mesure_est_dans_la_page_de_l_exploitant():
    page = (RACINE / "docs" / "exploitants" / "mesures.md").read_text("utf-8")
    familles = {re.sub("_(bucket|count|sum)$", "", nom) for nom in DITES}

    assert {nom for nom in familles if nom not in page} == set()


def test_le_tableau_ne_lit_que_sa_source():
    panneaux = json.loads(TABLEAU.read_text("utf-8"))["panels"]

    assert {panneau["datasource"]["uid"] for panneau in panneaux} == {"${source}"}


def test_le_serveur_s_arrete_de_lui_meme_avant_qu_on_le_tue():
    (accorde,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNITE.read_text("utf-8"), re.M)

    assert serve.ARRET_AU_PLUS_S + 15 <= int(accorde)


def test_une_commande_a_le_compte_les_reglages_et_le_dossier_des_services():
    commande = COMMANDE.read_text("utf-8")
    [compte] = re.findall(r"^User=(.+)$", UNITE.read_text("utf-8"), re.M)
    communs = [
        ligne
        for ligne in UNITE.read_text("utf-8").splitlines()
        if re.match(r"(EnvironmentFile=/|StateDirectory|UMask|NoNewPrivileges)", ligne)
    ]

    assert f"--uid={compte} " in commande and len(communs) == 5
    assert [ligne for ligne in communs if f"--property={ligne} " not in commande] == []
