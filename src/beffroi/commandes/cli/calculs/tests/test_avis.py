"""`./beffroi avis valider` :
ce qui a été vérifié, ce qui ne l'a pas été, ce qu'il faut corriger.
"""

import json
from dataclasses import replace

import pytest

from beffroi.commandes.cli.lanceur import principal
from formats.avis import eforms
from formats.avis.tests import exemples
from formats.tests.normes import NORMES, avec_les_normes


@pytest.fixture(autouse=True)
def sans_reglage(monkeypatch, tmp_path):
    monkeypatch.delenv("BEFFROI_NORMES", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def ecrit(tmp_path, avis, **options):
    fichier = tmp_path / "avis.xml"
    fichier.write_bytes(eforms.construire(avis, identifiants=exemples.IDENTIFIANTS, **options))
    return str(fichier)


def test_sans_les_fichiers_officiels_l_avis_n_est_pas_dit_valide(tmp_path, capsys):
    assert principal(["avis", "valider", ecrit(tmp_path, exemples.marche())]) == 0

    dit = capsys.readouterr().out
    assert "Nos règles : rien à redire." in dit
    assert "Schéma officiel : non fait." in dit
    assert "n'a pas passé tous les contrôles officiels" in dit
    assert "Rien ne s'oppose" not in dit
    assert "se règlent par BEFFROI_NORMES" in dit


def test_un_champ_manquant_se_dit_et_le_code_est_1(tmp_path, capsys):
    assert (
        principal(["avis", "valider", ecrit(tmp_path, replace(exemples.marche(), titre=""))]) == 1
    )

    assert "Il manque le titre. Donnez un titre court. (BT-21)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        ("pas du XML", "n'est pas du XML lisible"),
        ("<a/>", "ContractNotice"),
        ("<!DOCTYPE a []><a/>", "DOCTYPE"),
    ],
)
def test_ce_qui_ne_se_lit_pas_a_le_code_2(contenu, phrase, tmp_path, capsys):
    (tmp_path / "a.xml").write_text(contenu, "utf-8")

    assert principal(["avis", "valider", str(tmp_path / "a.xml")]) == 2

    assert phrase in capsys.readouterr().err


def test_un_fichier_absent_a_le_code_2(tmp_path, capsys):
    assert principal(["avis", "valider", str(tmp_path / "absent.xml")]) == 2

    assert "n'existe pas" in capsys.readouterr().err


def test_en_json_tout_y_est(tmp_path, capsys):
    principal(
        ["avis", "valider", ecrit(tmp_path, replace(exemples.marche(), nature="achats")), "--json"]
    )

    rapport = json.loads(capsys.readouterr().out)
    assert (rapport["bon"], rapport["kit_officiel"], rapport["version_annoncee"]) == (
        False,
        None,
        "1.15",
    )
    assert rapport["nos_regles"][0]["remede"].startswith("Codes possibles : works (Travaux)")
    assert len(rapport["non_faits"]) == 2


def test_un_kit_abime_se_dit_et_n_est_pas_suppose_bon(tmp_path, capsys):
    kit = tmp_path / "normes" / "eforms" / "sdk-1.15.9" / "schemas" / "maindoc"
    kit.mkdir(parents=True)
    (kit / "UBL-ContractNotice-2.3.xsd").write_text("<coupé", "utf-8")

    principal(
        [
            "avis",
            "valider",
            ecrit(tmp_path, exemples.marche()),
            "--normes",
            str(tmp_path / "normes"),
        ]
    )

    assert "est incomplet ou abîmé" in capsys.readouterr().out


@avec_les_normes
def test_un_kit_d_une_autre_version_ne_sert_pas(tmp_path, capsys):
    fichier = ecrit(tmp_path, exemples.marche(), sdk="1.13")

    principal(["avis", "valider", fichier, "--normes", str(NORMES)])

    assert "le kit européen 1.13 n'est pas installé" in capsys.readouterr().out


@avec_les_normes
def test_avec_les_fichiers_officiels_un_bon_avis_passe_tout(tmp_path, capsys):
    fichier = ecrit(tmp_path, exemples.volontaire())

    assert principal(["avis", "valider", fichier, "--normes", str(NORMES)]) == 0

    dit = capsys.readouterr().out
    assert "kit officiel 1.15.1" in dit
    assert "Rien ne s'oppose à l'envoi." in dit


@avec_les_normes
def test_avec_les_fichiers_officiels_un_faux_avis_a_trois_listes(tmp_path, capsys):
    fichier = ecrit(tmp_path, replace(exemples.volontaire(), nature="achats"))

    assert principal(["avis", "valider", fichier, "--normes", str(NORMES), "--json"]) == 1

    rapport = json.loads(capsys.readouterr().out)
    assert any(
        "n'est pas un code de la liste" in reproche["phrase"] for reproche in rapport["regles"]
    )
    assert rapport["non_faits"] == []
