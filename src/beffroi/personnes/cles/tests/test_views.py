"""Les pages des clés :
ce qu'elles montrent, ce qu'elles refusent, et que rien de secret n'en sort.
"""

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.personnes.cles import queries
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


@pytest.fixture
def martine():
    return creer_utilisateur(
        courriel="martine@bomy.example",
        nom="Martine Caron",
        adresse_verifiee=True,
        maintenant=maintenant(),
    )


@pytest.fixture
def client(martine):
    return connecter(Client(), martine)


def envoi(personne, *fentes):
    signature = porteurs.cle_de_signature(porteurs.secret_de(personne))
    return {
        "destinataire": porteurs.secret_de(personne).recipient.encode(),
        "cle_de_signature": base64.b64encode(signature.publique).decode(),
        "preuve_de_possession": base64.b64encode(signature.preuve).decode(),
        "fentes": [
            {
                "sorte": fente.sorte,
                "libelle": fente.libelle,
                "contenu": base64.b64encode(fente.contenu).decode(),
                "parametres": {},
                "essayee": fente.essayee,
            }
            for fente in fentes
        ],
    }


def poster(client, adresse, corps):
    return client.post(adresse, json.dumps(corps), content_type="application/json")


def test_sans_cle_la_page_propose_d_en_creer_une(client):
    page = client.get("/cles/").content.decode()

    assert "Vous n’avez pas encore de clé" in page
    assert "/cles/creer/" in page


def test_le_navigateur_enregistre_la_cle_puis_confirme_le_code(client, martine):
    cree = poster(client, "/cles/creer/", envoi(martine, porteurs.PHRASE, porteurs.SECOURS))
    confirme = poster(client, "/cles/secours/", {})

    assert (cree.status_code, confirme.status_code) == (201, 200)
    assert queries.est_prete(queries.identite_en_cours(martine))


def test_un_refus_revient_au_script_en_une_phrase(client, martine):
    reponse = poster(client, "/cles/creer/", envoi(martine, porteurs.PHRASE))

    assert reponse.status_code == 422
    assert (
        reponse.json()["message"]
        == "Il manque le code de secours imprimé. Sans lui, une clé oubliée est perdue."
    )


@pytest.mark.parametrize(
    "corps", [b"", b"[]", b'{"destinataire": 3}', b'{"destinataire": "x", "fentes": ["a"]}']
)
def test_un_envoi_illisible_donne_une_phrase(client, corps):
    reponse = client.post("/cles/creer/", corps, content_type="application/json")

    assert reponse.status_code == 422
    assert "Rechargez la page" in reponse.json()["message"]


def test_l_essai_se_fait_en_rendant_le_secret_du_canari(client, martine):
    organisme = creer_organisme(
        nom="Bomy", siret="21620155800014", par=PLATEFORME, maintenant=maintenant()
    )
    porteurs.trois_gardiens(maintenant=maintenant())
    collegue = creer_utilisateur(
        courriel="helene@bomy.example",
        nom="Hélène Duriez",
        adresse_verifiee=True,
        maintenant=maintenant(),
    )
    membres = [porteurs.donner_une_cle(p, maintenant=maintenant()) for p in (martine, collegue)]
    paire = porteurs.deposer_une_paire(organisme, membres, maintenant=maintenant())
    part = queries.part_de(martine, paire)
    clair = base64.b64encode(porteurs.ouvrir(part.canari_scelle, martine)).decode()

    fente = queries.fentes_de(part.identite).first()
    ouverts = [{"reference": part.reference, "clair": clair}]
    reponse = poster(
        client, f"/cles/canari/{part.reference}/", {"fente": fente.reference, "ouverts": ouverts}
    )
    fente.refresh_from_db()

    assert reponse.status_code == 200
    assert fente.ouverte_le > fente.creee_le
    assert porteurs.prets(paire, le=maintenant()) == [martine]
    assert "L’essai est réussi" in client.get("/cles/").content.decode()
    assert "Essai réussi" in client.get(f"/cles/canari/{part.reference}/").content.decode()


def test_l_essai_d_une_autre_est_introuvable(client, martine):
    gardien = porteurs.trois_gardiens(maintenant=maintenant())[0]

    assert client.get(f"/cles/canari/{gardien.reference}/").status_code == 404


@pytest.mark.moteurs
def test_un_gardien_trouve_son_essai_sur_sa_page(martine):
    gardien = porteurs.trois_gardiens(maintenant=maintenant(), prets=3)[0]
    client = connecter(Client(), gardien.utilisateur)

    refait = client.post(f"/cles/canari/{gardien.reference}/refaire/", follow=True)

    assert "Essayer ma clé" in refait.content.decode()
    assert "Faire mon essai de gardien" in client.get("/cles/").content.decode()


def test_un_essai_ancien_se_signale(client, martine):
    porteurs.donner_une_cle(martine, maintenant=maintenant() - timedelta(days=100))

    assert "Aucun essai encore" in client.get("/cles/").content.decode()


def test_retirer_sa_cle_demande_une_seconde_page(client, martine):
    porteurs.donner_une_cle(martine, maintenant=maintenant())

    page = client.get("/cles/retirer/").content.decode()
    client.post("/cles/retirer/")

    assert "Retirer cette clé" in page
    assert queries.identite_en_cours(martine) is None


def test_un_essai_ou_rien_ne_s_est_ouvert_ne_compte_pas(client, martine):
    porteurs.donner_une_cle(martine, maintenant=maintenant())
    fente = queries.fentes_de(queries.identite_en_cours(martine)).first()
    ouverte_le = fente.ouverte_le

    reponse = poster(
        client, f"/cles/canari/{fente.reference}/", {"fente": fente.reference, "ouverts": []}
    )
    fente.refresh_from_db()

    assert reponse.status_code == 422
    assert fente.ouverte_le == ouverte_le
