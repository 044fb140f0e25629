"""Le bilan d'une série :
ce qui n'a pas tourné se lit à la dernière ligne, pas dans le défilement.
"""

import sys
from collections import Counter
from contextlib import nullcontext
from threading import Event
from types import SimpleNamespace

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.outillage import fautes_plantees, qualite, series
from beffroi.commandes.outillage.series import Serie, la_qualite
from tests.serveurs import postgresql


def test_une_serie_complete_est_bien():
    assert Serie(0, secondes=12).en_une_ligne("qualité") == "bien         12 s  qualité"


def test_ce_qui_n_a_pas_ete_joue_se_compte():
    serie = Serie(
        0, non_joues=Counter({"aucun Chromium sur cette machine": 299, "LibreOffice absent": 1})
    )

    assert serie.en_une_ligne("navigateur").endswith("navigateur (300 non joués)")


def test_une_serie_jamais_lancee_n_est_ni_bien_ni_en_echec():
    assert Serie(None).en_une_ligne("PostgreSQL").startswith("pas joué")
    assert Serie(1).en_une_ligne("SQLite").startswith("échec")


def test_la_qualite_d_une_serie_passe_par_toutes_les_etapes(monkeypatch):
    passees = []
    monkeypatch.setattr(
        qualite, "reussie", lambda nom, commande: passees.append(nom) or nom != "types"
    )

    assert la_qualite().code == 1
    assert passees == [nom for nom, _ in qualite.ETAPES]


def test_la_serie_sur_postgresql_compte_les_actes_joues_et_rend_ce_qu_ils_disent(monkeypatch):
    lancees = []
    monkeypatch.setattr(postgresql, "postgresql", lambda: nullcontext("postgresql://ici"))
    monkeypatch.setattr(
        series,
        "lancer",
        lambda arguments, sortie, **reglages: lancees.append((arguments, reglages)) or 1,
    )

    assert series.sur_postgresql("moteurs", ["src/beffroi"]).code == 1
    ((arguments, reglages),) = lancees
    assert "tests.moteurs.actes_joues" in arguments
    assert arguments[-3:] == ["-m", "moteurs", "src/beffroi"]
    assert reglages["BEFFROI_BASE_DE_DONNEES"] == "postgresql://ici"
    assert "BEFFROI_ACTES_JOUES" in reglages


def test_une_serie_a_cote_joue_pendant_l_autre_et_dit_tout_a_la_fin(capsys):
    commencee, ordre = Event(), []

    def moteurs(sortie):
        commencee.set()
        sortie.write("2 333 passed")
        return Serie(1, non_joues=Counter({"pas de PostgreSQL": 1}))

    def plateforme():
        assert commencee.wait(10)
        ordre.append(capsys.readouterr().out)
        return Serie(0)

    a_cote = series.ACote(moteurs)

    assert a_cote.pendant(plateforme).code == 0
    finie = a_cote.finir()
    assert (finie.code, finie.non_joues.total()) == (1, 1)
    assert ordre == [""] and "2 333 passed" in capsys.readouterr().out


def test_une_serie_a_cote_cede_le_pas(monkeypatch):
    lancees = []
    monkeypatch.setattr(
        series.subprocess,
        "run",
        lambda commande, **_: lancees.append(commande) or SimpleNamespace(returncode=0),
    )

    series.lancer(["-m", "moteurs"], sys.stdout)
    series.lancer(["-m", "moteurs"])

    assert lancees[0] == [*series.DOUCEMENT, *lancees[1]]


@pytest.mark.parametrize(
    ("tape", "joue"),
    [
        ([], ("la courte",)),
        (["--tout"], ("la longue",)),
        (["-k", "recu", "src/sceau"], ("pytest", ["-k", "recu", "src/sceau"])),
        (["--fautes", "une", "--serie", "longue"], ("les fautes", ["une"], "longue")),
    ],
)
def test_ce_que_l_on_tape_dit_ce_qui_se_joue(monkeypatch, tape, joue):
    joues = []
    monkeypatch.setattr(series, "la_courte", lambda: joues.append(("la courte",)) or 0)
    monkeypatch.setattr(series, "la_longue", lambda: joues.append(("la longue",)) or 0)
    monkeypatch.setattr(series, "lancer", lambda dit: joues.append(("pytest", dit)) or 0)
    monkeypatch.setattr(
        fautes_plantees,
        "executer",
        lambda options: joues.append(("les fautes", options.fautes, options.serie)) or 0,
    )

    assert principal(["test", *tape]) == 0
    assert joues == [joue]


def test_l_aide_de_la_commande_se_demande_encore(capsys):
    with pytest.raises(SystemExit):
        principal(["test", "--aide"])

    assert "la série courte" in capsys.readouterr().out
