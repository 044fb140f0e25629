"""`./beffroi rc verifier` : les constats, ce qui n'a pas été contrôlé, et le code de sortie."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from beffroi.commandes.cli.lanceur import principal
from droit.achat import Achat, Acheteur, Dates, ecrire, lire
from droit.calendrier.heures import PARIS
from formats.tests.documents_lus import docx, p, pdf

RACINE = Path(__file__).resolve().parents[6]
LIMITE = "Les plis sont déposés avant le mardi 15 décembre 2026 à 16 h 00 (heure de Paris)."


@pytest.fixture
def fiche(tmp_path):
    """Un marché dont l'heure limite est midi."""
    achat = Achat(
        reference="2026-0142",
        titre="Couverture de l'école",
        objet="Réfection de la couverture de l'école",
        acheteur=Acheteur(nom="Commune de Saint-Ambroise", siret="21620178000014"),
        prestation="travaux",
        dates=Dates(limite=datetime(2026, 12, 15, 12, tzinfo=PARIS)),
    )
    chemin = tmp_path / "fiche.json"
    chemin.write_text(ecrire(achat), "utf-8")
    return chemin


def poser(chemin, octets):
    chemin.write_bytes(octets)
    return str(chemin)


def test_une_heure_differente_bloque_et_se_montre_dans_un_docx(tmp_path, fiche, capsys):
    rc = poser(
        tmp_path / "rc.docx",
        docx(p("4. Remise des offres", '<w:outlineLvl w:val="0"/>') + p(LIMITE)),
    )

    assert (
        principal(["rc", "verifier", rc, "--consultation", str(fiche), "--au", "2026-11-24"]) == 1
    )

    dit = capsys.readouterr().out
    assert "RC-01, bloquant, sous « 4. Remise des offres », paragraphe 2" in dit
    assert "Trouvé : mardi 15 décembre 2026 à 16 h 00 (heure de Paris)" in dit
    assert "Attendu : 15 décembre 2026 à 12 h 00, heure de Paris" in dit
    assert "CCP, art. R. 2151-1" in dit
    assert re.search(r"Bilan : \d+ bloquants?, ", dit)


def test_en_json_le_constat_dit_sa_page_et_son_article(tmp_path, fiche, capsys):
    rc = poser(tmp_path / "rc.pdf", pdf(f"Objet.\n#pagebreak()\n{LIMITE}"))

    assert (
        principal(
            ["rc", "verifier", rc, "--consultation", str(fiche), "--au", "2026-11-24", "--json"]
        )
        == 1
    )

    reponse = json.loads(capsys.readouterr().out)
    constat = next(c for c in reponse["constats"] if c["code"] == "RC-01")
    assert reponse["bloque"] is True
    assert reponse["document"]["pages"] == 2
    assert (constat["page"], constat["gravite"], constat["article"]) == (
        2,
        "bloquant",
        "CCP, art. R. 2151-1",
    )
    assert {"quoi", "trouve", "attendu", "remede", "paragraphe", "pourquoi"} <= constat.keys()


def test_sans_consultation_ce_qui_n_a_pas_ete_compare_se_dit(tmp_path, capsys):
    rc = poser(tmp_path / "rc.docx", docx(p(LIMITE)))

    principal(["rc", "verifier", rc, "--au", "2026-11-24"])

    dit = capsys.readouterr().out
    assert "RC-01, RC-02" in dit.split("Ce qui n'a pas été contrôlé :")[1]
    assert "La consultation n'est pas donnée" in dit
    assert "Le contrôle est partiel." in dit


def test_ce_qui_n_a_pas_ete_lu_se_dit(tmp_path, capsys):
    rc = poser(tmp_path / "rc.docx", docx(p(LIMITE), **{"word/vbaProject.bin": b"x"}))

    principal(["rc", "verifier", rc, "--au", "2026-11-24"])

    assert "Lu en partie : Le document contient des macros" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [(b"{\\rtf1 x}", "rc.docx : Ce fichier est au format RTF"), (None, "rc.docx n'existe pas")],
)
def test_un_reglement_illisible_rend_2(tmp_path, capsys, octets, phrase):
    chemin = tmp_path / "rc.docx"
    if octets:
        chemin.write_bytes(octets)

    assert principal(["rc", "verifier", str(chemin)]) == 2
    assert phrase in capsys.readouterr().err


def test_un_reglement_illisible_n_empeche_pas_de_controler_la_consultation(tmp_path, fiche, capsys):
    rc = poser(tmp_path / "rc.docx", b"PK pas un document")

    assert (
        principal(["rc", "verifier", rc, "--consultation", str(fiche), "--au", "2026-11-24"]) == 2
    )

    dit = capsys.readouterr().out
    assert "rc.docx : non lu" in dit
    assert "Contrôle partiel : rc.docx : " in dit
    assert "RC-20, bloquant" in dit
    assert "Le contrôle est partiel." in dit


def test_sans_consultation_un_reglement_illisible_dit_que_rien_n_est_controle(tmp_path, capsys):
    rc = poser(tmp_path / "rc.docx", b"PK pas un document")

    assert principal(["rc", "verifier", rc, "--json"]) == 2

    dit = capsys.readouterr()
    assert "Rien n'a été contrôlé." in dit.err
    assert json.loads(dit.out)["code"] == 2
    assert json.loads(dit.out)["erreur"].endswith("Rien n'a été contrôlé.")


def test_une_fiche_illisible_rend_2(tmp_path, capsys):
    rc = poser(tmp_path / "rc.docx", docx(p(LIMITE)))
    fiche = poser(tmp_path / "fiche.json", b'{"reference": 1}')

    assert principal(["rc", "verifier", rc, "--consultation", fiche]) == 2
    assert "fiche.json ne décrit pas une consultation" in capsys.readouterr().err


def test_la_fiche_de_la_documentation_se_lit():
    page = (RACINE / "docs" / "acheteurs" / "controler-un-reglement.md").read_text("utf-8")
    fiche = page.split("```json")[1].split("```")[0]

    assert lire(fiche).dates.limite == datetime(2026, 12, 15, 12, tzinfo=PARIS)


def test_une_date_mal_ecrite_se_dit(capsys):
    assert principal(["rc", "verifier", "rc.docx", "--au", "demain"]) == 2
    assert "une date s'écrit 2026-11-24" in capsys.readouterr().err


def test_la_commande_est_dans_l_aide(capsys):
    principal(["aide"])

    assert "./beffroi rc" in capsys.readouterr().out
