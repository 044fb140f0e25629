"""Les façons d'ouvrir sa clé :
en ajouter, en retirer, et ne compter que celles qui ont déjà ouvert.
"""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from beffroi.personnes.cles import queries, services
from beffroi.personnes.cles.fentes import FenteScellee, Preuve
from beffroi.personnes.cles.models import Fente
from beffroi.personnes.cles.scellement import empreinte_du_canari
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)
PASSKEY = FenteScellee(
    sorte="passkey",
    contenu=b"age-encryption.org/v1\n-> age-encryption.org/fido2prf c2Vs\n",
    libelle="téléphone",
    essayee=True,
)
CLAIR = bytes(range(32))
PREUVE = Preuve(clair=CLAIR, empreinte_attendue=empreinte_du_canari(CLAIR))


@pytest.fixture
def martine():
    return creer_utilisateur(
        courriel="martine@bomy.example",
        nom="Martine Caron",
        adresse_verifiee=True,
        maintenant=LUNDI,
    )


@pytest.fixture
def identite(martine):
    return porteurs.donner_une_cle(martine, maintenant=LUNDI)


def ajouter(identite, fente=PASSKEY, preuve=PREUVE):
    return services.ajouter_fente(
        identite=identite,
        fente=fente,
        preuve=preuve,
        par=identite.utilisateur.acteur,
        maintenant=LUNDI,
    )


def retirer(fente):
    return services.retirer_fente(fente=fente, par=PLATEFORME, maintenant=LUNDI)


def la_fente(identite, sorte):
    return identite.fentes.get(sorte=sorte)


def test_une_facon_ajoutee_s_inscrit_et_la_personne_en_est_avertie(identite, martine):
    fente = ajouter(identite)

    ecriture = Ecriture.objects.get(acte="cles.fente_ajoutee")
    courriel = Courriel.objects.get(destinataire=martine.courriel)
    assert fente.reference in ecriture.contenu
    assert "Clé d'accès (passkey), téléphone" in courriel.texte
    assert fente.ouverte_le == LUNDI


@pytest.mark.parametrize(
    "preuve",
    [Preuve(clair=bytes(32), empreinte_attendue=PREUVE.empreinte_attendue), Preuve(b"", "")],
)
def test_sans_cle_ouverte_rien_ne_s_ajoute(identite, preuve):
    with pytest.raises(RegleEnfreinte, match="pas été ouverte"):
        ajouter(identite, preuve=preuve)

    assert identite.fentes.count() == 2


def test_une_cle_n_a_pas_un_nombre_sans_fin_de_facons(identite):
    for _ in range(8):
        ajouter(identite)

    with pytest.raises(RegleEnfreinte, match="10 façons"):
        ajouter(identite)


def test_la_phrase_se_retire_quand_une_cle_d_acces_reste(identite):
    ajouter(identite)

    retirer(la_fente(identite, "phrase"))

    assert queries.sortes_de(identite) == {"passkey", "secours"}
    assert queries.est_prete(identite)
    assert Ecriture.objects.filter(acte="cles.fente_retiree").count() == 1


@pytest.mark.parametrize(
    ("sorte", "motif"), [("phrase", "chaque jour"), ("secours", "code de secours")]
)
def test_les_deux_dernieres_facons_restent(identite, sorte, motif):
    with pytest.raises(RegleEnfreinte, match=motif):
        retirer(la_fente(identite, sorte))

    assert identite.fentes.count() == 2


def test_une_facon_jamais_essayee_ne_remplace_rien(identite):
    ajouter(identite, replace(PASSKEY, essayee=False))

    with pytest.raises(RegleEnfreinte, match="chaque jour"):
        retirer(la_fente(identite, "phrase"))


def test_une_facon_jamais_essayee_ne_rend_pas_pret(martine):
    fentes = [replace(porteurs.PHRASE, essayee=False), porteurs.SECOURS]
    identite = porteurs.donner_une_cle(martine, maintenant=LUNDI, fentes=fentes)
    avant = queries.est_prete(identite)

    services.noter_l_ouverture(fente=la_fente(identite, "phrase"), maintenant=LUNDI)

    assert (avant, queries.est_prete(identite)) == (False, True)


def test_un_code_refait_permet_de_retirer_l_ancien(identite):
    ancien = la_fente(identite, "secours")
    ajouter(identite, porteurs.SECOURS)

    retirer(ancien)

    assert queries.est_prete(identite)


def test_la_facon_d_une_autre_est_introuvable(identite):
    helene = creer_utilisateur(
        courriel="helene@bomy.example", nom="Hélène", adresse_verifiee=True, maintenant=LUNDI
    )

    with pytest.raises(Introuvable):
        queries.fente_pour(helene, la_fente(identite, "phrase").reference)


# ---------------------------------------------------------------- pages


def envoi(client, martine, **changements):
    """La page donne un canari ; le navigateur le rend avec la façon neuve."""
    donnees = client.get("/cles/facons/passkey/ajouter/").context["donnees"]
    clair = porteurs.ouvrir(base64.b64decode(donnees["canari"]), martine)
    fente = {
        "sorte": "passkey",
        "libelle": "téléphone",
        "contenu": base64.b64encode(PASSKEY.contenu).decode(),
        "parametres": {"identifiant": "x"},
        "essayee": True,
    }
    corps = {"fente": fente, "clair": base64.b64encode(clair).decode(), **changements}
    return client.post(
        "/cles/facons/passkey/ajouter/", json.dumps(corps), content_type="application/json"
    )


def test_le_canari_de_la_page_ne_sert_qu_une_fois(identite, martine):
    client = connecter(Client(), martine)
    premier = envoi(client, martine)
    rejoue = client.post(
        "/cles/facons/passkey/ajouter/", premier.wsgi_request.body, content_type="application/json"
    )

    assert (premier.status_code, rejoue.status_code) == (201, 422)
    assert "téléphone" in client.get("/cles/").content.decode()


def test_une_session_sans_la_cle_n_ajoute_rien(identite, martine):
    reponse = envoi(
        connecter(Client(), martine), martine, clair=base64.b64encode(bytes(32)).decode()
    )

    assert reponse.status_code == 422
    assert not Fente.objects.filter(sorte="passkey").exists()


def test_la_page_dit_pourquoi_la_derniere_facon_reste(identite, martine):
    fente = la_fente(identite, "phrase")

    page = (
        connecter(Client(), martine)
        .get(f"/cles/facons/{fente.reference}/retirer/")
        .content.decode()
    )

    assert "Elle ne peut pas encore être retirée" in page


def test_le_code_de_secours_seul_est_propose_a_qui_a_perdu_sa_phrase(identite, martine):
    page = connecter(Client(), martine).get("/cles/facons/phrase/ajouter/?avec=secours")

    assert [fente["sorte"] for fente in page.context["donnees"]["fentes"]] == ["secours"]


def test_retirer_efface_et_revient_a_la_cle(identite, martine):
    ajouter(identite)
    fente = la_fente(identite, "phrase")

    reponse = connecter(Client(), martine).post(
        f"/cles/facons/{fente.reference}/retirer/", follow=True
    )

    assert "est effacée" in reponse.content.decode()
    assert not Fente.objects.filter(pk=fente.pk).exists()
