"""Les documents écrits pour l'acheteur :
les lire, voir ce qui manque, les mettre au dossier, les récrire.
"""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.services import prolonger_le_delai
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.achat.preparation import queries as preparation
from beffroi.achat.preparation.services import geler_l_achat
from beffroi.achat.redaction import services
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.horloge import maintenant


@pytest.fixture
def client(db):
    return connecter(Client(), planter_la_scene(le=maintenant()).martine)


@pytest.fixture
def consultation(client):
    saisie = {
        "titre": "Toiture de l'école",
        "objet": "Ardoise.",
        "prestation": "travaux",
        "lieu": "Bomy",
    }
    client.post("/consultations/nouvelle/", saisie)
    return Consultation.toutes.get()


def adresse(consultation, suite=""):
    return f"/consultations/{consultation.reference}/preparer/rediger/{suite}"


def test_la_page_dit_ce_qui_manque_et_mene_a_la_question(client, consultation):
    page = client.get(adresse(consultation)).content.decode()

    assert "Il manque encore des réponses" in page
    assert f"/consultations/{consultation.reference}/preparer/criteres/" in page


@pytest.mark.parametrize(
    ("fichier", "debut"), [("reglement.pdf", b"%PDF"), ("acte-d-engagement.odt", b"PK")]
)
def test_un_document_se_lit_avant_d_etre_garde(client, consultation, fichier, debut):
    reponse = client.get(adresse(consultation, fichier))

    assert b"".join(reponse.streaming_content).startswith(debut)
    assert not consultation.pieces.exists()


def test_un_document_inconnu_est_introuvable(client, consultation):
    assert client.get(adresse(consultation, "rapport.pdf")).status_code == 404


@pytest.mark.moteurs
def test_les_documents_entrent_au_dossier_et_se_recrivent_sans_doublon(client, consultation):
    for _ in range(2):
        client.post(adresse(consultation))

    noms = sorted(piece.nom for piece in consultation.pieces.all())
    assert noms == [
        "acte-d-engagement.odt",
        "declaration-du-candidat.odt",
        "lettre-de-candidature.odt",
        "pieces-a-deposer.pdf",
        "reglement.pdf",
    ]
    assert consultation.pieces.get(sorte="rc").nom == "reglement.pdf"


@pytest.mark.article("CCP", "R. 2132-1")
def test_le_reglement_nomme_les_documents_ecrits_avec_lui_des_la_premiere_fois(
    client, consultation
):
    ecrit = services.achat_a_ecrire(consultation, le=maintenant())
    client.post(adresse(consultation))

    assert {document.nom for document in ecrit.documents} == {
        piece.nom for piece in consultation.pieces.all()
    }
    assert services.achat_a_ecrire(consultation, le=maintenant()).documents == ecrit.documents


def test_une_procedure_qui_ne_s_ecrit_pas_ici_le_dit(client, consultation):
    Consultation.toutes.filter(pk=consultation.pk).update(
        type_de_procedure="partenariat_innovation"
    )

    assert "ne s’écrivent pas encore ici" in client.get(adresse(consultation)).content.decode()
    assert client.post(adresse(consultation)).status_code == 422


@pytest.fixture
def prolongee(db):
    """Publiée : l'achat est gelé avec l'ancienne heure. Puis prolongée d'une semaine."""
    scene = planter_la_scene(le=maintenant())
    consultation = scene.publiee()
    geler_l_achat(ConsultationPubliee(reference=consultation.reference, le=scene.le))
    prolonger_le_delai(
        consultation=consultation,
        nouvelle=scene.limite + timedelta(days=7),
        motif="Visite ajoutée.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    consultation.refresh_from_db()
    return consultation, connecter(Client(), scene.martine)


@pytest.mark.article("CCP", "R. 2151-4")
def test_le_reglement_recrit_apres_une_prolongation_dit_la_nouvelle_heure(prolongee):
    consultation, _ = prolongee

    ecrit = services.achat_a_ecrire(consultation, le=maintenant())

    assert ecrit.dates.limite == consultation.date_limite_remise
    assert preparation.achat_de(consultation, le=maintenant()).dates.limite != ecrit.dates.limite


def test_changer_le_dossier_propose_le_reglement_a_jour_que_l_outil_a_ecrit(prolongee):
    consultation, client = prolongee
    dossier = f"/consultations/{consultation.reference}/suivre/dossier/"

    assert adresse(consultation, "reglement.odt") in client.get(dossier).content.decode()

    PieceDce.objects.filter(consultation=consultation).update(nom="RC-de-la-mairie.pdf")
    assert adresse(consultation, "reglement.odt") not in client.get(dossier).content.decode()


def test_publiee_les_documents_ne_se_mettent_plus_au_brouillon_mais_au_dossier_qui_change(
    prolongee,
):
    consultation, client = prolongee

    assert (
        client.get(adresse(consultation)).url
        == f"/consultations/{consultation.reference}/suivre/dossier/"
    )


@pytest.mark.parametrize("question", ["achat", "calendrier", "conditions"])
def test_publiee_une_question_ramene_au_suivi_ou_l_on_change_au_vu_de_tous(prolongee, question):
    consultation, client = prolongee
    page = client.get(f"/consultations/{consultation.reference}/preparer/{question}/")

    assert page.url == f"/consultations/{consultation.reference}/suivre/"
