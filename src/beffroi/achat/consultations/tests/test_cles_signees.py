"""La cérémonie des clés par ses pages :
qui signe, ce qui part, ce que le public reçoit pour vérifier.
"""

import base64
import io
import json
import zipfile

import pytest
from django.test import Client

from beffroi.achat.consultations import services
from beffroi.achat.consultations.services.cles import usage_de
from beffroi.achat.consultations.tests.scene import agent
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.publiees import cles_de
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.stockage import stockage
from sceau import key_record, log

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(scene):
    consultation = scene.brouillon()
    for personne in (scene.martine, scene.helene):
        services.designer_membre(
            consultation=consultation,
            utilisateur=personne,
            par=scene.martine.acteur,
            maintenant=scene.le,
        )
    return consultation


def envoi(consultation, *personnes):
    """Ce que le navigateur de la première personne envoie."""
    membres = [cles.identite_en_cours(personne) for personne in personnes]
    corps = {}
    for enveloppe in ("candidature", "offre"):
        scellee = porteurs.paire_scellee(
            usage_de(consultation, enveloppe), membres, cles.gardiens_prets()
        )
        corps[enveloppe] = {
            "destinataire": scellee.destinataire,
            "signature": en_base64(scellee.signature),
            "membres": [
                {"reference": identite.utilisateur.reference, "contenu": en_base64(part)}
                for identite, part in scellee.parts_des_membres.items()
            ],
            "gardiens": [
                {"reference": gardien.reference, "contenu": en_base64(part)}
                for gardien, part in scellee.parts_des_gardiens.items()
            ],
        }
    return corps


def en_base64(octets):
    return base64.b64encode(octets).decode()


def poster(personne, consultation, corps):
    client = connecter(Client(), personne)
    return client.post(
        f"/consultations/{consultation.reference}/cles/", corps, content_type="application/json"
    )


def test_une_personne_designee_cree_et_signe_les_cles(scene, brouillon):
    reponse = poster(scene.martine, brouillon, envoi(brouillon, scene.martine, scene.helene))

    brouillon.refresh_from_db()
    signataires = {
        json.loads(paire.enregistrement)["signataire"]
        for paire in brouillon.paires_de_cles.values()
    }
    assert reponse.status_code == 201
    assert signataires == {cles.identite_en_cours(scene.martine).empreinte_d_identite}


def test_les_parts_signees_par_une_autre_ne_s_enregistrent_pas(scene, brouillon):
    reponse = poster(scene.helene, brouillon, envoi(brouillon, scene.martine, scene.helene))

    assert reponse.status_code == 422
    assert "signature ne correspond pas" in reponse.json()["message"]


def test_qui_n_est_pas_designe_apprend_qui_peut_creer_les_cles(scene, brouillon):
    odile = agent("Odile Fasquelle", scene.organisme, le=scene.le)

    page = (
        connecter(Client(), odile)
        .get(f"/consultations/{brouillon.reference}/cles/")
        .content.decode()
    )

    assert "Demandez à Hélène Duriez ou Martine Caron" in page
    assert "data-paires" not in page


def test_le_public_recoit_de_quoi_verifier_la_cle_sans_nous(scene):
    consultation = scene.publiee()

    publiees = Client().get(f"/consultations/{consultation.reference}/cles.json").json()

    for publiee in publiees["enveloppes"]:
        key_record.verify(
            publiee["preuve"],
            consultation=consultation.reference,
            envelope=publiee["enveloppe"],
            recipient=publiee["destinataire"],
            log_keys=[log.Verifier(publiees["journal"])],
        )


def test_le_dossier_porte_la_meme_preuve(scene):
    consultation = services.composer_l_archive(scene.publiee())

    with zipfile.ZipFile(
        io.BytesIO(stockage().lire(consultation.archive_du_dossier).read())
    ) as archive:
        offre = json.loads(archive.read("cle-offre.json"))

    key_record.verify(
        offre["preuve"],
        consultation=consultation.reference,
        envelope="offre",
        recipient=offre["destinataire"],
        log_keys=[log.Verifier(offre["journal"])],
    )
    assert offre["empreinte"] == consultation.paires_de_cles["offre"].empreinte


def test_la_page_publique_montre_qui_a_signe(scene):
    consultation = scene.publiee()

    page = Client().get(f"/consultations/{consultation.reference}/").content.decode()

    empreinte = cles.identite_en_cours(scene.martine).empreinte_d_identite
    assert "Signées par la clé" in page
    assert empreinte[:8] in page


def test_la_liste_de_tous_tient_les_cles_publiees_et_elles_seules(scene, brouillon):
    consultation = scene.publiee()

    publiees = Client().get(f"/consultations/{consultation.reference}/cles.json").json()

    assert publiees["publiees"] == [envoyee["preuve"] for envoyee in publiees["enveloppes"]]
    assert cles_de(brouillon.reference) == []
