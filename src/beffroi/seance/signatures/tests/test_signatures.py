"""Des fichiers ouverts au rapport gardé, et du rapport à la confirmation du signataire."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.seance.signatures import liens, queries, services, taches
from beffroi.seance.signatures.models import ConfirmationDuSignataire, VerificationDeSignature
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Tache
from beffroi.socle.journal.models import Ecriture
from formats.signature import Verdict
from formats.signature.tests import cas, pki
from tests.semis import semee

ACTE = "acte.pdf"


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(SEANCE_LE, tick=False):
        yield


@pytest.fixture
@semee
def ouverte(scene):
    """Un acte signé dans le PDF, un mémoire et sa signature à part,
    des prix qui ne sont pas signés.
    """
    scene.repond(
        offre={
            ACTE: cas.pdf(),
            "memoire.txt": cas.DOCUMENT,
            "memoire.txt.p7s": pki.cms_signe(cas.DOCUMENT, detachee=True),
            "prix.ods": b"PK\x03\x04 prix",
        }
    )
    factories.ouvrir_tout(factories.seance_ouverte(scene))
    return scene.consultation


def fichier(nom=ACTE):
    return FichierOuvert.objects.get(nom=nom)


def tout_verifier(consultation):
    taches.verifier_la_consultation.func(consultation.reference)


def test_verifier_dit_quels_fichiers_sont_signes_et_garde_leur_rapport(ouverte):
    tout_verifier(ouverte)

    issues = {v.fichier.nom: v.issue for v in VerificationDeSignature.objects.all()}
    assert issues[ACTE] == issues["memoire.txt.p7s"] == Verdict.INDETERMINEE
    assert issues["prix.ods"] == issues["memoire.txt"] == "non_signe"
    rapport = queries.rapport_de(fichier())
    assert rapport.signatures[0].certificat.signataire == "Hélène Duriez"
    assert rapport.existait_le == fichier().ouverture.pli.recu_le
    assert Ecriture.objects.filter(acte="fichier.verifier_la_signature").count() == len(issues)


def test_une_signature_a_part_se_verifie_avec_son_document(ouverte):
    tout_verifier(ouverte)
    verification = queries.verification_de(fichier("memoire.txt.p7s"))

    assert verification.document == fichier("memoire.txt")
    assert verification.lu.signatures[0].disposition == "détachée"


def test_relancee_la_tache_ne_reverifie_rien(ouverte):
    tout_verifier(ouverte)
    avant = VerificationDeSignature.objects.count()
    tout_verifier(ouverte)

    assert VerificationDeSignature.objects.count() == avant


def test_un_fichier_retenu_par_l_antivirus_n_est_pas_verifie(ouverte, monkeypatch):
    class Retenu:
        retenu = "en quarantaine"

    monkeypatch.setattr(
        taches,
        "surveillance_des_fichiers",
        lambda fichiers, *, le: {f.pk: Retenu for f in fichiers},
    )
    tout_verifier(ouverte)

    assert not VerificationDeSignature.objects.exists()


def test_un_fichier_demesure_n_est_pas_lu(ouverte, monkeypatch):
    monkeypatch.setattr(taches, "OCTETS_LUS", 1)
    monkeypatch.setattr(taches, "stockage", lambda: pytest.fail("un fichier démesuré a été lu"))
    tout_verifier(ouverte)

    assert queries.verification_de(fichier()).issue == Verdict.INDETERMINEE
    assert queries.verification_de(fichier("prix.ods")).issue == "non_signe"


@pytest.mark.moteurs
def test_une_confirmation_dit_qui_quand_et_sur_quoi(ouverte, scene):
    tout_verifier(ouverte)
    helene = scene.personne("helene")
    confirmation = services.confirmer_le_signataire(
        verification=queries.verification_de(fichier()),
        engage=True,
        fondement=" Gérante d'après l'extrait Kbis. ",
        par=helene,
        maintenant=SEANCE_LE + timedelta(hours=1),
    )

    assert queries.confirmation_de(fichier()) == confirmation
    assert confirmation.fondement == "Gérante d'après l'extrait Kbis."
    ecriture = Ecriture.objects.get(acte="fichier.confirmer_le_signataire")
    assert ecriture.sujet == fichier().reference


@pytest.mark.parametrize(("nom", "fondement"), [(ACTE, "  "), ("prix.ods", "Kbis")])
def test_une_confirmation_sans_fondement_ou_sans_signature_est_refusee(
    ouverte, scene, nom, fondement
):
    tout_verifier(ouverte)
    with pytest.raises(RegleEnfreinte):
        services.confirmer_le_signataire(
            verification=queries.verification_de(fichier(nom)),
            engage=True,
            fondement=fondement,
            par=scene.personne("helene"),
            maintenant=SEANCE_LE,
        )

    assert not ConfirmationDuSignataire.objects.exists()


def test_l_ecran_lance_une_seule_verification_et_le_dit(ouverte, scene, client):
    connecter(client, scene.personne("helene"))
    adresse = reverse("signatures:consultation", args=(ouverte.reference,))
    assert "Pas encore vérifié" in client.get(adresse).content.decode()

    client.post(adresse)
    client.post(adresse)

    assert Tache.objects.filter(chemin=queries.TACHE).count() == 1
    assert "Vérification en cours" in client.get(adresse).content.decode()


def test_l_ecran_montre_le_rapport_et_note_la_confirmation(ouverte, scene, client):
    tout_verifier(ouverte)
    connecter(client, scene.personne("helene"))
    adresse = reverse("signatures:fichier", args=(fichier().reference,))
    page = client.get(adresse).content.decode()

    assert "Document intact" in page and "statut qualifié non vérifié" in page
    assert client.post(adresse, {"engage": "oui"}).status_code == 422
    assert (
        client.post(adresse, {"engage": "non", "fondement": "Aucune délégation jointe"}).status_code
        == 302
    )
    assert "Ne peut pas engager" in client.get(adresse).content.decode()


def test_le_rapport_se_telecharge_en_pdf_et_en_json(ouverte, scene, client):
    tout_verifier(ouverte)
    connecter(client, scene.personne("helene"))
    pdf = client.get(reverse("signatures:rapport_pdf", args=(fichier().reference,)))
    dit = client.get(reverse("signatures:rapport_json", args=(fichier().reference,))).json()

    assert pdf.content.startswith(b"%PDF-")
    assert (dit["verdict"], dit["empreinte"]) == ("INDETERMINATE", fichier().sha256)


def test_la_page_de_suivi_n_attend_jamais_une_signature(ouverte):
    etape = liens.suite(ouverte, le=SEANCE_LE)
    assert "à vérifier" in etape.phrase and not etape.attend

    tout_verifier(ouverte)
    assert "2 fichiers signés" in liens.suite(ouverte, le=SEANCE_LE).phrase


def test_avant_l_ouverture_il_n_y_a_rien_a_dire(scene):
    assert liens.suite(scene.consultation, le=SEANCE_LE) is None
