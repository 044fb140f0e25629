"""Écrire à deux entreprises, un texte pour chacune :
l'une lit et répond, l'autre ne lit pas et se relance.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import DEBORDE
from tests.plateforme import Plateforme, une_copie

SUJET = "Délai d'exécution <b>à préciser</b>"


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : des courriers y partent."""
    with une_copie(origine, tmp_path_factory.mktemp("courriers") / "donnees") as copie:
        yield copie


def base(plateforme: Plateforme, requete: str, *valeurs: Any) -> list[Any]:
    connexion = sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=20)
    try:
        lignes = connexion.execute(requete, valeurs).fetchall()
        connexion.commit()
        return lignes
    finally:
        connexion.close()


def rediger(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/courriers/")
    page.get_by_role("link", name="Écrire un courrier").click()
    page.locator("[name=sorte]").select_option("precisions")
    page.get_by_label(re.compile("Faîtage")).check()
    page.get_by_label(re.compile("Zingueurs")).check()
    page.locator("[name=sujet]").fill(SUJET)
    page.locator("[name=texte]").fill("Bonjour [entreprise],\n\n[texte propre]")
    page.get_by_role("button", name="Garder et relire").click()
    page.get_by_role("heading", name="Ce que chacune lira").wait_for()


def envoyer(page: Any) -> None:
    page.get_by_label(re.compile("Texte propre à .*Faîtage")).fill(
        "Votre délai est de six semaines ?"
    )
    page.get_by_label(re.compile("Texte propre à .*Zingueurs")).fill(
        "Votre délai est de neuf semaines ?"
    )
    page.get_by_role("button", name="Garder ces textes").click()
    page.get_by_role("button", name="Envoyer le courrier").click()
    page.get_by_text("Le courrier est envoyé").first.wait_for()


def lire_et_repondre(page: Any) -> None:
    """Sans script : la liste, le fil, la réponse."""
    page.goto("/messages/")
    page.locator("tr", has_text="Non lu").get_by_role("link").first.click()
    assert "six semaines" in page.content()
    assert "neuf semaines" not in page.content()
    page.locator("[name=texte]").fill("Oui, six semaines.")
    page.locator("[name=piece_1]").set_input_files(
        {"name": "planning.txt", "mimeType": "text/plain", "buffer": b"Six semaines"}
    )
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_text("Votre réponse est reçue").wait_for()


def relancer(page: Any, reference: str) -> None:
    """Celui de la démonstration, que les Zingueurs n'ont pas lu depuis plus de deux jours."""
    page.goto(f"/consultations/{reference}/courriers/?etat=a_relancer")
    page.locator("tr", has_text="Zingueurs").get_by_role("link").nth(1).click()
    page.get_by_role("link", name=re.compile("Relancer Zingueurs")).click()
    page.locator("[name=personne]").first.check()
    page.get_by_role("button", name="Envoyer une nouvelle alerte").click()
    page.get_by_text("Une nouvelle alerte part vers").wait_for()


# Chaque jour, `choix/echanges` écrit, lit, répond et relance par ses écrans.
@pytest.mark.long
def test_deux_entreprises_un_texte_chacune_lire_repondre_relancer(plateforme, ouvrir):
    martine = connecter(ouvrir(), plateforme.compte("martine"))
    reference = plateforme.consultation("depouillee")["reference"]
    rediger(martine, reference)
    envoyer(martine)
    sophie = connecter(ouvrir(largeur=360), plateforme.compte("sophie"))
    lire_et_repondre(sophie)
    assert not sophie.evaluate(DEBORDE)

    relancer(martine, reference)
    assert base(plateforme, "SELECT count(*) FROM echanges_alerte WHERE rang = 2") == [(1,)]

    martine.goto(f"/consultations/{reference}/courriers/?etat=repondus")
    martine.locator("tr", has_text="exécution").get_by_role("link").first.click()
    assert "Oui, six semaines." in martine.content()
    martine.get_by_role("link", name=re.compile("Preuve")).last.click()
    assert "Lu la première fois" in martine.content()
    assert base(
        plateforme,
        "SELECT count(*) FROM echanges_exemplaire WHERE sujet = ? AND lu_le IS NULL",
        SUJET,
    ) == [(1,)]
    assert sophie.erreurs == martine.erreurs == []
