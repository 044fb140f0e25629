"""De l'offre à sa copie communicable :
ce qui est ôté, ce qui est gardé, et pour combien de temps.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.centre.interventions.tests.theatre import en_service
from beffroi.garde.occultation import rules, services
from beffroi.garde.occultation.models import DocumentOcculte
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.models import Ecriture
from formats.occultation import Demande
from formats.tests.test_occultation import texte, un_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
PAGE = "/acheteur/occulter/"


@pytest.fixture
def martine():
    return en_service().habilitations.get().utilisateur


def envoyer(client, octets=None, **champs):
    document = SimpleUploadedFile("offre.pdf", un_pdf() if octets is None else octets)
    return client.post(PAGE, {"document": document, **champs})


def test_le_fichier_rendu_ne_dit_plus_le_mot(martine):
    client = connecter(Client(), martine)
    page = envoyer(client, mots="Delattre\nDupont\n")
    assert page.status_code == 200 and "Introuvable" in page.content.decode()

    document = DocumentOcculte.objects.get()
    rendu = client.get(f"{PAGE}{document.reference}/")
    assert rendu["Content-Disposition"] == 'attachment; filename="offre-occulte.pdf"'
    assert "Delattre" not in texte(rendu.content) and "ardoise" in texte(rendu.content)


def test_une_autre_personne_ne_l_enregistre_pas(martine):
    envoyer(connecter(Client(), martine), mots="Delattre")
    autre = (
        en_service("21620053500013", "Commune d'Azincourt", "Odile Fasquelle")
        .habilitations.get()
        .utilisateur
    )
    assert (
        connecter(Client(), autre)
        .get(f"{PAGE}{DocumentOcculte.objects.get().reference}/")
        .status_code
        == 404
    )


def test_qui_n_est_pas_agent_n_a_pas_cette_page():
    assert connecter(Client(), personne("Sophie Merlin")).get(PAGE).status_code == 404


def test_le_journal_dit_lequel_vient_duquel_sans_redire_ce_qui_est_ote(martine):
    envoyer(connecter(Client(), martine), mots="Delattre", motifs=["courriels"])
    ecriture = Ecriture.objects.get(acte="document.occulter")
    assert DocumentOcculte.objects.get().sha256 in str(ecriture.contenu)
    assert "Delattre" not in str(ecriture.contenu) and "offre" not in str(ecriture.contenu)


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"mots": ""}, "au moins un mot"),
        ({"mots": "x"}, "trop court"),
        ({"mots": "Delattre", "octets": b"pas un PDF"}, "abîmé"),
    ],
)
def test_un_refus_garde_les_mots_et_dit_quoi_faire(martine, champs, phrase):
    reponse = envoyer(connecter(Client(), martine), **champs)
    assert reponse.status_code == 422 and phrase in reponse.content.decode()
    assert champs["mots"] in reponse.content.decode()
    assert not DocumentOcculte.objects.exists()


def test_rien_n_est_rendu_si_un_passage_a_survecu(martine, monkeypatch):
    def ratee(*_):
        raise services.OccultationRatee("Delattre")

    monkeypatch.setattr(services, "occulter", ratee)
    with pytest.raises(RegleEnfreinte, match="rien n'a été rendu"):
        services.occulter_un_document(
            nom="o.pdf",
            octets=b"",
            demande=Demande(termes=("Delattre",)),
            par=martine,
            maintenant=LUNDI,
        )


def test_une_heure_apres_il_n_en_reste_rien(martine):
    services.occulter_un_document(
        nom="offre.pdf",
        octets=un_pdf(),
        demande=Demande(termes=("Delattre",)),
        par=martine,
        maintenant=LUNDI,
    )
    assert services.effacer_les_expires(le=LUNDI + timedelta(minutes=59)) == 0
    assert services.effacer_les_expires(le=LUNDI + timedelta(minutes=60)) == 1
    assert not DocumentOcculte.objects.exists()


def test_un_mot_par_ligne_chacun_une_fois():
    assert rules.termes(" Delattre \n\nMerlin\nDelattre") == ("Delattre", "Merlin")
    assert rules.nom_occulte("offre.v2.pdf") == "offre.v2-occulte.pdf"
