"""Chercher par l'API donne ce que la page donne,
ni plus ni moins, sans rien répéter d'une page à l'autre.
"""

from urllib.parse import quote

import pytest
from django.test import Client

from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.tests import scene as fiches

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(time_machine):
    time_machine.move_to(fiches.LE, tick=False)
    return Client()


def chercher(client, demande=""):
    reponse = client.get(f"/api/v1/recherche?{demande}")
    assert reponse.status_code == 200, reponse.content
    return reponse.json()


def titres(page):
    return [trouvee["titre"] for trouvee in page["consultations"]]


def tout_lire(client, demande, *, entre=lambda: None):
    page = chercher(client, f"{demande}&limite=2")
    lus = titres(page)
    while page["suivant"]:
        entre()
        page = chercher(client, f"{demande}&limite=2&curseur={page['suivant']}")
        lus += titres(page)
    return lus


@pytest.mark.parametrize(
    "demande",
    [
        "",
        "q=toitures&lieu=bomy",
        "cpv=45",
        "dep=62&etat=toutes",
        "q=toitrue",
        "acheteur=216201558",
        "avant=2026-11-12",
    ],
)
def test_l_api_rend_ce_que_la_page_montre_dans_le_meme_ordre(client, demande):
    (
        fiches.fiche(),
        fiches.fiche("Toiture de la mairie", dans_jours=1),
        fiches.fiche("Curage", lieu="Lens", dans_jours=-3),
    )

    page = client.get(f"/consultations/?{demande}").content.decode()
    trouvees = chercher(client, demande)["consultations"]

    places = [page.index(f"/consultations/{trouvee['reference']}/") for trouvee in trouvees]
    assert trouvees and places == sorted(places)
    absentes = FicheIndexee.objects.exclude(
        reference__in=[trouvee["reference"] for trouvee in trouvees]
    )
    assert not any(f"/consultations/{fiche.reference}/" in page for fiche in absentes)


@pytest.mark.parametrize("etat", ["ouvertes", "toutes"])
def test_les_pages_se_suivent_sans_repeter_ni_sauter(client, etat):
    attendus = [fiches.fiche(f"Achat {rang}", dans_jours=9 + rang % 3).titre for rang in range(7)]

    lus = tout_lire(client, f"etat={etat}")

    assert sorted(lus) == attendus


@pytest.mark.parametrize("etat", ["ouvertes", "toutes"])
def test_ce_qui_se_publie_entre_deux_pages_ne_repete_rien(client, etat):
    attendus = [fiches.fiche(f"Achat {rang}").titre for rang in range(6)]

    lus = tout_lire(
        client,
        f"etat={etat}",
        entre=lambda: fiches.fiche("Nouvelle", dans_jours=1, publiee_il_y_a=0),
    )

    assert sorted(titre for titre in lus if titre != "Nouvelle") == attendus
    assert len([titre for titre in lus if titre == "Nouvelle"]) <= 3


def test_une_fiche_qui_sort_des_resultats_ne_fait_pas_perdre_la_suite(client):
    for rang in range(4):
        fiches.fiche(f"Achat {rang}", dans_jours=rang + 1)
    page = chercher(client, "limite=2")
    FicheIndexee.objects.filter(titre="Achat 1").update(en_cours=False)

    assert titres(chercher(client, f"curseur={page['suivant']}")) == ["Achat 2", "Achat 3"]


def test_ce_qui_ne_se_lit_pas_est_dit_comme_sur_la_page(client):
    fiches.fiche()

    page = chercher(client, "dep=999&q=toitrue")

    assert page["ecartes"] == [
        "« 999 » est laissé de côté : un département s'écrit comme 62, 2A ou 974."
    ]
    assert page["corrections"] == [{"ecrit": "toitrue", "cherche": "toiture"}]


def test_un_caractere_nul_se_lit_comme_sur_la_page(client):
    fiches.fiche()

    assert titres(chercher(client, "q=toiture%00")) == ["Réfection de la toiture"]


@pytest.mark.parametrize(
    "curseur", ["x", "1.2", "1.2.3", f"1.{'9' * 18}.{'a' * 16}", "%00", quote("é" * 9)]
)
def test_un_curseur_illisible_est_refuse(client, curseur):
    reponse = client.get(f"/api/v1/recherche?curseur={curseur}")

    assert (reponse.status_code, reponse["Content-Type"]) == (422, "application/problem+json")


def test_un_curseur_ne_vaut_que_pour_sa_recherche(client):
    for rang in range(3):
        fiches.fiche(f"Toiture {rang}")
    suivant = chercher(client, "q=toiture&limite=1")["suivant"]

    reponse = client.get(f"/api/v1/recherche?q=curage&curseur={suivant}")

    assert reponse.status_code == 404 and "autre recherche" in reponse.json()["detail"]


def test_la_page_donne_l_adresse_des_memes_resultats(client):
    fiches.fiche()

    lien = client.get("/consultations/?q=toiture")["Link"]

    assert '</api/v1/recherche?q=toiture>; rel="alternate"; type="application/json"' in lien
