"""Les fichiers publics : justes, au schéma officiel, les mêmes octets pour les mêmes fiches."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.contrat.donnees_essentielles import services
from beffroi.contrat.donnees_essentielles.tests.scene import (
    AUDINCTHUN,
    BOMY,
    CONCESSION,
    LE,
    MARCHE,
    marche,
    organisme,
)
from beffroi.contrat.donnees_essentielles.tests.test_publication import AVENANT
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.decp import officiel
from formats.decp.lecture import arbre_lu, lire, racine_xml
from formats.tests.normes import NORMES

pytestmark = pytest.mark.django_db
VOISINE = marche(id="2026-A-1", acheteur_id=AUDINCTHUN)


@pytest.fixture
def client():
    return Client()


def publier(contrat, chez=BOMY, nom="Commune de Bomy", **reste):
    return services.publier_la_fiche(
        organisme=organisme(chez, nom), marche=contrat, par=PLATEFORME, maintenant=LE, **reste
    )


def lu(reponse) -> bytes:
    assert reponse.status_code == 200
    return b"".join(reponse.streaming_content)


def trois_contrats():
    publier(marche(modifications=(AVENANT,)))
    publier(CONCESSION)
    publier(VOISINE, AUDINCTHUN, "Commune d'Audincthun")


def test_le_fichier_rend_chaque_contrat_a_l_identique(client):
    trois_contrats()

    lecture = lire(lu(client.get("/donnees/decp.json")))

    assert lecture.defauts == ()
    assert lecture.paquet.marches == (marche(modifications=(AVENANT,)), VOISINE)
    assert lecture.paquet.concessions == (CONCESSION,)


def test_le_xml_et_le_json_disent_la_meme_chose(client):
    trois_contrats()

    assert lire(lu(client.get("/donnees/decp.xml"))) == lire(lu(client.get("/donnees/decp.json")))


@pytest.mark.parametrize(
    "contrats", [(), (MARCHE,), (CONCESSION,), (MARCHE, CONCESSION)], ids=["0", "m", "c", "m+c"]
)
def test_le_fichier_est_valide_au_schema_officiel(client, contrats):
    for contrat in contrats:
        publier(contrat)
    en_json, en_xml = (lu(client.get(f"/donnees/decp.{sorte}")) for sorte in ("json", "xml"))
    schema, xsd = (officiel.schema_installe(NORMES, xml=xml) for xml in (False, True))
    if schema is None or xsd is None:
        pytest.skip("Le schéma officiel n'est pas installé : rien à valider.")

    assert list(officiel.verifier_le_json(arbre_lu(en_json), schema)) == []
    if contrats:
        assert list(officiel.verifier_le_xml(racine_xml(en_xml), xsd)) == []


def test_un_acheteur_et_une_annee_ont_leur_fichier(client):
    trois_contrats()
    publier(
        marche(
            id="2025-1",
            date_notification=date(2025, 3, 1),
            date_publication_donnees=date(2025, 3, 2),
        )
    )

    def numeros(portee):
        return [un.id for un in lire(lu(client.get(f"/donnees/decp/{portee}.json"))).paquet.marches]

    assert numeros(AUDINCTHUN[:9]) == ["2026-A-1"]
    assert numeros("2025") == ["2025-1"]
    assert numeros("1999") == []


@pytest.mark.parametrize(
    "adresse", ["/donnees/decp/999999999.json", "/donnees/decp/26.json", "/donnees/decp.csv"]
)
def test_un_fichier_qui_n_existe_pas_n_existe_pas(client, adresse):
    assert client.get(adresse).status_code == 404


def test_une_fiche_d_une_autre_voie_n_est_pas_au_fichier_et_sa_page_dit_ou(client):
    fiche = publier(MARCHE, canal="pes")

    assert lire(lu(client.get("/donnees/decp.json"))).paquet.marches == ()
    assert "PES Marché" in client.get(f"/marches/{fiche.reference}/").content.decode()


def test_un_fichier_inchange_ne_se_renvoie_pas_et_un_ajout_le_renouvelle(client):
    fiche = publier(MARCHE)
    premier = client.get("/donnees/decp.json")
    entetes = {"If-None-Match": premier["ETag"]}

    assert client.get("/donnees/decp.json", headers=entetes).status_code == 304
    services.ajouter_une_modification(
        fiche=fiche, modification=AVENANT, par=PLATEFORME, maintenant=LE
    )
    assert client.get("/donnees/decp.json", headers=entetes).status_code == 200


@pytest.mark.parametrize("sorte", ["csv", "json", "ods"])
def test_les_memes_fiches_donnent_les_memes_octets(client, sorte):
    trois_contrats()
    premiere, seconde = (client.get(f"/donnees/marches.{sorte}") for _ in range(2))

    assert premiere.getvalue() == seconde.getvalue()
    assert premiere["Access-Control-Allow-Origin"] == "*"


def test_le_csv_et_le_json_ont_les_memes_contrats(client):
    trois_contrats()
    texte = (
        lu(client.get("/donnees/marches.csv"))
        .decode()
        .removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    )
    du_csv = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    du_json = json.loads(lu(client.get("/donnees/marches.json")))

    assert [une["reference"] for une in du_csv] == [une["reference"] for une in du_json]
    assert (
        Decimal(du_csv[0]["montant"].replace(",", "."))
        == Decimal(str(du_json[0]["montant"]))
        == MARCHE.montant
    )


def test_un_objet_qui_ressemble_a_une_formule_reste_un_texte(client):
    publier(marche(objet="=1+1"))

    assert ";'=1+1;" in lu(client.get("/donnees/marches.csv")).decode()


def test_cent_fiches_se_lisent_en_autant_de_requetes_qu_une(client, django_assert_num_queries):
    trois_contrats()

    with django_assert_num_queries(
        2 + 2 * 3
    ):  # la version ; marchés et concessions, chacun avec ses suites
        lu(client.get("/donnees/decp.json"))


def test_l_ocds_d_une_annee_demande_un_prefixe_enregistre(client, settings):
    trois_contrats()
    settings.OCDS_PREFIXE = ""
    assert client.get("/donnees/ocds/2026.json").status_code == 404

    settings.OCDS_PREFIXE = "ocds-essai1"
    premier, second = (lu(client.get("/donnees/ocds/2026.json")) for _ in range(2))
    publications = json.loads(premier)["releases"]

    assert premier == second
    assert len(publications) == 4  # trois contrats, dont un modifié
    assert {une["buyer"]["name"] for une in publications} == {
        "Commune de Bomy",
        "Commune d'Audincthun",
    }
