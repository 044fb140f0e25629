"""Ce qu'on annonce vient d'un seul endroit : les limites, et les navigateurs qui savent sceller."""

import html

import pytest
from django.test import Client

from beffroi.reponse.depots import limits
from beffroi.reponse.reponses.rules import navigateurs

pytestmark = pytest.mark.django_db


@pytest.fixture
def lire(faitage):
    """Le texte d'une page, pour Sophie devant sa réponse."""
    brouillon = faitage.commence()
    client = Client()
    client.force_login(faitage.personne)

    def lire_la_page(adresse: str) -> str:
        reponse = client.get(adresse.format(reponse=brouillon.reference))
        assert reponse.status_code == 200
        return html.unescape(reponse.content.decode()).replace("\N{NO-BREAK SPACE}", " ")

    return lire_la_page


@pytest.mark.parametrize("adresse", ["/reponses/{reponse}/pieces/offre/", "/prerequis-techniques/"])
def test_une_limite_changee_change_partout(lire, monkeypatch, adresse):
    monkeypatch.setattr(limits, "OCTETS_PAR_REPONSE", 33 * limits.GIGAOCTET)
    monkeypatch.setattr(limits, "OCTETS_PAR_FICHIER", 7 * limits.GIGAOCTET)
    monkeypatch.setattr(limits, "FICHIERS_PAR_REPONSE", 4321)

    page = lire(adresse)

    assert [mots for mots in ("33 Go", "7 Go", "4 321") if mots not in page] == []


@pytest.mark.parametrize("adresse", ["/reponses/{reponse}/pieces/offre/", "/prerequis-techniques/"])
def test_les_memes_navigateurs_sont_nommes_partout(lire, monkeypatch, adresse):
    monkeypatch.setattr(navigateurs, "MINIMUMS", (("Firefox", 999), ("Safari", 77)))

    assert "Firefox 999, Safari 77, ou plus récent" in lire(adresse)


def test_les_navigateurs_nommes_ont_ce_que_le_script_construit_demande():
    """ES2022, les modules et OPFS : Firefox 111, Chrome 108 et Safari 16.4 au moins."""
    planchers = {"Firefox": 111, "Chrome": 108, "Edge": 108, "Safari": 17}

    assert all(version >= planchers[nom] for nom, version in navigateurs.MINIMUMS)
