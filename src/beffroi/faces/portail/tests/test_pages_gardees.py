"""Ce que tous lisent se garde, et se revérifie sans se recharger (RFC 9110, § 13)."""

import pytest
import time_machine
from django.test import Client

from beffroi.faces.portail.tests.test_pages import LE_8_JANVIER, PAGES, Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter

pytestmark = pytest.mark.django_db
AIDE = ["/aide/entreprise/", "/aide/glossaire/", "/aide/chercher/?q=scellement", "/contact/"]
DONNEES = ["/donnees/", "/donnees/catalogue.jsonld", "/donnees/profils-d-acheteur.csv"]
OUTILS = [
    "/outils/calendrier/",
    "/outils/seuils/?date=2026-04-01",
    "/outils/contribution/?agents=420&volume=9&exercice=2027",
]
DE_TOUS = [*(page for page in PAGES if page != "/composants/"), *AIDE, *DONNEES, *OUTILS]


@pytest.mark.parametrize("adresse", DE_TOUS)
def test_une_page_de_tous_se_reverifie_sans_se_recharger(adresse):
    with time_machine.travel(LE_8_JANVIER, tick=False):
        etiquette = Client().get(adresse)["ETag"]
    with time_machine.travel(LE_8_JANVIER.replace(minute=59), tick=False):
        relue = Client().get(adresse, headers={"If-None-Match": etiquette})

    assert (relue.status_code, relue.content) == (304, b"")


@pytest.mark.parametrize("adresse", ["/plan-du-site/", "/aide/entreprise/", "/donnees/"])
def test_la_page_d_une_personne_connectee_n_est_gardee_nulle_part(adresse):
    martine = Utilisateur.objects.create(
        courriel="martine@bomy.example", nom="Martine Caron", cree_le=LE_8_JANVIER
    )

    page = connecter(Client(), martine).get(adresse)

    assert page["Cache-Control"] == "private, no-store"
    assert not page.has_header("ETag")


@pytest.mark.parametrize(
    "adresse", ["/mes-reponses/", "/entreprise/", "/messages/", "/a-faire/", "/compte/adresse/"]
)
def test_une_page_privee_ne_reste_pas_sur_un_poste_partage(adresse):
    martine = Utilisateur.objects.create(
        courriel="martine@bomy.example", nom="Martine Caron", cree_le=LE_8_JANVIER
    )

    page = connecter(Client(), martine).get(adresse)

    assert page.status_code == 200 and "no-store" in page["Cache-Control"]


def test_ce_qu_un_jeton_obtient_ne_se_garde_pas():
    reponse = Client().get("/api/v1/depots", headers={"Authorization": "Bearer faux"})

    assert "no-store" in reponse["Cache-Control"]


def test_la_page_dit_aux_scripts_le_nom_du_temoin_quand_il_n_est_pas_l_ordinaire(settings):
    assert "data-temoin" not in Client().get("/").content.decode()

    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"

    assert 'data-temoin="__Host-csrftoken"' in Client().get("/").content.decode()


def test_un_site_tiers_lit_aussi_qu_un_fichier_n_a_pas_change():
    etiquette = Client().get("/donnees/catalogue.jsonld")["ETag"]

    relue = Client().get("/donnees/catalogue.jsonld", headers={"If-None-Match": etiquette})

    assert relue["Access-Control-Allow-Origin"] == "*"
