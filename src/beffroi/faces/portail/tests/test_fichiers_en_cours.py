"""Des fichiers lus lentement n'occupent jamais tous les fils."""

import gc
import itertools
import json
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, StreamingHttpResponse

from beffroi.faces.portail.fichiers_en_cours import (
    ATTENTE_S,
    BEAUCOUP,
    ENSEMBLE,
    GARDE_PAR_UN_FRONTAL,
    PAR_RESEAU,
    FichiersEnCours,
)
from tests.accords import lecture

pytestmark = pytest.mark.django_db
ICI, LA_BAS = "198.51.100.7", "203.0.113.9"


@pytest.fixture
def demander(rf):
    """Un fichier depuis cette adresse."""
    fichiers = FichiersEnCours(lambda request: StreamingHttpResponse(itertools.repeat(b"octets")))

    def fichier(de=ICI, chemin="/consultations/2026-0001/dossier/"):
        request = rf.get(chemin, REMOTE_ADDR=de)
        request.user, request.session = AnonymousUser(), {}
        return fichiers(request)

    return fichier


def test_un_reseau_n_en_prend_que_quelques_uns_et_son_voisin_est_servi(demander):
    tenus = [demander() for _ in range(PAR_RESEAU)]

    refus, voisin = demander(), demander(de=LA_BAS)

    assert {un.status_code for un in (*tenus, voisin)} == {200}
    assert refus.status_code == 429 and refus["Retry-After"] == str(ATTENTE_S)
    page = lecture.page(refus.content.decode())
    assert BEAUCOUP in page and f"Attendez {ATTENTE_S} secondes" in page


def test_tous_ensemble_ils_laissent_la_moitie_des_fils(demander):
    tenus = [demander(de=f"198.51.100.{rang}") for rang in range(ENSEMBLE)]

    assert {un.status_code for un in tenus} == {200}
    assert demander(de=LA_BAS).status_code == 429


def test_un_fichier_fini_rend_sa_place_une_fois(demander):
    tenus = [demander() for _ in range(PAR_RESEAU)]
    tenus[0].close()
    tenus[0].close()

    neufs = [demander() for _ in range(2)]

    assert [neuf.status_code for neuf in neufs] == [200, 429]


def test_un_fichier_que_personne_n_a_ferme_rend_sa_place(demander):
    for _ in range(PAR_RESEAU + 1):
        assert demander().status_code == 200
        gc.collect()


def test_un_logiciel_lit_un_probleme(demander):
    tenus = [demander(chemin="/api/v1/consultations/") for _ in range(PAR_RESEAU)]
    refus = demander(chemin="/api/v1/consultations/")

    assert len(tenus) == PAR_RESEAU and refus["Retry-After"] == str(ATTENTE_S)
    assert json.loads(refus.content)["detail"] == BEAUCOUP


def test_une_page_ne_compte_pas(rf):
    pages = FichiersEnCours(lambda request: HttpResponse("page"))

    assert {pages(rf.get("/")).status_code for _ in range(ENSEMBLE + 1)} == {200}


class EnvoisLents:
    """La suite n'arrive qu'au signal : chaque envoi tient un fil."""

    def __init__(self, rf):
        self.rf, self.suite, self.statuts = rf, threading.Event(), []
        self.dans_la_vue = threading.Semaphore(0)
        self.fichiers = FichiersEnCours(self.vue)

    def vue(self, request):
        self.dans_la_vue.release()
        self.suite.wait(30)
        return HttpResponse("reçu")

    def envoyer(self, de, taille):
        request = self.rf.post("/pieces/", REMOTE_ADDR=de, CONTENT_LENGTH=str(taille))
        request.user, request.session = AnonymousUser(), {}
        self.statuts.append(self.fichiers(request).status_code)


def test_de_gros_envois_lents_laissent_les_trois_quarts_des_fils(rf):
    lents, gros = EnvoisLents(rf), GARDE_PAR_UN_FRONTAL + 1
    fils = [
        threading.Thread(target=lents.envoyer, args=(f"198.51.100.{rang}", gros))
        for rang in range(ENSEMBLE // 2)
    ]
    try:
        for fil in fils:
            fil.start()
            assert lents.dans_la_vue.acquire(timeout=30)
        lents.envoyer(LA_BAS, gros)
        assert lents.statuts == [429]
    finally:
        lents.suite.set()
        for fil in fils:
            fil.join()
    assert lents.statuts[1:] == [200] * len(fils)
    lents.envoyer(LA_BAS, gros)
    lents.envoyer(LA_BAS, GARDE_PAR_UN_FRONTAL)
    assert lents.statuts[-2:] == [200, 200]
