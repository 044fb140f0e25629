"""Deux personnes sur la même candidature :
la seconde lit ce qui est inscrit, rien ne s'écrase, rien de tapé ne se perd.
"""

import re

import pytest
import time_machine
from django.test import Client

from beffroi.choix.candidatures import services
from beffroi.choix.candidatures.models import DecisionSurCandidature, ExamenDePiece
from beffroi.choix.candidatures.services import Choix, Constat
from beffroi.choix.candidatures.tests.scene import EXAMEN_LE, admise, decider, reponses_ouvertes
from beffroi.choix.candidatures.tests.test_views import adresse, lire
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import ConflitEtat

pytestmark = pytest.mark.django_db
REFUS = {"decision-0": "ecartee", "base-0": "incomplete", "motif-0": "Sans attestation fiscale."}


@pytest.fixture
def pli(scene):
    return reponses_ouvertes(scene)[0]


@pytest.fixture
def martine(scene, pli):
    with time_machine.travel(EXAMEN_LE, tick=False):
        yield connecter(Client(), scene.personne("martine"))


def vues(page):
    return re.search(r'name="vues" value="([^"]*)"', page)[1]


def texte_de(page):
    """Ce qu'on lit, balises ôtées : deux mots collés s'y voient."""
    lu = re.sub(r"<[^>]+>", "", page.replace("<br>", "\n"))
    return " ".join(lu.split()).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_une_decision_prise_depuis_ne_s_ecrase_pas(scene, martine, pli):
    page = adresse("decider", pli, pli=pli.reference)
    vue = vues(lire(martine, "decider", pli, pli=pli.reference))
    decider(scene, admise(pli))

    reponse = martine.post(page, {**REFUS, "vues": vue})

    assert reponse.status_code == 422 and DecisionSurCandidature.objects.count() == 1
    lu = texte_de(reponse.content.decode())
    assert "est admise par Martine Caron, le" in lu and "Votre décision n'est pas inscrite" in lu
    assert "Sans attestation fiscale." in lu
    assert martine.post(page, {**REFUS, "vues": vues(reponse.content.decode())}).status_code == 302
    assert not DecisionSurCandidature.objects.get(remplacee_par=None).retenue


def test_redire_ce_qu_un_autre_vient_de_decider_n_est_pas_une_faute(scene, martine, pli):
    decider(scene, admise(pli))

    assert (
        martine.post(
            adresse("decider", pli, pli=pli.reference),
            {"decision-0": "admise", "motif-0": "Le DUME joint les remplace."},
        ).status_code
        == 302
    )
    assert DecisionSurCandidature.objects.count() == 1


def test_un_examen_inscrit_depuis_ne_s_ecrase_pas(scene, martine, pli):
    page = adresse("examiner", pli, pli=pli.reference)
    vue = vues(lire(martine, "examiner", pli, pli=pli.reference))
    constats = [Constat(None, "insuffisante", "Deux références sur trois.")]
    services.examiner(
        pli=pli, constats=constats, par=scene.personne("helene"), maintenant=EXAMEN_LE
    )
    saisie = {"verdict-capacites": "presente", "note-capacites": "Trois références lues."}

    reponse = martine.post(page, {**saisie, "vues": vue})

    assert reponse.status_code == 422 and ExamenDePiece.objects.count() == 1
    lu = reponse.content.decode().replace("’", "'")
    assert "insuffisante (Deux références sur trois.), d'après Hélène Duriez" in texte_de(lu)
    assert 'value="Trois références lues."' in lu
    assert martine.post(page, {**saisie, "vues": vues(reponse.content.decode())}).status_code == 302
    assert ExamenDePiece.objects.count() == 2


def test_l_acte_lui_meme_refuse_sans_passer_par_une_page(scene, pli):
    decider(scene, admise(pli))

    with pytest.raises(ConflitEtat, match="n'est pas inscrite"):
        services.decider_des_candidatures(
            consultation=scene.consultation,
            choix=[Choix(pli, None, retenue=False, motif="Exclue.", base="exclusion")],
            par=scene.personne("helene"),
            maintenant=EXAMEN_LE,
        )


def test_decider_sans_preuve_recente_attend_le_mot_de_passe(scene, pli):
    client = Client()
    with time_machine.travel(EXAMEN_LE, tick=False):
        client.force_login(scene.personne("martine"))
        reponse = client.post(adresse("decider", pli, pli=pli.reference), {"decision-0": "admise"})

    assert reponse.url.startswith("/compte/confirmer/")
    assert not DecisionSurCandidature.objects.exists()


def test_un_etat_et_qui_l_a_dit_ne_se_collent_pas(scene, martine, pli):
    constats = [Constat(None, "presente", "Lu.")]
    services.examiner(
        pli=pli, constats=constats, par=scene.personne("martine"), maintenant=EXAMEN_LE
    )
    decider(scene, Choix(pli, None, retenue=False, motif="Exclue.", base="exclusion"))

    lu = texte_de(lire(martine, "examiner", pli, pli=pli.reference))
    assert "Présente par Martine Caron" in lu
    assert "Écartée par Martine Caron" in lu
    assert not re.search(r"\)Exclue|fExclue|[a-zé]L'entreprise est exclue|à \d+ h \d+L", lu)
