"""Quand le serveur fait déjà attendre trop de monde, la page attend : qui a le bon mot de passe
entre, depuis le réseau même de qui s'acharne.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from beffroi.personnes.comptes import essais, patience, queries, rules, services
from beffroi.personnes.comptes.models import EssaisManques
from beffroi.personnes.comptes.tests.personnes import LUNDI, MOT_DE_PASSE, personne

pytestmark = pytest.mark.django_db
CONNEXION, INSCRIPTION = "/compte/connexion/", "/compte/inscription/"
SOPHIE, ICI = "sophie@atelier.example", "192.0.2.1"
BILLET = re.compile(r'name="billet" value="([^"]+)"')


@pytest.fixture(autouse=True)
def lundi():
    with time_machine.travel(LUNDI, tick=False) as instant:
        yield instant


@pytest.fixture
def epuises():
    """Sophie, son compte épuisé par un autre, et plus une place où attendre."""
    utilisateur = personne()
    comptes = essais.de_connexion(SOPHIE, reseau=ICI, poste="")
    for _ in range(rules.ECHECS_SANS_ATTENTE_PAR_COMPTE + 5):
        services.noter_un_echec([un.cle for un in comptes], maintenant=LUNDI)
    return utilisateur


@pytest.fixture
def salle_pleine(monkeypatch, epuises):
    monkeypatch.setattr(essais, "salle", essais.SalleDAttente(0, 0))
    return epuises


def essayer(mot_de_passe=MOT_DE_PASSE, *, client=None, adresse=CONNEXION):
    return (client or Client()).post(adresse, {"login": SOPHIE, "password": mot_de_passe})


def presenter(page, *, client=None, adresse=CONNEXION):
    (billet,) = BILLET.findall(page.content.decode())
    return envoyer(billet, client=client, adresse=adresse)


def envoyer(billet, *, client=None, adresse=CONNEXION):
    """Comme un navigateur envoie ce formulaire."""
    return (client or Client()).post(
        adresse, urlencode({"billet": billet}), "application/x-www-form-urlencoded"
    )


def test_la_page_dit_l_attente_et_ne_montre_pas_ce_qui_est_garde(salle_pleine):
    page = essayer(adresse=f"{CONNEXION}?next=/compte/securite/")

    dit = page.content.decode()
    assert page.status_code == 429
    assert page["Retry-After"] == "8" and "no-store" in page["Cache-Control"]
    assert "Ce que vous avez saisi est gardé" in dit
    assert 'data-patience="8"' in dit
    assert f'action="{CONNEXION}?next=/compte/securite/"' in dit
    assert MOT_DE_PASSE not in dit and SOPHIE not in dit


def test_a_son_heure_le_bon_mot_de_passe_entre_et_arrive_ou_il_allait(salle_pleine, lundi):
    adresse = f"{CONNEXION}?next=/compte/securite/"
    page = essayer(adresse=adresse)
    lundi.shift(rules.ATTENTE_AU_PLUS_S)

    entree = presenter(page, adresse=adresse)

    assert entree.status_code == 302
    assert entree.url == "/compte/securite/"


def test_avant_son_heure_le_billet_attend_encore(salle_pleine, lundi):
    page = essayer()
    lundi.shift(5)

    encore = presenter(page)

    assert encore.status_code == 429
    assert encore["Retry-After"] == "3"
    lundi.shift(3)
    assert presenter(encore).status_code == 302


def test_un_mauvais_mot_de_passe_a_attendu_et_se_compte(salle_pleine, lundi):
    page = essayer("pas le bon mot de passe")
    lundi.shift(rules.ATTENTE_AU_PLUS_S)
    avant = EssaisManques.objects.get(cle=essais.de_connexion(SOPHIE, reseau="", poste="")[0].cle)

    refus = presenter(page)

    assert refus.status_code == 200
    assert "ne convient pas" in refus.content.decode()
    apres = EssaisManques.objects.get(pk=avant.pk)
    assert apres.nombre == avant.nombre + 1


def test_s_acharner_depuis_le_meme_reseau_n_arrete_pas_qui_a_le_bon(epuises, lundi, monkeypatch):
    """Cinq essais faux attendent ensemble ; la bonne personne arrive d'un poste neuf."""
    partir, arrives = Event(), Semaphore(0)
    monde = essais.SalleDAttente(essais.PLACES_D_ATTENTE, essais.PLACES_D_UN_RESEAU)
    monkeypatch.setattr(essais, "salle", monde)

    def occuper():
        with monde.place("127.0.0.1") as prise:
            arrives.release()
            return partir.wait(60) and prise

    with ThreadPoolExecutor(5) as fils:
        faux = [fils.submit(occuper) for _ in range(5)]
        assert all(arrives.acquire(timeout=60) for _ in faux)
        page = essayer()
        partir.set()
    assert sum(un.result() for un in faux) == essais.PLACES_D_UN_RESEAU
    assert page.status_code == 429
    lundi.shift(rules.ATTENTE_AU_PLUS_S)
    assert presenter(page).status_code == 302


def test_un_billet_ne_vaut_que_d_ou_il_vient(salle_pleine, lundi):
    page = essayer()
    lundi.shift(rules.ATTENTE_AU_PLUS_S)

    ailleurs = presenter(page, adresse=INSCRIPTION)
    assert ailleurs.status_code == 302 and ailleurs.url == INSCRIPTION
    autre = Client()
    autre.force_login(personne("Kévin Masson", courriel="kevin@atelier.example"))
    assert presenter(page, client=autre).url == CONNEXION


@pytest.mark.parametrize("billet", ["", "forgé", "gAAAAA", "é" * 40])
def test_un_billet_force_ramene_au_formulaire(billet):
    retour = envoyer(billet)

    assert retour.status_code == 302 and retour.url == CONNEXION


def test_un_billet_oublie_se_redemande(salle_pleine, lundi):
    page = essayer()
    lundi.shift(rules.ATTENTE_AU_PLUS_S)
    lundi.shift(patience.VALIDITE.total_seconds() + 1)

    assert presenter(page).url == CONNEXION


def test_l_inscription_garde_tout_ce_qui_est_saisi(monkeypatch, lundi):
    monkeypatch.setattr(essais, "salle", essais.SalleDAttente(0, 0))
    ici = essais.du_reseau("inscription", "127.0.0.1")
    for _ in range(rules.ECHECS_SANS_ATTENTE_PAR_RESEAU):
        services.noter_un_echec([ici.cle], maintenant=LUNDI)
    saisie = {
        "email": "kevin@atelier.example",
        "password1": MOT_DE_PASSE,
        "nom": "Kévin Masson",
        "siret": "732 829 320 00074",
        "raison_sociale": "Atelier du Faîtage",
    }
    page = Client().post(INSCRIPTION, saisie)
    assert page.status_code == 429
    lundi.shift(1)

    assert presenter(page, adresse=INSCRIPTION).status_code == 302
    assert queries.utilisateur_par_courriel("kevin@atelier.example").nom == "Kévin Masson"


def test_un_fichier_ne_se_garde_pas_dans_une_page():
    piece = SimpleUploadedFile("defi.pdf", b"%PDF")
    assert patience.se_garde(RequestFactory().post("/", {"code": "12345678"}))
    avec_piece = RequestFactory().post("/")
    avec_piece.FILES["fichier"] = piece
    assert not patience.se_garde(avec_piece)
    assert not patience.se_garde(RequestFactory().post("/", {"code": "1" * 9_000}))


def test_la_garde_csrf_passe_avant_le_billet(salle_pleine, lundi):
    page = essayer()
    lundi.shift(rules.ATTENTE_AU_PLUS_S)

    assert presenter(page, client=Client(enforce_csrf_checks=True)).status_code == 403
