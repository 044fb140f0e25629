"""La liste publique, les acheteurs : des adresses qui se partagent, sans compte ni cookie."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from beffroi.publicite.recherche import index
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.tests import scene as fiches
from formats.dates import PARIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(time_machine):
    time_machine.move_to(fiches.LE, tick=False)
    return Client()


def lue(client, adresse):
    """Le texte de la page, sans les espaces insécables de la typographie."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return unescape(reponse.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def test_la_liste_cherche_et_montre_chaque_critere_avec_de_quoi_le_retirer(client):
    fiches.fiche()

    page = lue(client, "/consultations/?q=toitures&lieu=bomy&cpv=45")

    assert "Réfection de la toiture" in page and "Une consultation." in page
    assert 'href="/consultations/?q=toitures&cpv=45">Retirer' in page
    assert 'href="/consultations/?cpv=45&lieu=bomy">Retirer' in page


def test_la_faute_de_frappe_est_pardonnee_et_dite(client):
    fiches.fiche()

    page = lue(client, "/consultations/?q=toitrue")

    assert "Résultats pour « toiture »" in page and "(vous aviez écrit « toitrue »)" in page


def test_un_critere_illisible_est_dit_et_ne_cache_rien(client):
    fiches.fiche()

    page = lue(client, "/consultations/?nature=fusées&avant=demain&page=zero&cpv=toit")

    assert "Réfection de la toiture" in page
    assert "« demain » est laissé de côté : une date s'écrit comme 2027-01-31." in page.replace(
        "’", "'"
    )
    assert "« zero » n'est pas un numéro de page" in page.replace("’", "'")


@pytest.mark.parametrize(
    ("adresse", "phrase"),
    [
        ("/consultations/", "Aucune consultation n'est ouverte en ce moment"),
        ("/consultations/?q=zygomatique", "Aucune consultation n'emploie le mot « zygomatique »"),
        ("/consultations/?cpv=09", "Aucune consultation ne répond à tous ces critères"),
        ("/acheteurs/", "Aucun acheteur n'a encore publié"),
        ("/acheteurs/?q=lens", "Aucun acheteur ne porte le nom « lens »"),
    ],
)
def test_une_liste_vide_apprend_quoi_faire(client, adresse, phrase):
    assert phrase in lue(client, adresse).replace("’", "'")


def test_rien_d_ouvert_mais_des_closes_c_est_propose(client):
    fiches.fiche(dans_jours=-5)

    page = lue(client, "/consultations/?q=toiture")

    assert 'href="/consultations/?q=toiture&etat=toutes"' in page
    assert "Close" in lue(client, "/consultations/?q=toiture&etat=toutes")


def test_au_dela_de_mille_le_compte_s_arrete(client, monkeypatch):
    monkeypatch.setattr(index, "PLAFOND", 3)
    for _ in range(5):
        fiches.fiche()

    assert "Plus de 3 consultations." in lue(client, "/consultations/")


def test_les_pages_gardent_la_recherche(client):
    for rang in range(25):
        fiches.fiche(f"Toiture {rang}", dans_jours=rang + 1)

    page = lue(client, "/consultations/?q=toiture")

    assert "Page 1 sur 2" in page and 'href="/consultations/?q=toiture&page=2"' in page
    assert "Toiture 24" in lue(client, "/consultations/?q=toiture&page=2")
    assert "Il n'y a pas de page 9" in lue(client, "/consultations/?q=toiture&page=9").replace(
        "’", "'"
    )


def test_la_page_d_un_acheteur_montre_l_ouvert_et_le_clos(client):
    fiches.fiche("Toiture ouverte"), fiches.fiche("Toiture close", dans_jours=-9)
    fiches.fiche("Ailleurs", siren="216204982", acheteur="Commune de Lens")

    page = lue(client, "/acheteurs/216201558/")

    assert "Toiture ouverte" in page and "Toiture close" in page and "Ailleurs" not in page
    assert "/acheteurs/216201558/atom.xml" in page


def test_les_acheteurs_se_cherchent_par_leur_nom(client):
    fiches.fiche(), fiches.fiche(siren="216204982", acheteur="Commune de Saint-Étienne-au-Mont")

    page = lue(client, "/acheteurs/?q=etienne")

    assert "Saint-Étienne" in page and "Commune de Bomy" not in page
    assert "une consultation ouverte" in page


@pytest.mark.parametrize(
    "adresse", ["/acheteurs/999999999/", "/acheteurs/%00/", "/acheteurs/bomy/atom.xml"]
)
def test_un_acheteur_inconnu_est_introuvable(client, adresse):
    assert client.get(adresse).status_code == 404


@pytest.mark.parametrize(
    "adresse", ["/consultations/?q=toiture", "/acheteurs/", "/acheteurs/216201558/"]
)
def test_une_page_publique_se_garde_et_se_reverifie_sans_cookie(client, adresse):
    fiches.fiche()
    reponse = client.get(adresse)
    etiquette = reponse["ETag"]

    assert etiquette.startswith('W/"') and reponse.cookies == {}
    assert client.get(adresse, headers={"If-None-Match": etiquette}).status_code == 304

    fiches.fiche("Toiture nouvelle")
    assert client.get(adresse, headers={"If-None-Match": etiquette}).status_code == 200


def test_la_page_gardee_change_avec_le_temps_qui_reste(client, time_machine):
    fiches.fiche(dans_jours=2)
    etiquette = client.get("/consultations/")["ETag"]

    time_machine.move_to(fiches.LE + timedelta(days=1, hours=2), tick=False)

    assert client.get("/consultations/", headers={"If-None-Match": etiquette}).status_code == 200


def test_la_page_dit_ses_suites_aux_logiciels(client):
    fiches.fiche()

    lien = client.get("/consultations/?q=toiture")["Link"]

    assert (
        '</consultations/atom.xml?q=toiture>; rel="alternate"; type="application/atom+xml"' in lien
    )
    assert (
        '</consultations/calendrier.ics?q=toiture>; rel="alternate"; type="text/calendar"' in lien
    )


def test_les_raccourcis_de_l_accueil_filtrent_la_liste(client):
    limite = fiches.fiche().limite.astimezone(PARIS)

    def trouvee(requete):
        return "Réfection de la toiture" in lue(client, f"/consultations/?{requete}")

    assert trouvee("nature=travaux") and not trouvee("nature=services")
    assert trouvee(f"avant={limite:%Y-%m-%d}") and not trouvee(
        f"avant={limite - timedelta(days=1):%Y-%m-%d}"
    )


@pytest.mark.parametrize(
    "mots", ["%", "%27", "%22%27--", "%00", "x" * 10_000, "%F0%9F%8F%97", "toit%20" * 2_000]
)
def test_une_adresse_hostile_donne_une_page(client, mots):
    fiches.fiche()

    assert client.get(f"/consultations/?q={mots}").status_code == 200
    assert client.get(f"/consultations/atom.xml?q={mots}").status_code == 200


def test_la_liste_ne_lit_que_l_index(client, django_assert_max_num_queries):
    for rang in range(30):
        fiches.fiche(f"Toiture {rang}", lots=("Lot 1", "Lot 2"))
    client.get("/consultations/")

    with django_assert_max_num_queries(8):
        client.get("/consultations/?q=toiture&lieu=bomy")
    assert FicheIndexee.objects.count() == 30
