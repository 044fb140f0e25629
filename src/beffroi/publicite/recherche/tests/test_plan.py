"""Le plan du site et ce que ses robots lisent : rien de réservé, rien d'un espace d'essai."""

from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from lxml import etree

from beffroi.publicite.recherche.tests import scene as fiches

pytestmark = pytest.mark.django_db
ESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def robots() -> RobotFileParser:
    lus = RobotFileParser()
    lus.parse(Client().get("/robots.txt").content.decode().splitlines())
    return lus


def test_un_robot_lit_les_consultations_et_pas_la_connexion():
    lus = robots()

    assert lus.can_fetch("*", "/consultations/2026-0001/") and lus.can_fetch("*", "/")
    assert not lus.can_fetch("*", "/compte/connexion/") and not lus.can_fetch("*", "/api/v1/")
    assert lus.site_maps() and lus.site_maps()[0].endswith("/sitemap.xml")


def test_un_espace_d_essai_ne_se_lit_pas(settings):
    settings.ESPACE = "ecole"

    assert not robots().can_fetch("*", "/consultations/2026-0001/")


def test_le_plan_nomme_chaque_consultation_publiee_et_son_acheteur():
    fiche = fiches.fiche()

    plan = etree.fromstring(Client().get("/sitemap.xml").content)

    adresses = plan.xpath("//s:loc/text()", namespaces=ESPACE)
    assert any(une.endswith(f"/consultations/{fiche.reference}/") for une in adresses)
    assert any(une.endswith("/consultations/") for une in adresses)
    assert all(une.startswith("http") for une in adresses)
