"""Ce que tout logiciel lit sans jeton."""

import pytest

from beffroi.faces.api.tests.logiciel import sans_nom


def lire(client, chemin):
    return client.get(f"/api/v1/{chemin}")


def test_une_consultation_publiee_se_lit_sans_jeton(scene, client):
    consultation = scene.publiee()

    lue = lire(client, f"consultations/{consultation.reference}").json()

    assert (lue["titre"], lue["acheteur"]["siret"]) == (consultation.titre, scene.organisme.siret)
    assert lue["documents"][0]["sha256"] == consultation.pieces.get().sha256
    assert lue["adresse"].endswith(f"/consultations/{consultation.reference}/")


def test_un_brouillon_et_une_reference_inventee_repondent_de_meme(scene, client):
    brouillon = lire(client, f"consultations/{scene.brouillon().reference}")
    inventee = lire(client, "consultations/2020-0000")

    assert brouillon.status_code == inventee.status_code == 404
    assert sans_nom(brouillon) == sans_nom(inventee)


def test_la_liste_se_lit_page_apres_page_sans_rien_repeter(scene, client):
    publiees = [scene.publiee(titre=f"Achat {rang}").reference for rang in range(3)]

    premiere = lire(client, "consultations?limite=2").json()
    seconde = lire(client, f"consultations?limite=2&apres={premiere['suivant']}").json()

    lues = [
        consultation["reference"]
        for page in (premiere, seconde)
        for consultation in page["consultations"]
    ]
    assert lues == publiees
    assert seconde["suivant"] is None


def test_le_fil_se_reprend_la_ou_on_l_a_laisse(scene, client):
    premiere, seconde = scene.publiee(), scene.publiee(titre="Autre achat")

    debut = lire(client, "changements?limite=1").json()
    suite = lire(client, f"changements?apres={debut['suivant']}").json()
    fin = lire(client, f"changements?apres={suite['suivant']}").json()

    assert [fait["consultation"] for fait in debut["changements"]] == [premiere.reference]
    assert [fait["consultation"] for fait in suite["changements"]] == [seconde.reference]
    assert fin == {"changements": [], "suivant": suite["suivant"]}


@pytest.mark.parametrize("demande", ["apres=-1", "limite=0", "limite=9999", "apres=abc"])
def test_une_demande_illisible_est_dite(scene, client, demande):
    reponse = lire(client, f"changements?{demande}")

    assert reponse.status_code == 422
    assert reponse["Content-Type"] == "application/problem+json"
    assert demande.split("=")[0] in reponse.json()["detail"]


def test_la_description_de_l_api_est_valide_et_dit_les_lectures_publiques(client, db):
    from openapi_spec_validator import validate

    description = lire(client, "openapi.json").json()

    validate(description)
    assert description["openapi"].startswith("3.1")
    assert "security" not in description["paths"]["/api/v1/changements"]["get"]
