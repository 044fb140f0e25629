"""Chaque acte ouvert à tous : ce qu'il écrit au registre, et ce qu'il dit, épuisé.

Le refus revient dans la page, avec ce qui était tapé, et rien n'est écrit. Qui a prouvé son
adresse passe.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.conventions.models import DemandeDAdhesion
from beffroi.centre.conventions.queries import jeton as jeton_d_adhesion
from beffroi.centre.conventions.services import demandes as adhesions
from beffroi.personnes.comptes.tests.personnes import connecter, personne
from beffroi.publicite.questions.models import Demandeur
from beffroi.publicite.questions.services import donner_le_lien
from beffroi.service.assistance import jetons
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.socle.budgets.models import Depense
from beffroi.socle.budgets.rules import LIGNES_AU_REGISTRE
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture
from tests.preuves.test_cadence_sous_les_inconnus import budgets_declares

COURRIEL = "odile@exemple.fr"
BUDGETS = {budget.acte: budget for budget in budgets_declares()}


class Envoi(NamedTuple):
    """Où s'envoie un acte, et ce qui y est tapé."""

    adresse: Callable[[Consultation], str]
    champs: dict[str, Any]


def a(nom: str) -> Callable[[Consultation], str]:
    return lambda _: reverse(nom)


def de_la_consultation(nom: str) -> Callable[[Consultation], str]:
    return lambda consultation: reverse(nom, args=(consultation.reference,))


def suite_d_une_demande(_: Consultation) -> str:
    demande = demander(
        saisie=Saisie(texte="Rien ne s'ouvre", cle="k"),
        personne=Personne(courriel=COURRIEL),
        canal="web",
        maintenant=maintenant(),
    )
    return reverse("assistance:suivre", args=(jetons.jeton_de(demande),))


def question_par_lien(consultation: Consultation) -> str:
    donner_le_lien(consultation=consultation, courriel=COURRIEL, maintenant=maintenant())
    assert Demandeur.objects.exists()
    ecrit = Courriel.objects.filter(cle__startswith="question:lien:").latest("pk").texte
    return re.search(r"/questions/sans-compte/\S+", ecrit)[0]


ADHESION = {
    "siren": "216201558",
    "nom": "Commune de Bomy",
    "nature": "commune",
    "interlocuteur": "Martine Caron",
    "courriel": COURRIEL,
}


def adhesion_a_confirmer(_: Consultation) -> str:
    demande = adhesions.demander(
        adhesions.Saisie(**ADHESION, qualite="maire"), maintenant=maintenant()
    )
    assert DemandeDAdhesion.objects.exists()
    return reverse("conventions:confirmer", args=(jeton_d_adhesion(demande),))


ENVOIS = {
    "assistance.ecrire": Envoi(
        a("assistance:ecrire"),
        {
            "nom": "Odile Roux",
            "courriel": COURRIEL,
            "texte": "Où déposer ?",
            "categorie": "technique",
            "cle": "k" * 32,
        },
    ),
    "assistance.suivre": Envoi(suite_d_une_demande, {"texte": "Toujours pas"}),
    "aide.etre_rappele": Envoi(
        a("aide:etre_rappele"), {"nom": "Nadia", "telephone": "06 12 34 56 78", "sujet": "Vite"}
    ),
    "conformite.exercer": Envoi(
        a("conformite:exercer"),
        {
            "droit": "acces",
            "texte": "Que savez-vous ?",
            "nom": "Odile Roux",
            "courriel": COURRIEL,
            "cle": "k" * 32,
        },
    ),
    "conventions.adherer": Envoi(a("conventions:adherer"), ADHESION),
    "conventions.confirmer": Envoi(adhesion_a_confirmer, {}),
    "questions.demander": Envoi(de_la_consultation("questions:demander"), {"courriel": COURRIEL}),
    "questions.sans_compte": Envoi(
        question_par_lien, {"texte": "Quelle ardoise ?", "cle": "c" * 32}
    ),
    "alertes.garder": Envoi(
        lambda _: f"{reverse('alertes:garder')}?q=toiture",
        {"courriel": COURRIEL, "cadence": "instant"},
    ),
    "abonnements.retrouver": Envoi(a("abonnements:retrouver"), {"courriel": COURRIEL}),
    "retraits.etre_averti": Envoi(
        de_la_consultation("retraits:etre_averti"), {"entreprise": "Faîtage", "courriel": COURRIEL}
    ),
    "teleassistance.consentir": Envoi(a("teleassistance:consentir"), {"accord": "on"}),
}
# Ils ne se refusent pas dans une page, et leur contexte les éprouve.
AILLEURS = {
    "comptes.delivrer_jeton",  # personnes/comptes/tests/test_views_compte.py
    "entreprises.presenter",  # personnes/entreprises/tests/test_views_entreprise.py
    "assistance.courriel",  # service/assistance/tests/test_entrants.py
    "retraits.telecharger",  # publicite/retraits/tests/test_budget.py
    "teleassistance.consentir_par_lien",  # service/teleassistance/tests/test_views.py
}


@pytest.fixture
def consultation(consultation_publiee):
    return consultation_publiee


def test_chaque_budget_a_son_essai():
    assert sorted(ENVOIS.keys() | AILLEURS) == sorted(BUDGETS)


def epuiser(acte: str, *, lignes: int = 0, fois: int = 0) -> None:
    le = maintenant()
    Depense.objects.bulk_create(
        Depense(acte=acte, qui="d'ailleurs", lignes=lignes, le=le) for _ in range(fois)
    )


def lu(page: Any) -> str:
    return re.sub("&nbsp;|[\xa0\u202f]", " ", page.content.decode()).replace("’", "'")


@pytest.mark.django_db
@pytest.mark.parametrize("acte", sorted(ENVOIS))
def test_un_acte_passe_se_compte_et_n_ecrit_pas_plus_qu_il_ne_dit(acte, consultation):
    adresse = ENVOIS[acte].adresse(consultation)
    avant = Ecriture.objects.count()

    assert Client().post(adresse, ENVOIS[acte].champs).status_code in {200, 302}
    (depense,) = Depense.objects.all()
    assert (depense.acte, depense.lignes) == (acte, BUDGETS[acte].lignes)
    assert Ecriture.objects.count() - avant <= BUDGETS[acte].lignes


@pytest.mark.django_db
@pytest.mark.parametrize("acte", sorted(ENVOIS))
def test_epuise_la_page_le_dit_garde_ce_qui_est_tape_et_n_ecrit_rien(acte, consultation):
    adresse, champs = ENVOIS[acte].adresse(consultation), ENVOIS[acte].champs
    epuiser(acte, fois=BUDGETS[acte].en_tout)
    avant = Ecriture.objects.count(), Courriel.objects.count()

    page = Client().post(adresse, champs)

    assert page.status_code == 422 and "Trop de personnes sans compte" in lu(page)
    assert (Ecriture.objects.count(), Courriel.objects.count()) == avant
    assert champs.get("texte", "") in lu(page)


@pytest.mark.django_db
@pytest.mark.parametrize("acte", sorted(acte for acte in ENVOIS if BUDGETS[acte].lignes))
def test_le_registre_plein_d_inconnus_le_dit(acte, consultation):
    adresse = ENVOIS[acte].adresse(consultation)
    epuiser("un.autre", lignes=LIGNES_AU_REGISTRE, fois=1)

    page = Client().post(adresse, ENVOIS[acte].champs)

    assert page.status_code == 422 and "Le registre a déjà reçu" in lu(page)


@pytest.mark.django_db
def test_qui_a_prouve_son_adresse_ecrit_encore_et_qui_ne_l_a_pas_prouvee_compte(consultation):
    acte = "aide.etre_rappele"
    adresse, champs = ENVOIS[acte].adresse(consultation), ENVOIS[acte].champs
    epuiser(acte, fois=BUDGETS[acte].en_tout)
    connue = connecter(Client(), personne("Sophie Prouvee"))
    inconnue = connecter(Client(), personne("Kevin Sans", verifiee=False))

    assert connue.post(adresse, champs).status_code == 302
    assert inconnue.post(adresse, champs).status_code == 422


@pytest.mark.django_db
def test_un_formulaire_a_corriger_ne_coute_rien(consultation):
    for _ in range(20):
        assert Client().post(reverse("assistance:ecrire"), {}).status_code == 422

    assert not Depense.objects.exists()
