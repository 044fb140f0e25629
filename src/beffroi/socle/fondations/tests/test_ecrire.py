"""Écrire un courriel de gabarit : à une adresse, à chacun de plusieurs."""

from typing import NamedTuple

import pytest
from django.conf import settings

from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun

pytestmark = pytest.mark.django_db

GABARITS = {
    "essai/courriels/chacun.txt": "{{ personne.nom }}, {{ quoi }}. {{ service.nom }}",
    "essai/courriels/un.txt": "{{ quoi }}, {{ service.nom }}",
}


class Personne(NamedTuple):
    nom: str
    reference: str
    courriel: str


SOPHIE = Personne("Sophie", "U-1", "sophie@example.org")
KEVIN = Personne("Kevin", "U-2", "kevin@example.org")


@pytest.fixture(autouse=True)
def _gabarits(settings):
    chargeurs = [("django.template.loaders.locmem.Loader", GABARITS)]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": chargeurs},
        }
    ]


def ecrire_a_tous(*personnes):
    ecrire_a_chacun(
        personnes,
        cle="essai:7:",
        sujet="Un essai",
        gabarit="essai/courriels/chacun.txt",
        contexte={"quoi": "rien à faire"},
        maintenant=maintenant(),
    )


def test_chacun_a_le_sien_et_sa_reference_finit_la_cle():
    ecrire_a_tous(SOPHIE, KEVIN)

    ecrits = Courriel.objects.order_by("pk").values_list("cle", "destinataire", "sujet")
    assert list(ecrits) == [
        ("essai:7:U-1", SOPHIE.courriel, "Un essai"),
        ("essai:7:U-2", KEVIN.courriel, "Un essai"),
    ]


def test_le_gabarit_connait_la_personne_et_le_service():
    ecrire_a_tous(SOPHIE)

    assert Courriel.objects.get().texte == f"Sophie, rien à faire. {settings.SERVICE['nom']}"


def test_recommence_il_n_ecrit_qu_a_qui_n_avait_rien_recu():
    ecrire_a_tous(SOPHIE)
    ecrire_a_tous(SOPHIE, KEVIN)

    assert [courriel.cle for courriel in Courriel.objects.order_by("pk")] == [
        "essai:7:U-1",
        "essai:7:U-2",
    ]


def test_une_adresse_sans_compte_recoit_le_gabarit_et_ses_pieces():
    piece = {"nom": "lettre.pdf", "type": "application/pdf", "fabrique": "a.b", "arguments": []}

    ecrit = ecrire_a(
        "mairie@example.org",
        cle="essai:8",
        sujet="Un essai",
        gabarit="essai/courriels/un.txt",
        contexte={"quoi": "Lettre jointe"},
        maintenant=maintenant(),
        pieces=[piece],
    )

    assert (ecrit.cle, ecrit.destinataire, ecrit.pieces) == (
        "essai:8",
        "mairie@example.org",
        [piece],
    )
    assert ecrit.texte == f"Lettre jointe, {settings.SERVICE['nom']}"


def test_l_adresse_d_une_page_est_entiere():
    assert lien_vers("cles:ma_cle") == f"{settings.ADRESSE_PUBLIQUE}/cles/"
    assert lien_vers("cles:canari", "P-7") == f"{settings.ADRESSE_PUBLIQUE}/cles/canari/P-7/"
