"""`./beffroi droit` : la valeur et d'où elle vient, ou une phrase qui dit ce que l'on sait."""

import json

import pytest

from beffroi.commandes.cli.lanceur import principal
from droit.tables import charger

FOURNITURES = "seuil.dispense.fournitures_services"


def test_la_valeur_se_lit_avec_sa_date_et_son_texte(capsys):
    assert principal(["droit", "valeur", FOURNITURES, "--au", "2026-04-01"]) == 0

    dit = capsys.readouterr().out
    assert "60\u202f000 € HT" in dit
    assert "Depuis : 1er avril 2026" in dit
    assert "CCP, art. R. 2122-8" in dit
    assert "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053202067" in dit


def test_la_veille_c_est_l_ancienne_et_le_changement_est_annonce(capsys):
    assert principal(["droit", "valeur", FOURNITURES, "--au", "2026-03-31"]) == 0

    dit = capsys.readouterr().out
    assert "40\u202f000 € HT" in dit
    assert "Change : 1er avril 2026" in dit


def test_une_entree_en_vigueur_non_lue_se_dit(capsys):
    assert principal(["droit", "valeur", "seuil.donnees_essentielles", "--au", "2026-11-24"]) == 0

    assert (
        "au plus tard le 1er avril 2026 (la date d'entrée en vigueur n'a pas été lue)"
        in capsys.readouterr().out
    )


def test_en_json_tout_y_est(capsys):
    assert (
        principal(
            [
                "droit",
                "valeur",
                "seuil.procedure_formalisee.travaux",
                "--au",
                "2026-11-24",
                "--json",
            ]
        )
        == 0
    )

    reponse = json.loads(capsys.readouterr().out)
    assert reponse["valeur"] == 5_404_000
    assert reponse["depuis"] == "2026-01-01"
    assert reponse["prochain_changement"] == "2028-01-01"
    assert reponse["confiance"] == "S"
    assert reponse["empreinte"] == charger().empreinte


@pytest.mark.parametrize(
    ("suite", "phrase"),
    [
        ([FOURNITURES, "--au", "2019-03-31"], "les tables la donnent à partir du 1er avril 2019"),
        (["seuil.procedure_formalisee.travaux", "--au", "2028-01-01"], "au 31 décembre 2027"),
        (["seuil.inconnu", "--au", "2026-11-24"], "n'est pas une clé des tables"),
        ([FOURNITURES, "--au", "hier"], "une date s'écrit 2026-11-24, pas « hier »"),
    ],
)
def test_ce_que_les_tables_ne_savent_pas_est_une_erreur(suite, phrase, capsys):
    assert principal(["droit", "valeur", *suite]) != 0

    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert phrase in sortie.err
    assert len(sortie.err.splitlines()) == 1


def test_les_cles_sont_toutes_donnees(capsys):
    assert principal(["droit", "cles"]) == 0

    premiers_mots = [ligne.split()[0] for ligne in capsys.readouterr().out.splitlines()]
    assert premiers_mots == sorted(charger().fiches)


def test_les_cles_en_json_disent_depuis_quand_elles_sont_connues(capsys):
    assert principal(["droit", "cles", "--json"]) == 0

    cles = {cle["cle"]: cle for cle in json.loads(capsys.readouterr().out)["cles"]}
    assert cles[FOURNITURES]["connue_du"] == "2019-04-01"
    assert cles["seuil.concession"]["connue_au"] == "2027-12-31"


def test_une_question_inconnue_est_dite(capsys):
    assert principal(["droit", "juger"]) == 2

    assert "« juger »" in capsys.readouterr().err
