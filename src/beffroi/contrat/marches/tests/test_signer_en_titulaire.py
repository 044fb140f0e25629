"""Le titulaire signe depuis le récépissé de sa réponse retenue ;
avant l'heure, et pour tout autre, rien n'y est.
"""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beffroi.choix.attribution.tests.scene import DECISION_LE
from beffroi.contrat.marches import queries, suspension
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import naissance
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.tests.personnes import connecter
from droit.decision import Decision, Motif
from formats.dates import PARIS
from formats.signature.tests import cles, pki

pytestmark = pytest.mark.django_db
LE = DECISION_LE + timedelta(hours=1)


@pytest.fixture
def contrat(ouvert):
    ouvert.attribuer(0)
    return naissance.ouvrir(
        consultation=ouvert.consultation,
        lot=None,
        termes=gestes.TERMES,
        par=ouvert.martine.acteur,
        maintenant=LE,
    )


@pytest.fixture
def signable(monkeypatch):
    monkeypatch.setattr(suspension, "peut_signer", lambda marche, *, le: Decision.accord())
    monkeypatch.setattr(suspension, "premier_jour", lambda marche, *, le: None)
    monkeypatch.setattr("beffroi.contrat.marches.views.signer_ici.maintenant", lambda: pki.SIGNE_LE)


def adresse(contrat, nom="signer_en_titulaire"):
    return reverse(f"marches:{nom}", args=[contrat.pli.reference, contrat.reference])


def test_le_titulaire_signe_l_acte_d_engagement_ici(contrat, signable, client):
    client = connecter(client, contrat.pli.depose_par)
    envoi = SimpleUploadedFile("moi.p12", cles.en_p12(pki.porteur()))
    page = client.get(adresse(contrat))
    saisie = {
        "certificat": envoi,
        "secret": cles.MOT_DE_PASSE,
        "lu": "on",
        "empreinte": empreinte_montree(page),
    }
    reponse = client.post(adresse(contrat), saisie, follow=True)
    contrat.refresh_from_db()

    assert (page.status_code, reponse.status_code) == (200, 200)
    assert contrat.signe_par_le_titulaire_le == pki.SIGNE_LE.astimezone(PARIS).date()
    assert "Hélène Duriez" in reponse.content.decode()
    assert client.get(adresse(contrat, "document_du_titulaire")).content.startswith(b"%PDF")


def empreinte_montree(page):
    return re.search(r'name="empreinte" value="([0-9a-f]{64})"', page.content.decode())[1]


def test_ce_qui_se_signe_est_ce_qui_se_lit_octet_pour_octet(contrat, signable, client, monkeypatch):
    client = connecter(client, contrat.pli.depose_par)
    montree = empreinte_montree(client.get(adresse(contrat)))
    monkeypatch.setattr(
        "beffroi.contrat.marches.views.signer_ici.maintenant",
        lambda: pki.SIGNE_LE + timedelta(hours=3),
    )
    lu = client.get(adresse(contrat, "document_du_titulaire")).content
    assert hashlib.sha256(lu).hexdigest() == montree

    Marche.toutes.filter(pk=contrat.pk).update(objet="Un autre objet")
    envoi = SimpleUploadedFile("moi.p12", cles.en_p12(pki.porteur()))
    saisie = {"certificat": envoi, "secret": cles.MOT_DE_PASSE, "lu": "on", "empreinte": montree}
    refus = client.post(adresse(contrat), saisie)
    assert (
        refus.status_code == 422
        and "Rien n’est signé : lisez-le de nouveau" in refus.content.decode().replace("\xa0", " ")
    )
    assert not contrat.pieces.exists()


def test_avant_que_le_contrat_puisse_se_signer_rien_n_en_dit_l_existence(
    contrat, client, monkeypatch
):
    refus = Decision.refus(Motif("Les lettres ne sont pas parties."))
    monkeypatch.setattr(suspension, "peut_signer", lambda marche, *, le: refus)
    client = connecter(client, contrat.pli.depose_par)

    assert [client.get(adresse(contrat, nom)).status_code for nom in NOMS] == [404, 404]
    assert queries.contrats_a_signer(contrat.pli, le=LE) == []


def test_une_autre_entreprise_n_y_trouve_rien(contrat, signable, client, ouvert):
    client = connecter(client, ouvert.plis[1].depose_par)

    assert [client.get(adresse(contrat, nom)).status_code for nom in NOMS] == [404, 404]


def test_le_contrat_a_signer_se_propose_a_qui_a_depose(contrat, signable):
    assert queries.contrats_a_signer(contrat.pli, le=LE) == [contrat]


NOMS = ("signer_en_titulaire", "document_du_titulaire")
