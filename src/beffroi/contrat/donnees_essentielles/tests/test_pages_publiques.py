"""Inès cherche qui achète quoi, à qui :
sans compte, en peu de gestes, sans rien apprendre de ce qui est tu.
"""

from decimal import Decimal

import pytest
from django.test import Client

from beffroi.contrat.donnees_essentielles import services
from beffroi.contrat.donnees_essentielles.tests.scene import (
    AUDINCTHUN,
    BOMY,
    CONCESSION,
    COUVREUR,
    LE,
    MARCHE,
    ZINGUEUR,
    marche,
    organisme,
)
from beffroi.contrat.donnees_essentielles.tests.test_publication import AVENANT
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.decp import Titulaire

pytestmark = pytest.mark.django_db
NOMS = {COUVREUR: {"nom": "Atelier du Faîtage", "code_postal": "62960"}}


@pytest.fixture
def client():
    return Client()


def publier(contrat, chez=BOMY, nom="Commune de Bomy"):
    return services.publier_la_fiche(
        organisme=organisme(chez, nom), marche=contrat, par=PLATEFORME, maintenant=LE, noms=NOMS
    )


@pytest.fixture
def trois(db):
    """Une toiture et un camping à Bomy, une voirie à Audincthun."""
    toiture = publier(marche(modifications=(AVENANT,)))
    camping = publier(CONCESSION)
    voirie = publier(
        marche(
            id="V1",
            acheteur_id=AUDINCTHUN,
            objet="Réfection des trottoirs",
            code_cpv="45233000",
            montant=Decimal(30_000),
            titulaires=(Titulaire(id=ZINGUEUR),),
        ),
        AUDINCTHUN,
        "Commune d'Audincthun",
    )
    return {"toiture": toiture, "camping": camping, "voirie": voirie}


@pytest.mark.parametrize(
    ("requete", "attendus"),
    [
        ("", {"toiture", "camping", "voirie"}),
        ("q=toitures", {"toiture"}),
        ("q=refection", {"toiture", "voirie"}),
        ("q=faitage", {"toiture"}),
        ("acheteur=bomy", {"toiture", "camping"}),
        (f"acheteur={AUDINCTHUN[:9]}", {"voirie"}),
        (f"titulaire={ZINGUEUR[:9]}", {"camping", "voirie"}),
        ("titulaire=faîtage", {"toiture"}),
        ("cpv=4523", {"voirie"}),
        ("lieu=62", {"toiture", "voirie"}),
        ("annee=2025", set()),
        ("de=40000", {"toiture", "camping"}),
        ("de=20 000&a=84 500,50", {"toiture", "voirie"}),
        ("q=zygomatique", set()),
    ],
)
def test_une_recherche_trouve_ce_qu_elle_dit(client, trois, requete, attendus):
    page = client.get(f"/marches/?{requete}").content.decode()

    assert {
        nom for nom, fiche in trois.items() if f"/marches/{fiche.reference}/" in page
    } == attendus


@pytest.mark.parametrize(
    "requete", ["cpv=toit", "annee=demain", "de=cher", "a=NaN", "de=9&a=1", "annee=２０２６"]
)
def test_un_critere_illisible_est_dit_et_laisse_de_cote(client, trois, requete):
    page = client.get(f"/marches/?{requete}").content.decode()

    assert 'class="motifs"' in page
    assert all(f"/marches/{fiche.reference}/" in page for fiche in trois.values())


def test_le_fichier_d_une_recherche_n_a_que_ses_contrats(client, trois):
    reponse = client.get("/marches/contrats.csv?acheteur=bomy")

    texte = reponse.getvalue().decode()
    assert trois["toiture"].reference in texte
    assert trois["voirie"].reference not in texte


def test_la_page_d_un_contrat_dit_ses_donnees_et_ce_qui_s_y_est_ajoute(client, trois):
    page = client.get(f"/marches/{trois['toiture'].reference}/").content.decode()

    assert "Atelier du Faîtage" in page
    assert "84 500,50 €" in page.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")
    assert "90 000 €" in page.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")


def test_la_page_d_un_titulaire_et_celle_d_un_acheteur_menent_l_une_a_l_autre(client, trois):
    titulaire = client.get(f"/marches/titulaires/{COUVREUR[:9]}/").content.decode()
    acheteur = client.get(f"/marches/acheteurs/{BOMY[:9]}/").content.decode()

    assert f"/marches/acheteurs/{BOMY[:9]}/" in titulaire
    assert f"/marches/titulaires/{COUVREUR[:9]}/" in acheteur


def test_un_montant_retenu_ne_se_lit_ni_ne_se_cherche(client):
    preparee = services.preparer_la_fiche(
        organisme=organisme(),
        contrat=marche(modifications=(AVENANT,)),
        par=PLATEFORME,
        maintenant=LE,
    )
    services.retenir(
        fiche=preparee, retenues={"montant": "Prix unitaire secret"}, par=PLATEFORME, maintenant=LE
    )
    fiche = services.publier_la_preparee(fiche=preparee, par=PLATEFORME, maintenant=LE)

    page = client.get(f"/marches/{fiche.reference}/").content.decode()

    assert "Prix unitaire secret" in page
    for suite in ("?de=84000&a=85000", "", "contrats.csv", "contrats.json"):
        assert "84500" not in client.get(f"/marches/{suite}").getvalue().decode().replace(
            "\N{NARROW NO-BREAK SPACE}", ""
        )
    assert "90 000" not in page.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")
    assert fiche.reference not in client.get("/marches/?de=84000&a=85000").content.decode()


def test_une_fiche_preparee_n_est_nulle_part(client):
    fiche = services.preparer_la_fiche(
        organisme=organisme(), contrat=MARCHE, par=PLATEFORME, maintenant=LE
    )

    for adresse in ("/marches/", "/donnees/decp.json", "/donnees/marches.csv", "/marches/atom.xml"):
        assert fiche.numero not in client.get(adresse).getvalue().decode()
    assert client.get(f"/marches/{fiche.reference}/").status_code == 404


def test_la_liste_annuelle_va_de_25_000_compris_a_40_000_exclu(client):
    for numero, montant in (("A", 24_999), ("B", 25_000), ("C", 39_999), ("D", 40_000)):
        publier(marche(id=numero, objet=f"Achat {numero}", montant=Decimal(montant)))

    page = client.get(f"/marches/acheteurs/{BOMY[:9]}/liste-2026/").content.decode()
    texte = client.get(f"/marches/acheteurs/{BOMY[:9]}/liste-2026.csv").content.decode()

    assert [nom for nom in "ABCD" if f"Achat {nom}" in page] == ["B", "C"]
    assert "Achat B;25000,00;02/11/2026;Atelier du Faîtage;62960" in texte


def test_les_tableaux_comptent_et_additionnent_ce_que_la_recherche_trouve(client, trois):
    contexte = client.get("/marches/?acheteur=bomy").context

    par_titulaire = next(
        tableau for tableau in contexte["tableaux"] if tableau.ancre == "titulaires"
    )
    assert [(part.nombre, part.total) for part, _ in par_titulaire.lignes] == [
        (1, Decimal(600_000)),
        (1, MARCHE.montant),
    ]


def test_la_page_publique_se_revalide(client, trois):
    etiquette = client.get("/marches/")["ETag"]

    assert client.get("/marches/", headers={"If-None-Match": etiquette}).status_code == 304
