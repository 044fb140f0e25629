"""Ce qui revient dans un formulaire, avec toutes ses raisons, et ce qui n'y revient pas."""

from functools import partial

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage

from beffroi.socle.fondations import erreurs
from beffroi.socle.guichet.actes import (
    fait,
    raisons,
    refus_dans,
    rendre,
    saisie,
    saisie_et_fichiers,
)
from droit.citation import Article
from droit.decision import Decision, Motif

DELAI = Motif("Le délai est trop court", Article("CCP", "R. 2131-1"))
CLE = Motif("La clé n'est pas prête")
ANNONCE = Decision.refus(DELAI, CLE), "Publier lundi ne serait pas permis."


class MotifForm(forms.Form):
    motif = forms.CharField()


@pytest.fixture
def request_(rf):
    demande = rf.post("/", {"motif": "Urgence"})
    demande._messages = CookieStorage(demande)
    return demande


@pytest.fixture
def form(request_):
    return MotifForm(saisie(request_))


def lever(refus):
    raise refus


def dits(request):
    return [str(message) for message in request._messages]


def test_un_acte_fait_se_dit(request_, form):
    assert fait(request_, form, lambda: object(), "C'est noté.")
    assert dits(request_) == ["C'est noté."]


def test_un_acte_qui_n_a_rien_inscrit_le_dit(request_, form):
    assert fait(request_, form, lambda: None, "C'est noté.", rien="Rien n'a changé.")
    assert dits(request_) == ["Rien n'a changé."]


def test_un_formulaire_mal_rempli_n_essaie_rien(request_):
    assert not fait(request_, MotifForm({}), partial(pytest.fail, "tenté"), "C'est noté.")


def test_chaque_raison_d_une_regle_revient_dans_le_formulaire(request_, form):
    refuser = partial(erreurs.exiger, Decision.refus(DELAI, CLE))

    assert not fait(request_, form, refuser, "C'est noté.")
    assert form.non_field_errors() == [str(DELAI), str(CLE)]
    assert dits(request_) == []


def test_le_message_qui_annonce_des_raisons_n_est_pas_une_faute_de_plus(request_, form):
    fait(request_, form, partial(erreurs.exiger, *ANNONCE), "C'est noté.")

    assert form.non_field_errors() == [str(DELAI), str(CLE)]


def test_un_refus_dit_d_un_trait_commence_par_son_message():
    with pytest.raises(erreurs.RegleEnfreinte) as refus:
        erreurs.exiger(*ANNONCE)

    assert raisons(refus.value) == ["Publier lundi ne serait pas permis.", str(DELAI), str(CLE)]


@pytest.mark.parametrize("sorte", [erreurs.RegleEnfreinte, erreurs.ConflitEtat])
def test_ce_a_quoi_la_personne_peut_remedier_revient_dans_le_formulaire(form, sorte):
    with refus_dans(form, "motif"):
        lever(sorte("Rechargez la page."))

    assert form.errors == {"motif": ["Rechargez la page."]}


def test_un_refus_va_au_champ_que_la_regle_nomme(form):
    with refus_dans(form):
        lever(erreurs.RegleEnfreinte("Trop tard.", champ="motif"))

    assert form.errors == {"motif": ["Trop tard."]}


@pytest.mark.parametrize(
    "refus",
    [
        erreurs.Introuvable(),
        erreurs.RoleManquant("Il faut un autre rôle."),
        erreurs.LimiteDepassee("Trop gros."),
        erreurs.EspaceInsuffisant("Plein."),
        erreurs.ServiceIndisponible("En panne."),
    ],
)
def test_une_absence_un_role_ou_une_panne_gardent_leur_reponse(request_, form, refus):
    with pytest.raises(type(refus)):
        fait(request_, form, partial(lever, refus), "C'est noté.")

    assert not form.errors


def test_une_page_dont_le_formulaire_est_a_corriger_est_en_faute(rf):
    page = rendre(rf.get("/"), "django/forms/div.html", {"form": MotifForm({})})

    assert page.status_code == 422
    assert rendre(rf.get("/"), "django/forms/div.html", {"form": MotifForm()}).status_code == 200


def test_rien_n_est_saisi_tant_que_rien_n_est_envoye(rf):
    assert saisie(rf.get("/")) is None
    assert saisie_et_fichiers(rf.get("/")) == (None, None)
    assert saisie(rf.post("/")) == {}
