"""Inès, journaliste, sans compte :
de l'accueil au fichier de ce qu'elle cherche, en trois gestes au plus (parcours, P8).
"""

import csv
import io
import re


def test_de_l_accueil_au_csv_en_trois_gestes(plateforme, ouvrir):
    page = ouvrir()
    page.goto("/")

    page.get_by_role("link", name="Marchés conclus").first.click()
    page.get_by_role("heading", name="Marchés conclus", level=1).wait_for()
    with page.expect_download() as telecharge:
        page.get_by_role("link", name="CSV").first.click()

    texte = telecharge.value.path().read_text("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    assert len(lignes) >= 30
    assert len({ligne["siret_acheteur"] for ligne in lignes}) == 3


def test_de_l_acheteur_au_titulaire_a_son_contrat(plateforme, ouvrir):
    page = ouvrir()
    page.goto("/marches/?q=toiture")

    page.locator(".contrats li").first.get_by_role("link").nth(1).click()
    page.locator("#titulaires ~ table tbody a").first.click()
    page.locator(".contrats li h3 a").first.click()

    page.get_by_role("heading", name="Le contrat", level=2).wait_for()
    assert "/marches/FC-" in page.url


def test_pourquoi_pas_de_prix_ici_a_sa_reponse(plateforme, ouvrir):
    page = ouvrir()
    page.goto("/marches/")

    page.get_by_role("link", name=re.compile("où viennent ces données")).first.click()

    page.get_by_role("heading", name="Pourquoi pas de prix ici").wait_for()
