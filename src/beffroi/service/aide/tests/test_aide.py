"""L'aide répond : chaque question a sa réponse,
chaque lien mène quelque part, un mot sans accent se trouve.
"""

import pytest
from django.urls import Resolver404, resolve

from beffroi.service.aide import contenu
from beffroi.service.aide.contenu import ROLES, chercher, glossaire, rubrique, rubriques

A_VENIR = {"/essai/diagnostic/"}


@pytest.mark.parametrize("role", ROLES)
def test_chaque_role_a_ses_questions_et_leurs_reponses(role, client):
    page = client.get(f"/aide/{role}/").content.decode()

    assert rubrique(role).questions
    for question in rubrique(role).questions:
        assert f'id="{question.cle}"' in page
        assert question.reponse


def test_une_ancre_ne_sert_qu_une_fois_par_page():
    for lue in rubriques():
        cles = [question.cle for question in lue.questions]
        assert len(set(cles)) == len(cles)


def test_chaque_lien_de_l_aide_mene_a_une_page():
    adresses = {
        adresse for lue in rubriques() for question in lue.questions for _, adresse in question.voir
    }

    perdues = {adresse for adresse in adresses - A_VENIR if not mene_quelque_part(adresse)}

    assert perdues == set()


def mene_quelque_part(adresse):
    try:
        return resolve(adresse)
    except Resolver404:
        return False


def test_un_mot_sans_accent_trouve_sa_question_celle_qui_le_dit_d_abord():
    questions, _ = chercher("recepisse")

    assert questions
    assert all("recepisse" in question.texte for question in questions)


@pytest.mark.parametrize(
    "texte", ["", "   ", "%", "<script>alert(1)</script>", "é" * 10_000, "\x00", "📜"]
)
def test_une_recherche_etrange_rend_une_page_et_rien_ne_s_execute(texte, client):
    reponse = client.get("/aide/chercher/", {"q": texte})

    assert reponse.status_code == 200
    assert b"<script>alert" not in reponse.content


def test_une_recherche_sans_resultat_dit_quoi_faire(client):
    page = client.get("/aide/chercher/", {"q": "xylophone"}).content.decode()

    assert "Essayez un seul mot" in page


def test_le_glossaire_est_dans_l_ordre_et_sans_doublon(client):
    mots = [contenu.replier(mot.mot) for mot in glossaire()]

    assert mots == sorted(set(mots))
    assert client.get("/aide/glossaire/").content.decode().count("<dt>") == len(mots)


def test_l_aide_se_lit_sans_base_de_donnees_ni_cookie(client):
    reponse = client.get("/aide/entreprise/")

    assert reponse.status_code == 200
    assert not reponse.cookies
