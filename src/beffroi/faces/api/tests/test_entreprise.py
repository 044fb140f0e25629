"""Une entreprise retrouve ses réponses, les retire et demande :
par les mêmes actes que ses pages.
"""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.faces.api.tests.logiciel import Logiciel, sans_nom
from beffroi.personnes.comptes.portees import Portee
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.publicite.questions.models import Question
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE, Candidat, membre
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


@pytest.fixture
def pli(faitage):
    return faitage.depose(("offre", None))


@pytest.fixture
def demandeur(client, faitage):
    _, secret = delivrer_jeton(
        utilisateur=faitage.personne,
        libelle="essai",
        portees=[Portee.QUESTIONS_POSER],
        maintenant=VEILLE,
    )
    return Logiciel(client, secret)


def demander(logiciel, consultation, texte="Quelle ardoise ?", cle="cle-1"):
    chemin = f"consultations/{consultation.reference}/questions"
    return logiciel.demander("post", chemin, {"texte": texte}, **{"idempotency-key": cle})


def test_on_retrouve_ses_reponses_et_ses_depots(logiciel, pli, reponse):
    reponses = logiciel_personnel(logiciel).demander("get", "reponses").json()["reponses"]
    depots = logiciel_personnel(logiciel).demander("get", "depots").json()["depots"]

    assert [(r["etat"], r["depots"]) for r in reponses] == [
        ("deposee", [pli.reference]),
        ("en_preparation", []),
    ]
    assert [(d["recepisse"], d["etat"]) for d in depots] == [(pli.reference, "depose")]


def logiciel_personnel(logiciel):
    """Le même logiciel, avec le jeton de sa personne plutôt que celui de la réponse."""
    return Logiciel(logiciel.client, logiciel.personnel)


@pytest.fixture
def logiciel(logiciel):
    logiciel.personnel = logiciel.jeton
    return logiciel


def test_la_liste_se_lit_page_apres_page(logiciel, faitage):
    for _ in range(3):
        faitage.depose(("offre", None))

    premiere = logiciel.demander("get", "depots?limite=2").json()
    seconde = logiciel.demander("get", f"depots?limite=2&apres={premiere['suivant']}").json()

    lus = [depot["recepisse"] for page in (premiere, seconde) for depot in page["depots"]]
    assert lus == list(Pli.objects.order_by("pk").values_list("reference", flat=True))
    assert seconde["suivant"] is None


def test_la_suite_d_une_liste_ne_compte_pas_les_depots_des_autres(logiciel, faitage, consultation):
    zingueurs = Candidat(consultation, membre("Zoé Wattel"))
    for chacun in (zingueurs, faitage, zingueurs, faitage):
        chacun.depose(("offre", None))

    assert logiciel.demander("get", "depots?limite=2").json()["suivant"] == 2


def test_une_autre_entreprise_ne_voit_rien_et_ne_trouve_rien(etranger, pli, consultation):
    listes = [etranger.demander("get", nom).json() for nom in ("reponses", "depots")]
    present = etranger.demander("get", f"depots/{pli.reference}")
    absent = etranger.demander("get", "depots/D-2020-00000")

    assert [len(next(iter(liste.values()))) for liste in listes] == [0, 0]
    assert (present.status_code, sans_nom(present)) == (404, sans_nom(absent))
    assert etranger.demander("post", f"depots/{pli.reference}/retrait").status_code == 404


def test_retirer_deux_fois_ne_retire_qu_une_fois(logiciel, pli):
    premier, second = (
        logiciel.demander("post", f"depots/{pli.reference}/retrait") for _ in range(2)
    )

    assert (premier.status_code, premier.json()["etat"]) == (200, "retire")
    assert second.json() == premier.json()
    assert Ecriture.objects.filter(acte="pli.retirer").count() == 1


def test_apres_l_heure_on_ne_retire_plus(logiciel, pli):
    with time_machine.travel(LIMITE, tick=True):
        refus = logiciel.demander("post", f"depots/{pli.reference}/retrait")

    assert refus.status_code == 422 and refus.json()["motifs"]


def test_qui_ne_peut_que_lire_ne_retire_pas(client, faitage, pli):
    _, secret = delivrer_jeton(
        utilisateur=faitage.personne,
        libelle="lecture",
        portees=[Portee.REPONSES_LIRE],
        maintenant=VEILLE,
    )

    refus = Logiciel(client, secret).demander("post", f"depots/{pli.reference}/retrait")

    assert refus.status_code == 403 and "« reponses:deposer »" in refus.json()["detail"]


def test_la_meme_cle_ne_pose_qu_une_question(demandeur, consultation):
    premiere, seconde = demander(demandeur, consultation), demander(demandeur, consultation)

    assert (premiere.status_code, premiere.json()) == (201, seconde.json())
    assert premiere.json()["etat"] == "posee" and Question.objects.count() == 1


def test_la_meme_cle_pour_un_autre_texte_est_refusee(demandeur, consultation):
    demander(demandeur, consultation)

    refus = demander(demandeur, consultation, "Quel zinc ?")

    assert refus.status_code == 409 and Question.objects.count() == 1


def test_la_cle_d_un_autre_ne_rencontre_pas_la_sienne(demandeur, etranger, consultation):
    jeton_de_l_autre = delivrer_jeton(
        utilisateur=etranger.personne,
        libelle="essai",
        portees=[Portee.QUESTIONS_POSER],
        maintenant=VEILLE,
    )[1]

    siennes = {
        demander(demandeur, consultation).json()["question"],
        demander(Logiciel(demandeur.client, jeton_de_l_autre), consultation).json()["question"],
    }

    assert len(siennes) == 2


def test_on_relit_ses_questions_et_personne_d_autre(demandeur, etranger, consultation):
    question = demander(demandeur, consultation).json()["question"]
    jeton_de_l_autre = delivrer_jeton(
        utilisateur=etranger.personne,
        libelle="essai",
        portees=[Portee.QUESTIONS_POSER],
        maintenant=VEILLE,
    )[1]
    autre = Logiciel(demandeur.client, jeton_de_l_autre)

    assert [q["question"] for q in demandeur.demander("get", "questions").json()["questions"]] == [
        question
    ]
    assert autre.demander("get", "questions").json()["questions"] == []
    assert autre.demander("get", f"questions/{question}").status_code == 404


def requetes(logiciel, chemin):
    logiciel.demander("get", chemin)  # le premier appel note l'usage du jeton
    with CaptureQueriesContext(connection) as faites:
        assert logiciel.demander("get", chemin).status_code == 200
    return len(faites)


def test_trois_questions_se_lisent_en_autant_de_requetes_qu_une(demandeur, consultation):
    demander(demandeur, consultation)
    une = requetes(demandeur, "questions")
    for cle in ("cle-2", "cle-3"):
        demander(demandeur, consultation, cle=cle)

    assert requetes(demandeur, "questions") == une


@pytest.mark.parametrize("liste", ["depots", "reponses"])
def test_trois_depots_se_lisent_en_autant_de_requetes_qu_un(logiciel, faitage, liste):
    faitage.depose(("offre", None))
    un = requetes(logiciel, liste)
    for _ in range(2):
        faitage.depose(("offre", None))

    assert requetes(logiciel, liste) == un
