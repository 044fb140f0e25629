"""Ce que le banc des pages compte, et ce qu'il en dit."""

from argparse import Namespace

import pytest
from django.test import Client

from beffroi.commandes.outillage import banc_pages
from beffroi.commandes.outillage.banc_pages import Mesure
from tests.parcours.ecran import Ecran

OPTIONS = Namespace(lectures=2, lignes=1)


@pytest.mark.django_db
def test_les_requetes_d_une_page_se_comptent_et_une_page_vide_n_en_fait_aucune():
    vide = banc_pages.mesurer_une_page("vide", Client(), adresse="/sante", lectures=2)
    page = banc_pages.mesurer_une_page("page", Client(), adresse="/consultations/", lectures=2)

    assert vide.requetes == 0 < page.requetes
    assert page.processeur_ms > 0 and vide.processeur_ms > 0


@pytest.mark.django_db
def test_un_ecran_qui_n_est_pas_celui_de_la_table_ne_se_mesure_pas():
    absent = Ecran("consultations:fiche", arguments=lambda _: {"reference": "2026-9999"})

    assert banc_pages.mesurer_un_ecran(absent, Client(), None, lectures=2) is None


def test_le_plus_couteux_d_abord_et_celui_qui_demande_trop_fait_echouer(capsys):
    sage, lourd = Mesure("sage", 12, 3.0), Mesure("lourd", 26, 30.0)

    assert banc_pages.dire([sage, lourd], ["geste"], 0.5, OPTIONS) == 1
    dit = capsys.readouterr().out
    assert "26 !     30.0 ms    60.0 x  lourd" in dit
    assert "1 demandent plus de 25 requêtes" in dit and "1 ne se mesurent pas" in dit
    assert "sage" not in dit
    assert banc_pages.dire([sage], [], 0.5, OPTIONS) == 0
