"""Les pages : l'acheteur y suit chacun ;
un titulaire n'y trouve que son acte, et rien de celui d'un autre.
"""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from beffroi.contrat.engagements import queries
from beffroi.contrat.engagements.documents import rendre
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.tests.scene import (
    CELUI_DE_L_AUTRE,
    LE,
    LE_SIEN,
    conclu,
    deux,
    recu,
    signe,
)
from beffroi.contrat.marches import suspension
from beffroi.contrat.marches.models import Marche
from beffroi.personnes.comptes.tests.personnes import connecter
from droit.decision import Decision, Motif
from formats.dates import PARIS
from formats.signature import Cle, signer_un_pdf
from formats.signature.tests import cles, pki
from formats.sommes import au_centime

pytestmark = pytest.mark.django_db
NOMS = ("le_sien", "document", "deposer")
LE_JOUR = pki.SIGNE_LE.astimezone(PARIS).date()


@pytest.fixture(autouse=True)
def a_l_heure_des_certificats(monkeypatch):
    """Les bibliothèques qui signent écrivent l'heure qu'il est."""
    for module in ("views.titulaire", "forms"):
        monkeypatch.setattr(
            f"beffroi.contrat.engagements.{module}.maintenant", lambda: pki.SIGNE_LE
        )
    for module in ("contrat.engagements.views.acheteur", "contrat.marches.views.contrat"):
        monkeypatch.setattr(f"beffroi.{module}.maintenant", lambda: LE)
    monkeypatch.setattr(suspension, "premier_jour", lambda marche, *, le: None)
    for module in ("queries", "services.signature"):
        monkeypatch.setattr(
            f"beffroi.contrat.engagements.{module}.peut_signer",
            lambda marche, *, le: Decision.accord(),
        )


def sienne(engagement, nom="le_sien", pli=None):
    return reverse(
        f"engagements:{nom}", args=[(pli or engagement.pli).reference, engagement.reference]
    )


def de_l_acheteur(engagement, nom, *args):
    return reverse(
        f"engagements:{nom}", args=[engagement.marche.reference, engagement.reference, *args]
    )


def page_de(client, adresse):
    return client.get(adresse).content.decode().replace("'", "’").replace("&#x27;", "’")


def test_un_titulaire_ne_lit_pas_l_acte_d_un_autre_ni_une_entreprise_non_retenue(
    marche, ouvert, client
):
    premier, second = deux(marche)
    for plis, personne in (
        ([1, 0], ouvert.plis[1].depose_par),
        ([2, 0], ouvert.plis[2].depose_par),
    ):
        connecter(client, personne)
        lues = [
            client.get(sienne(premier, nom, ouvert.plis[pli])).status_code
            for nom in NOMS
            for pli in plis
        ]
        assert lues == [404] * 6
    connecter(client, ouvert.plis[1].depose_par)
    assert [client.get(sienne(second, nom)).status_code for nom in NOMS] == [200] * 3
    assert client.get(de_l_acheteur(premier, "acte", "pdf")).status_code == 404


def test_la_page_d_un_titulaire_ne_dit_rien_des_autres(marche, client):
    premier, second = deux(marche)
    connecter(client, second.pli.depose_par)
    for page in (
        page_de(client, sienne(second)),
        page_de(client, sienne(signe(second, "titulaire"))),
    ):
        assert au_centime(CELUI_DE_L_AUTRE) in page
        assert (
            premier.nom not in page
            and premier.siret not in page
            and au_centime(LE_SIEN) not in page
        )
    assert queries.engagements_du_pli(premier.pli, le=LE) == [premier]


def test_avant_que_le_contrat_puisse_se_signer_rien_n_en_dit_l_existence(
    marche, client, monkeypatch
):
    refus = Decision.refus(Motif("Les lettres ne sont pas parties."))
    monkeypatch.setattr(
        "beffroi.contrat.engagements.queries.peut_signer", lambda marche, *, le: refus
    )
    premier, _ = deux(marche)
    connecter(client, premier.pli.depose_par)

    assert [client.get(sienne(premier, nom)).status_code for nom in NOMS] == [404] * 3


@pytest.mark.moteurs
def test_chaque_titulaire_signe_ici_ce_qu_il_a_lu(marche, client):
    for engagement in deux(marche):
        connecter(client, engagement.pli.depose_par)
        montree = re.search(
            r'name="empreinte" value="([0-9a-f]{64})"',
            client.get(sienne(engagement)).content.decode(),
        )[1]
        saisie = {"secret": cles.MOT_DE_PASSE, "lu": "on", "empreinte": montree}
        p12 = lambda: SimpleUploadedFile("moi.p12", cles.en_p12(pki.porteur()))  # noqa: E731
        faux = client.post(
            sienne(engagement), {**saisie, "certificat": p12(), "empreinte": "0" * 64}
        )
        bon = client.post(sienne(engagement), {**saisie, "certificat": p12()}, follow=True)
        assert (faux.status_code, bon.status_code) == (422, 200)
        assert "Hélène Duriez" in bon.content.decode()

    assert [e.titulaire_le for e in deux(marche)] == [LE_JOUR] * 2
    assert Marche.toutes.get(pk=marche.pk).signe_par_le_titulaire_le == LE_JOUR


@pytest.mark.moteurs
def test_un_titulaire_depose_l_acte_signe_sur_son_poste_et_pas_un_autre(marche, client):
    premier, second = deux(marche)
    connecter(client, premier.pli.depose_par)
    acte, celui_de_l_autre = (rendre(e, "pdf").octets for e in (premier, second))
    complete = signer(acte) + b"\n% ajout\n"
    sans_signature = "Aucune signature électronique intacte"
    repeint = signer(repeindre(acte))
    essais = {
        celui_de_l_autre: "acte proposé ici",
        acte: sans_signature,
        complete: sans_signature,
        repeint: "autre chose qu’une signature",
    }
    for octets, phrase in {signer(celui_de_l_autre): "acte proposé ici", **essais}.items():
        reponse = deposer(client, premier, octets)
        assert (reponse.status_code, phrase in reponse.content.decode()) == (422, True)
    assert deposer(client, premier, signer(acte)).status_code == 302
    assert Engagement.objects.get(pk=premier.pk).titulaire_le == LE_JOUR
    assert deposer(client, premier, signer(acte)).status_code == 409


def repeindre(acte):
    """Le même fichier, et une révision de plus, qui écrit un autre prix sur la première page."""
    ecrivain = IncrementalPdfFileWriter(io.BytesIO(acte))
    page = ecrivain.root["/Pages"]["/Kids"][0]
    dessin = ecrivain.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 0 0 300 300 re f Q"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), dessin])
    ecrivain.mark_update(page.container_ref)
    sortie = io.BytesIO()
    ecrivain.write(sortie)
    assert sortie.getvalue().startswith(acte)
    return sortie.getvalue()


def signer(acte):
    return signer_un_pdf(
        acte, Cle(cles.MOT_DE_PASSE, cles.en_p12(pki.porteur())), le=pki.SIGNE_LE
    ).octets


def deposer(client, engagement, octets):
    envoi = SimpleUploadedFile("acte-signe.pdf", octets)
    return client.post(sienne(engagement, "deposer"), {"le": LE_JOUR.isoformat(), "fichier": envoi})


def test_l_exemplaire_signe_des_deux_parties_se_lit_une_fois_recu(marche, client):
    marche = conclu(marche)
    premier, _ = deux(marche)
    connecter(client, premier.pli.depose_par)
    lire = lambda: b"".join(client.get(sienne(premier, "document")))  # noqa: E731
    assert b"titulaire" in lire()
    recu(premier)
    assert b"acheteur" in lire()
    assert "Quand le dernier titulaire a reçu" in page_de(client, sienne(premier))


def test_l_acheteur_suit_chacun_signe_ici_et_notifie(marche, ouvert, client):
    premier, second = deux(marche)
    connecter(client, ouvert.martine)
    chacun = reverse("engagements:chacun", args=[marche.reference])
    depot = {
        "le": LE.date().isoformat(),
        "fichier": SimpleUploadedFile("acte.pdf", b"%PDF-1.7 signe"),
    }
    assert (
        client.post(de_l_acheteur(premier, "agir", "signature-du-titulaire"), depot).status_code
        == 302
    )
    assert client.get(de_l_acheteur(premier, "signer_ici")).status_code == 422
    page = page_de(client, chacun)
    assert "quand tous les titulaires ont signé" in page and "Son acte à signer" in page
    contrat = page_de(client, reverse("marches:contrat", args=[marche.reference]))
    assert (
        "Faire signer et notifier chaque titulaire" in contrat
        and "Déposer une signature" not in contrat
    )
    signe(second, "titulaire")
    assert client.get(de_l_acheteur(second, "agir", "signature-de-l-acheteur")).status_code == 200
    assert client.get(de_l_acheteur(second, "agir", "reception")).status_code == 409
    assert client.get(reverse("engagements:chacun", args=["MA-22222222"])).status_code == 404
