"""`./beffroi contribution` et `./beffroi convention fin` :
la réponse, la raison, et des refus en une phrase.
"""

import json

import pytest

from beffroi.commandes.cli.lanceur import principal


def repondre(capsys, *arguments):
    assert principal([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_la_contribution_se_lit_par_un_autre_programme(capsys):
    reponse = repondre(
        capsys, "contribution", "--agents", "420", "--volume", "500", "--effet", "2026-07-25"
    )

    motifs = reponse.pop("motifs")
    assert reponse == {"tranche": 5, "montant": "1753.42", "jours": 160, "jours_annee": 365}
    assert any("160/365" in motif for motif in motifs)


def test_sans_effet_c_est_l_annee_entiere(capsys):
    reponse = repondre(
        capsys, "contribution", "--agents", "351", "--volume", "50", "--exercice", "2028"
    )

    assert (reponse["montant"], reponse["jours"], reponse["jours_annee"]) == ("500.00", 366, 366)


def test_la_contribution_se_lit_par_une_personne(capsys):
    assert (
        principal(["contribution", "--agents", "420", "--volume", "150", "--exercice", "2026"]) == 0
    )

    sortie = capsys.readouterr().out
    assert "Contribution 2026 : 500" in sortie
    assert "Pourquoi" in sortie


@pytest.mark.parametrize(
    "suite",
    [
        ["--agents", "-1", "--volume", "0"],
        ["--agents", "350.5", "--volume", "0"],
        ["--agents", "environ 400", "--volume", "0"],
        ["--agents", "400", "--volume", "9999999999"],
        ["--agents", "400", "--volume", "0", "--exercice", "26"],
        ["--agents", "400", "--volume", "0", "--effet", "31/12/2026"],
        ["--agents", "400", "--volume", "0", "--effet", "2026-05-02", "--fin", "2026-05-01"],
        ["--volume", "0"],
    ],
)
def test_une_demande_impossible_est_refusee_en_une_phrase(capsys, suite):
    assert principal(["contribution", *suite]) == 2

    capture = capsys.readouterr()
    assert capture.out == ""
    assert capture.err.count("\n") == 1 and capture.err.startswith("beffroi : ")


@pytest.mark.parametrize(
    ("par", "effet"),
    [("adherent", "2027-02-28"), ("centre", "2027-06-30"), ("impaye", "2026-12-31")],
)
def test_la_fin_d_une_convention(capsys, par, effet):
    reponse = repondre(capsys, "convention", "fin", "--par", par, "--recue", "2026-12-31")

    assert (reponse["recue"], reponse["effet"]) == ("2026-12-31", effet)
    assert reponse["motifs"]


def test_une_fin_dite_a_une_personne(capsys):
    assert principal(["convention", "fin", "--par", "adherent", "--recue", "2026-12-31"]) == 0

    assert "Dernier jour couvert : 28 février 2027, jusqu'à minuit" in capsys.readouterr().out


@pytest.mark.parametrize(
    "suite",
    [["--par", "maire", "--recue", "2026-01-01"], ["--par", "centre", "--recue", "9999-12-31"]],
)
def test_une_fin_impossible_est_refusee_en_une_phrase(capsys, suite):
    assert principal(["convention", "fin", *suite]) == 2
    assert capsys.readouterr().err.startswith("beffroi : ")
