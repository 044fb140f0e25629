"""Mal employée, une commande dit une phrase sur la sortie d'erreur et rend autre chose
que zéro : jamais une trace.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from beffroi.commandes.cli import lanceur
from beffroi.commandes.cli.client.atelier import Atelier
from beffroi.commandes.cli.client.liaison import Liaison
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.lanceur import COMMANDES, principal
from beffroi.socle.fondations.stockage import StockageEnPanne
from tests.serveurs.modele import recopier_en_sqlite

RACINE = Path(__file__).resolve().parents[5]
DEPOSER = [
    "deposer",
    "--url",
    "http://127.0.0.1:9",
    "--jeton",
    "beffroi_x",
    "--consultation",
    "2026-0001",
]


@pytest.fixture
def ici(tmp_path, monkeypatch):
    """Un dossier avec un fichier, un dossier, et rien d'autre."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f.txt").write_text("bonjour", "utf-8")
    (tmp_path / "d").mkdir()
    return tmp_path


def phrase(capsys) -> str:
    lignes = capsys.readouterr().err.splitlines()
    assert len(lignes) == 1 and lignes[0].startswith("beffroi : ")
    return lignes[0]


# `test` confie à pytest ce qu'elle ne connaît pas.
@pytest.mark.parametrize("nom", [nom for nom in COMMANDES if nom != "test"])
def test_une_option_inconnue_est_dite_en_francais(nom, capsys):
    assert principal([nom, "--inconnue"]) != 0

    assert f"« ./beffroi {nom} --aide »" in phrase(capsys)


@pytest.mark.parametrize("nom", COMMANDES)
def test_chaque_commande_s_explique(nom, capsys):
    with pytest.raises(SystemExit) as sortie:
        principal(["aide", nom])

    assert sortie.value.code == 0
    assert capsys.readouterr().out.startswith(f"Usage : ./beffroi {nom}")


@pytest.mark.parametrize(
    ("commande", "attendu"),
    [
        (["deposer"], "il manque --url, --jeton, --consultation, --recu"),
        ([*DEPOSER, "--recu"], "--recu attend une valeur"),
        ([*DEPOSER, "--recu", "r.zip", "--offre"], "--offre attend au moins une valeur"),
        (
            [*DEPOSER, "--recu", "r.zip", "--lot", "un", "--offre", "f.txt"],
            "--lot attend un nombre entier, pas « un »",
        ),
        (["serve", "--port", "99999"], "un port est un nombre de 1 à 65535, pas « 99999 »"),
        (["demo", "--port", "abc"], "un port est un nombre de 1 à 65535, pas « abc »"),
    ],
)
def test_un_argument_faux_est_nomme(commande, attendu, ici, capsys):
    assert principal(commande) == 2

    assert attendu in phrase(capsys)


@pytest.mark.parametrize(
    ("suite", "attendu"),
    [
        (["--offre", "absent.pdf", "--recu", "r.zip"], "absent.pdf n'existe pas"),
        (["--offre", "d", "--recu", "r.zip"], "d est un dossier"),
        (["--offre", "f.txt", "--recu", "nulle/part/r.zip"], "ne peut pas s'écrire"),
        (
            ["--offre", "f.txt", "--recu", "r.zip", "--atelier", "f.txt"],
            "le dossier de travail f.txt",
        ),
        (["--recu", "r.zip"], "aucun fichier à déposer"),
    ],
)
def test_deposer_dit_ce_qui_manque_avant_le_premier_envoi(suite, attendu, ici, capsys):
    assert principal([*DEPOSER, *suite]) == 1

    assert attendu in phrase(capsys)


@pytest.mark.parametrize(
    "url", ["marches.example", "ftp://marches.example", "http://", "http://[x", ""]
)
def test_une_adresse_qui_n_en_est_pas_une_est_dite(url):
    with pytest.raises(ErreurDeCommande, match="n'est pas l'adresse d'une plateforme"):
        Liaison(url, "beffroi_x")


@pytest.mark.parametrize("jeton", ["été", "un jeton", "beffroi_x\n"])
def test_un_jeton_mal_recopie_est_dit(jeton):
    with pytest.raises(ErreurDeCommande, match="mal recopié"):
        Liaison("http://localhost", jeton)


def test_sans_reseau_deposer_le_dit_et_rien_n_est_perdu(ici, capsys):
    suite = ["--offre", "f.txt", "--recu", "r.zip", "--insister", "1", "--atelier", "atelier"]

    assert principal([*DEPOSER, *suite]) == 1

    assert "http://127.0.0.1:9 ne répond pas : connexion impossible" in phrase(capsys)


def test_un_site_qui_n_est_pas_une_plateforme_est_dit():
    liaison = Liaison("http://localhost", "beffroi_x")
    liaison.http = httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))
    )

    with pytest.raises(ErreurDeCommande, match="ne répond pas comme une plateforme Beffroi"):
        liaison.lire("reponses/R-1")


@pytest.mark.parametrize(
    ("statut", "phrase"), [(500, "Rien n'est perdu"), (418, "Vérifiez l'adresse")]
)
def test_une_page_d_erreur_se_dit_comme_une_panne_et_non_comme_une_adresse_fausse(statut, phrase):
    liaison = Liaison("http://localhost", "beffroi_x", essais=1)
    liaison.http = httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(statut, text="<html>"))
    )

    with pytest.raises(ErreurDeCommande, match=phrase):
        liaison.lire_le_public("/journal/checkpoint")


def test_un_atelier_abime_est_dit(tmp_path):
    (tmp_path / "etat.json").write_text("{", "utf-8")

    with pytest.raises(ErreurDeCommande, match="abîmé"):
        Atelier(tmp_path)


@pytest.mark.parametrize("commande", ["sceller", "ouvrir-pli"])
def test_un_dossier_de_sortie_impossible_est_dit(commande, ici, capsys):
    from sceau import Identity

    cle = Identity.generate()
    option = (
        ["--destinataire", cle.recipient.encode()]
        if commande == "sceller"
        else ["--identite", cle.encode()]
    )

    assert principal([commande, *option, "--vers", "f.txt", "f.txt"]) == 1

    assert "impossible d'écrire dans f.txt" in phrase(capsys)


def test_arreter_demande_un_dossier_de_donnees(ici, capsys):
    assert principal(["arreter", "--donnees", "f.txt"]) == 1

    assert "n'est pas un dossier de données" in phrase(capsys)


def test_une_panne_imprevue_est_une_phrase(monkeypatch, capsys):
    monkeypatch.setattr(lanceur, "executer", lambda *_: 1 / 0)

    assert principal(["docs"]) == 1

    assert "panne imprévue (ZeroDivisionError" in phrase(capsys)


def test_un_refus_du_metier_est_sa_phrase_et_non_une_panne(monkeypatch, capsys):
    def refuser(*_):
        raise StockageEnPanne("Le stockage ne répond pas. Réessayez dans un instant.")

    monkeypatch.setattr(lanceur, "executer", refuser)

    assert principal(["docs"]) == 1

    assert phrase(capsys) == "beffroi : Le stockage ne répond pas. Réessayez dans un instant."


def lancer(*arguments: str, **reglages: str) -> subprocess.CompletedProcess[str]:
    """La commande telle qu'on la tape, dans un processus à elle, avec ses propres réglages."""
    environnement = {
        cle: valeur
        for cle, valeur in os.environ.items()
        if not cle.startswith(("BEFFROI_", "DJANGO_"))
    }
    environnement |= {"PYTHONPATH": f"{RACINE / 'src'}:{RACINE}", **reglages}
    return subprocess.run(
        [sys.executable, "-m", "beffroi", *arguments],
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("commande", "reglages", "attendu"),
    [
        (
            "migrer",
            {"BEFFROI_BASE_DE_DONNEES": "mysql://x"},
            "commence par sqlite:// ou par postgresql://",
        ),
        (
            "migrer",
            {"BEFFROI_BASE_DE_DONNEES": "postgresql://x@127.0.0.1:9/x"},
            "la base de données ne répond pas",
        ),
        ("migrer", {"BEFFROI_DEMONSTRATION": "peut-être"}, "écrivez oui ou non"),
        (
            "migrer",
            {"BEFFROI_CLE_SECRETE_FICHIER": "/absent"},
            "désigne /absent, qui ne se lit pas",
        ),
        ("migrer", {"BEFFROI_DONNEES": "/proc/ailleurs"}, "qui ne peut pas être créé"),
        ("worker", {}, "Lancez « ./beffroi migrer »"),
        ("serve", {"BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui"}, "Lancez « ./beffroi migrer »"),
        ("serve", {}, "Aucun service d'horodatage qualifié"),
    ],
)
def test_un_reglage_ou_une_base_qui_manque_est_dit(commande, reglages, attendu, tmp_path):
    resultat = lancer(commande, **{"BEFFROI_DONNEES": str(tmp_path), **reglages})

    assert resultat.returncode == 1
    assert attendu in resultat.stderr
    assert len(resultat.stderr.strip().splitlines()) == 1


def test_un_port_deja_pris_est_dit(tmp_path):
    reglages = {"BEFFROI_DONNEES": str(tmp_path), "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui"}
    recopier_en_sqlite(tmp_path / "beffroi.sqlite3").close()
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()

        resultat = lancer("serve", "--port", str(prise.getsockname()[1]), **reglages)

    assert resultat.returncode == 1
    assert "est pris. Choisissez-en un autre par --port." in resultat.stderr
