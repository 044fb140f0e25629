"""Les écrans des candidatures, de la grille à la décision, tels que l'acheteur les parcourt."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from beffroi.choix.candidatures import examen
from beffroi.choix.candidatures.models import DecisionSurCandidature, ExamenDePiece, Preuve
from beffroi.choix.candidatures.tests.scene import EXAMEN_LE, admise, decider, reponses_ouvertes
from beffroi.choix.candidatures.tests.test_services import AVANT, demander, repondre
from beffroi.personnes.comptes.tests.personnes import connecter

pytestmark = pytest.mark.django_db


@pytest.fixture
def pli(scene):
    return reponses_ouvertes(scene)[0]


@pytest.fixture
def martine(scene, pli):
    with time_machine.travel(EXAMEN_LE, tick=False):
        yield connecter(Client(), scene.personne("martine"))


def adresse(nom, de, /, **autres):
    arguments = {"reference": de.consultation.reference, **autres}
    return reverse(f"candidatures:{nom}", kwargs=arguments)


def lire(client, nom, de, /, **autres):
    reponse = client.get(adresse(nom, de, **autres))
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_la_grille_montre_d_elle_meme_la_piece_qui_manque(martine, pli):
    page = lire(martine, "grille", pli)

    assert "Capacités du candidat" in page and "Aucun fichier" in page
    assert "Demander ce qui manque" in page


def test_une_candidature_s_examine_et_qui_a_dit_quoi_se_lit(martine, pli):
    page = lire(martine, "examiner", pli, pli=pli.reference)
    assert "Lettre de candidature.pdf" in page
    martine.post(
        adresse("examiner", pli, pli=pli.reference),
        {"verdict-capacites": "presente", "note-capacites": "Oui"},
    )

    assert ExamenDePiece.objects.get().examinee_par.nom == "Martine Caron"
    assert "Martine Caron" in lire(martine, "examiner", pli, pli=pli.reference)


def test_insuffisante_sans_note_est_une_faute(martine, pli):
    reponse = martine.post(
        adresse("examiner", pli, pli=pli.reference), {"verdict-capacites": "insuffisante"}
    )

    assert reponse.status_code == 422
    assert "Dites ce qui ne suffit pas" in reponse.content.decode()


def test_la_demande_part_d_un_acte_et_ce_qui_revient_se_lit(scene, martine, pli):
    lire(martine, "completer", pli)
    champ = next(
        vue.cle
        for vue in examen.dossiers(scene.consultation, candidatures(pli), le=EXAMEN_LE)[
            0
        ].manquantes
    )
    saisie = {
        f"pieces-{pli.reference}": [champ],
        "jour_avant": "2027-01-25",
        "heure_avant": "12:00",
    }
    assert martine.post(adresse("completer", pli), saisie).status_code == 302
    repondre(pli, le=EXAMEN_LE + timedelta(hours=1))

    page = lire(martine, "examiner", pli, pli=pli.reference)
    assert "Répondu" in page and "assurance.pdf" in page


def candidatures(pli):
    from beffroi.choix.candidatures.queries import candidatures as recues

    return [candidature for candidature in recues(pli.consultation) if candidature.pli == pli]


def test_une_reponse_en_retard_se_voit(scene, martine, pli):
    demander(scene, pli)
    repondre(pli, le=AVANT + timedelta(minutes=1))

    assert "Répondu en retard" in lire(martine, "grille", pli)


def test_ecarter_demande_une_base_et_un_motif(martine, pli):
    decider_ = adresse("decider", pli, pli=pli.reference)
    lire(martine, "decider", pli, pli=pli.reference)
    assert martine.post(decider_, {"decision-0": "ecartee"}).status_code == 422
    martine.post(
        decider_, {"decision-0": "ecartee", "base-0": "incomplete", "motif-0": "Sans capacités."}
    )

    assert DecisionSurCandidature.objects.get().base == "incomplete"
    assert "CCP, art. R. 2144-7" in lire(martine, "examiner", pli, pli=pli.reference)


def test_admettre_sans_une_piece_demande_pourquoi(martine, pli):
    decider_ = adresse("decider", pli, pli=pli.reference)
    muette = martine.post(decider_, {"decision-0": "admise"})
    assert muette.status_code == 422 and "dites pourquoi vous l" in muette.content.decode()
    martine.post(decider_, {"decision-0": "admise", "motif-0": "Le DUME la remplace."})

    assert DecisionSurCandidature.objects.get().motif == "Le DUME la remplace."
    assert "Le DUME la remplace." in lire(martine, "examiner", pli, pli=pli.reference)


def test_une_decision_remplacee_reste_lisible(scene, martine, pli):
    from beffroi.choix.candidatures.services import Choix

    decider(scene, Choix(pli, None, retenue=False, motif="Sans capacités.", base="incomplete"))
    decider(scene, admise(pli))

    page = lire(martine, "decider", pli, pli=pli.reference)
    assert "Décisions remplacées" in page and "Sans capacités." in page


def test_les_preuves_disent_que_rien_n_est_branche_et_se_gardent(martine, pli):
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert "Aucun service officiel" in lire(martine, "preuves", pli, pli=pli.reference)
    fichier = SimpleUploadedFile("fiscale.pdf", b"%PDF-1.7")
    saisie = {"sorte": "fiscale", "datee_du": "2027-01-04", "recue": "", "piece_1": fichier}
    assert martine.post(adresse("preuves", pli, pli=pli.reference), saisie).status_code == 302

    preuve = Preuve.objects.get()
    rendu = martine.get(adresse("fichier_de_preuve", pli, preuve=preuve.reference))
    assert b"".join(rendu.streaming_content) == b"%PDF-1.7"
    assert "fiscale.pdf" in lire(martine, "preuves", pli, pli=pli.reference)


def test_un_service_muet_renvoie_a_l_entreprise(martine, pli):
    reponse = martine.post(adresse("obtenir_les_preuves", pli, pli=pli.reference), follow=True)

    assert "Demandez les preuves à l" in reponse.content.decode()


def test_l_ordre_se_choisit_sur_la_grille(martine, pli):
    lire(martine, "ordre", pli)
    martine.post(adresse("ordre", pli), {"ordre": "offres"})

    assert "Les offres d" in lire(martine, "grille", pli)


def test_les_preuves_se_demandent_a_une_entreprise(martine, pli):
    lire(martine, "demander_les_preuves", pli, pli=pli.reference)
    saisie = {"sortes": ["fiscale"], "jour_avant": "2027-01-25", "heure_avant": "12:00"}

    assert (
        martine.post(adresse("demander_les_preuves", pli, pli=pli.reference), saisie).status_code
        == 302
    )
    assert "Attestation fiscale" in lire(martine, "preuves", pli, pli=pli.reference)


def test_une_candidature_d_une_autre_consultation_n_existe_pas(martine, pli):
    assert martine.get(adresse("examiner", pli, pli="D-2020-000000")).status_code == 404
