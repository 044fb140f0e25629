"""Chaque refus a sa page : ce qui s'est passé, pourquoi, quoi faire, et une référence à donner."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseNotAllowed

from beffroi.faces.portail import erreurs
from beffroi.faces.portail.middleware import PagesDErreur
from beffroi.garde.archives.tests.gestes import CLE, au_bordereau
from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.en_cours import Demande
from beffroi.socle.fondations.erreurs import (
    ConflitEtat,
    Introuvable,
    LimiteDepassee,
    RegleEnfreinte,
)
from beffroi.socle.fondations.stockage import CleInconnue
from beffroi.socle.guichet.telechargements import servir
from droit.citation import Article
from droit.decision import Motif

STATUTS = sorted(erreurs.CONNUES)
DE_LA_DEMANDE = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def requete(rf):
    requete = rf.get("/quelque-part/")
    requete.user = AnonymousUser()
    yield requete
    en_cours.oublier()


@pytest.mark.parametrize("statut", STATUTS)
def test_chaque_page_dit_quoi_faire_et_porte_une_reference(statut, requete):
    en_cours.repondre_a(Demande(DE_LA_DEMANDE))
    reponse = erreurs.page_erreur(requete, statut)
    page = reponse.content.decode()

    assert reponse.status_code == statut
    assert "Que faire maintenant" in page
    assert page.count("<h1>") == 1
    assert "Référence à donner" in page and "<code>89AB-CDEF</code>" in page
    assert reponse["Cache-Control"] == "no-store"


@pytest.mark.parametrize("statut", STATUTS)
def test_d_une_page_d_erreur_on_va_au_contenu_au_plan_et_a_l_accessibilite(statut, requete):
    page = erreurs.page_erreur(requete, statut).content.decode()

    assert all(
        f'href="{cible}"' in page for cible in ("#contenu", "/plan-du-site/", "/accessibilite/")
    )


@pytest.mark.parametrize("statut", sorted(erreurs.SANS_CONTEXTE))
def test_une_panne_se_dit_sans_base_de_donnees(statut, rf, django_assert_num_queries, db):
    requete = rf.get("/")

    with django_assert_num_queries(0):
        reponse = erreurs.page_erreur(requete, statut)

    assert b"theme.css" in reponse.content


def test_un_statut_inconnu_rend_la_page_de_panne(requete):
    assert "incident" in erreurs.page_erreur(requete, 418).content.decode()


def test_un_refus_dit_pourquoi_et_cite_l_article(requete):
    refus = RegleEnfreinte(
        "La consultation n'a pas de règlement.",
        motifs=(Motif("aucun règlement n'est joint", Article("CCP", "R. 2132-1")),),
    )

    page = PagesDErreur(HttpResponse).process_exception(requete, refus).content.decode()

    assert "La consultation n’a pas de règlement." in page
    assert "Aucun règlement n’est joint" in page
    assert "CCP, art.\N{NO-BREAK SPACE}R.\N{NO-BREAK SPACE}2132-1" in page


@pytest.mark.parametrize(
    ("refus", "statut"),
    [
        (ConflitEtat("x"), 409),
        (Introuvable(), 404),
        (LimiteDepassee("x"), 413),
        (RequestDataTooBig(), 413),
    ],
)
def test_un_refus_garde_son_statut(refus, statut, requete):
    assert PagesDErreur(HttpResponse).process_exception(requete, refus).status_code == statut


def test_une_panne_inattendue_reste_une_panne(requete):
    assert PagesDErreur(HttpResponse).process_exception(requete, ZeroDivisionError()) is None


def test_l_api_ne_recoit_jamais_de_page(rf):
    requete = rf.get("/api/v1/reponses/R-7F3K")

    assert PagesDErreur(HttpResponse).process_exception(requete, ConflitEtat("x")) is None
    assert PagesDErreur(lambda _: HttpResponseNotAllowed(["GET"]))(requete).content == b""


def test_une_methode_refusee_a_sa_page_et_son_en_tete(requete):
    reponse = PagesDErreur(lambda _: HttpResponseNotAllowed(["GET", "HEAD"]))(requete)

    assert reponse.status_code == 405
    assert reponse["Allow"] == "GET, HEAD"
    assert "Que faire maintenant" in reponse.content.decode()


def test_une_attente_est_dite_a_la_personne_et_au_navigateur(requete):
    reponse = erreurs.page_erreur(requete, 429, attente_s=30)

    assert reponse["Retry-After"] == "30"
    assert "Attendez 30" in reponse.content.decode()


def test_un_message_est_echappe(requete):
    assert (
        b"<script>"
        not in erreurs.page_erreur(requete, 403, message="<script>alert(1)</script>").content
    )


@pytest.mark.parametrize("statut", STATUTS)
def test_chaque_page_mene_quelque_part(statut, requete):
    page = erreurs.page_erreur(requete, statut).content.decode()

    assert 'href="/">Aller à l’accueil</a>' in page


@pytest.mark.parametrize("statut", STATUTS)
def test_chaque_page_ramene_d_ou_l_on_vient(statut, rf):
    requete = rf.post(
        "/quelque-part/", headers={"Referer": "http://testserver/consultations/2026-0142/"}
    )
    requete.user = AnonymousUser()

    page = erreurs.page_erreur(requete, statut).content.decode()

    assert (
        'href="http://testserver/consultations/2026-0142/">Revenir à la page précédente</a>' in page
    )


@pytest.mark.parametrize(
    "d_avant", ["https://ailleurs.example/piege/", "javascript:alert(1)", "//ailleurs.example/"]
)
def test_une_page_ne_renvoie_jamais_ailleurs(d_avant, rf):
    requete = rf.post("/quelque-part/", headers={"Referer": d_avant})
    requete.user = AnonymousUser()

    page = erreurs.page_erreur(requete, 422).content.decode()

    assert "Revenir à la page précédente" not in page and d_avant not in page


def test_un_nom_de_serveur_inconnu_a_sa_page(rf):
    requete = rf.get("/", headers={"Host": "inconnu.example", "Referer": "http://inconnu.example/"})
    requete.user = AnonymousUser()

    assert "Revenir" not in erreurs.page_erreur(requete, 500).content.decode()


@pytest.mark.parametrize(("methode", "propose"), [("get", True), ("post", False)])
def test_une_page_se_recharge_un_envoi_ne_se_rejoue_pas(methode, propose, rf):
    requete = getattr(rf, methode)("/mes-reponses/?page=2")
    requete.user = AnonymousUser()

    page = erreurs.page_erreur(requete, 503).content.decode()

    assert ('href="/mes-reponses/?page=2">Recharger la page</a>' in page) is propose


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse",
    ["/consultations/%00/", "/consultations/%00/documents/", "/api/v1/consultations/a%00b"],
)
def test_un_caractere_nul_dans_une_adresse_est_une_page_introuvable(client, adresse):
    assert client.get(adresse).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("restitution", "dit"), [("", "sous le visa des Archives"), ("RS-1", "a quitté ce service")]
)
def test_l_adresse_d_une_piece_eliminee_dit_quand_sous_quel_bordereau_et_a_qui_demander(
    requete, restitution, dit
):
    bordereau = au_bordereau(restitution=restitution)
    reponse = PagesDErreur(HttpResponse).process_exception(requete, CleInconnue(CLE))
    page = reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert reponse.status_code == 410
    assert dit in page and bordereau.reference in page
    assert "Commune de Bomy" in page and "mairie@bomy.example" in page and "2 novembre 2026" in page


@pytest.mark.django_db
def test_une_piece_visee_mais_pas_detruite_et_introuvable_reste_une_panne(requete):
    au_bordereau("visee")

    assert PagesDErreur(HttpResponse).process_exception(requete, CleInconnue(CLE)) is None


@pytest.mark.django_db
def test_une_perte_que_nul_visa_n_explique_reste_une_panne(requete):
    au_bordereau()

    assert (
        PagesDErreur(HttpResponse).process_exception(requete, CleInconnue("plis/00/0001")) is None
    )


@pytest.mark.parametrize(
    ("methode", "entetes"), [("get", {}), ("head", {}), ("get", {"If-None-Match": '"e"'})]
)
def test_un_navigateur_qui_l_a_deja_lue_apprend_aussi_qu_elle_n_est_plus_la(methode, entetes, rf):
    with pytest.raises(CleInconnue, match=CLE):
        servir(
            getattr(rf, methode)("/", headers=entetes),
            cle=CLE,
            nom="a.pdf",
            taille=1,
            etiquette='"e"',
        )
