"""Le procès-verbal signé : déposé à côté, avec son empreinte ;
celui de la plateforme ne change pas.
"""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture.rules import Commission
from beffroi.seance.ouverture.services import clore, constater_la_commission
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.seance.proces_verbaux import queries, rules, services
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import tete_qui_couvre

SIGNE = b"%PDF-1.7 le meme, avec deux signatures"


@pytest.fixture
def close(scene):
    seance = factories.seance_ouverte(scene)
    clore(seance=seance, par=scene.personne("helene"), maintenant=SEANCE_LE)
    seance.refresh_from_db()
    return seance


def signer(scene, seance, *, octets=SIGNE, signataires=("Hélène Duriez",), mode="manuscrite"):
    return services.signer_le_proces_verbal(
        seance=seance,
        mode=mode,
        signataires=signataires,
        flux=io.BytesIO(octets),
        par=scene.personne("martine"),
        maintenant=SEANCE_LE,
    )


@pytest.mark.parametrize(
    ("close", "signataires", "permis"),
    [
        (True, ["Hélène Duriez"], True),
        (True, ["Hélène Duriez", "Bernard Lefebvre"], True),
        (True, [], False),
        (True, ["Paul Inconnu"], False),
        (False, ["Hélène Duriez"], False),
    ],
)
def test_seuls_les_presents_signent_une_seance_close(close, signataires, permis):
    attendus = ["Hélène Duriez", "Bernard Lefebvre"]

    decision = rules.peut_se_signer(close=close, signataires=signataires, attendus=attendus)

    assert decision.favorable is permis


@pytest.mark.parametrize(
    ("debut", "taille", "identique", "permis"),
    [
        (b"%PDF-", 1000, False, True),
        (b"%PDF-", rules.OCTETS_D_UN_PROCES_VERBAL_SIGNE, False, True),
        (b"%PDF-", rules.OCTETS_D_UN_PROCES_VERBAL_SIGNE + 1, False, False),
        (b"PK\x03\x04", 1000, False, False),
        (b"", 0, False, False),
        (b"%PDF-", 1000, True, False),
    ],
)
def test_le_document_signe_est_un_autre_pdf_de_taille_raisonnable(debut, taille, identique, permis):
    assert (
        rules.document_signe(debut=debut, taille=taille, identique_au_scelle=identique).favorable
        is permis
    )


def test_le_document_signe_est_garde_octet_pour_octet_et_inscrit(scene, close):
    signe = signer(scene, close, signataires=("Hélène Duriez", "Bernard Lefebvre"))

    with stockage().lire(signe.cle_de_stockage) as flux:
        assert flux.read() == SIGNE
    ecriture = Ecriture.objects.get(acte="seance.signer")
    assert (ecriture.sujet, ecriture.numero) == (close.reference, signe.ecriture)
    assert signe.sha256 in ecriture.contenu and "Bernard Lefebvre" in ecriture.contenu


def test_celui_de_la_plateforme_ne_change_pas(scene, close):
    avant = close.proces_verbal.sha256, lire(close.proces_verbal.cle_de_stockage)

    signer(scene, close)

    close.proces_verbal.refresh_from_db()
    assert (close.proces_verbal.sha256, lire(close.proces_verbal.cle_de_stockage)) == avant


def test_celui_de_la_plateforme_n_est_pas_un_document_signe(scene, close):
    with pytest.raises(RegleEnfreinte) as refus:
        signer(scene, close, octets=lire(close.proces_verbal.cle_de_stockage))

    assert "sans signature" in str(refus.value.motifs)


def test_une_tete_signee_le_couvre_des_son_depot(scene, close):
    assert tete_qui_couvre(signer(scene, close).ecriture)


def test_le_meme_document_ne_se_depose_qu_une_fois(scene, close):
    signer(scene, close)

    with pytest.raises(ConflitEtat, match="déjà déposé"):
        signer(scene, close)


def test_avant_la_cloture_rien_ne_se_signe(scene):
    with pytest.raises(RegleEnfreinte):
        signer(scene, factories.seance_ouverte(scene))


def test_chacun_voit_qui_a_signe_et_qui_manque(scene, close):
    signer(scene, close, mode="parapheur")

    etat = {signature.nom: signature.le is not None for signature in queries.signatures(close)}

    assert etat == {"Hélène Duriez": True, "Bernard Lefebvre": False, "Martine Caron": False}


def test_un_membre_de_la_commission_deja_a_la_table_ne_signe_qu_une_fois(scene):
    siege = Commission(titulaires_presents=("Hélène Duriez, maire", "Yvette Cordier, conseillère"))
    seance = factories.seance_installee(scene)
    constater_la_commission(
        seance=seance, commission=siege, par=scene.personne("helene"), maintenant=SEANCE_LE
    )
    seance.refresh_from_db()

    assert [signature.nom for signature in queries.signatures(seance)] == [
        "Hélène Duriez",
        "Bernard Lefebvre",
        "Martine Caron",
        "Yvette Cordier",
    ]


@pytest.mark.moteurs
@time_machine.travel(SEANCE_LE, tick=False)
def test_l_ecran_depose_montre_les_deux_documents_et_rend_le_signe(scene, close, client):
    connecter(client, scene.personne("martine"))
    fichier = SimpleUploadedFile("pv signé.pdf", SIGNE, "application/pdf")
    donnees = {"fichier": fichier, "mode": "manuscrite", "signataires": ["Hélène Duriez"]}

    client.post(f"/ouverture/{close.reference}/proces-verbal/signer/", donnees)
    page = client.get(f"/ouverture/{close.reference}/proces-verbal/").content.decode()

    signe = close.proces_verbal.signes.get()
    adresse = f"/ouverture/{close.reference}/proces-verbal/signe/{signe.reference}.pdf"
    assert adresse in page and f"/ouverture/{close.reference}/proces-verbal.pdf" in page
    assert signe.sha256[:8] in page and close.proces_verbal.sha256[:8] in page
    rendu = client.get(adresse)
    assert b"".join(rendu.streaming_content) == SIGNE
    assert rendu["Content-Disposition"].startswith("attachment")


@time_machine.travel(SEANCE_LE, tick=False)
def test_un_nom_qui_n_etait_pas_la_est_refuse_a_l_ecran(scene, close, client):
    connecter(client, scene.personne("martine"))
    fichier = SimpleUploadedFile("pv.pdf", SIGNE, "application/pdf")

    reponse = client.post(
        f"/ouverture/{close.reference}/proces-verbal/signer/",
        {"fichier": fichier, "mode": "manuscrite", "signataires": ["Paul Inconnu"]},
    )

    assert reponse.status_code == 422
    assert not close.proces_verbal.signes.exists()


def lire(cle: str) -> bytes:
    with stockage().lire(cle) as flux:
        return flux.read()
