"""Un changement s'écrit à qui suit, du même acte que la page,
avec la même heure et la même référence.
"""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import declarer_sans_suite, prolonger_le_delai
from beffroi.achat.dossiers.tests.gestes import publier_une_version, remplacer
from beffroi.personnes.abonnements import services as abonnements
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.retraits import annonces, queries
from beffroi.publicite.retraits.models import Retirant
from beffroi.socle.fondations.models import Courriel
from formats import dates
from formats.dates import jour_et_heure

pytestmark = pytest.mark.django_db


@pytest.fixture
def suivie(scene, consultation):
    for nom in ("sophie", "kevin"):
        abonnements.suivre(
            courriel=f"{nom}@example.org",
            sujet=queries.sujet_de(consultation),
            maintenant=scene.le,
        )
    abonnements.demander(
        courriel="tiers@example.org", sujet=queries.sujet_de(consultation), maintenant=scene.le
    )
    return consultation


def lettres():
    return Courriel.objects.exclude(arret="").order_by("destinataire")


def changer(scene, consultation, **annonce):
    remplacer(scene, consultation)
    return publier_une_version(scene, consultation, **annonce)


@pytest.mark.article("CCP", "R. 2151-4")
def test_une_version_s_ecrit_a_chaque_adresse_confirmee_et_a_elle_seule(scene, suivie):
    changer(scene, suivie)

    assert [lettre.destinataire for lettre in lettres()] == [
        "kevin@example.org",
        "sophie@example.org",
    ]
    texte = lettres()[0].texte
    assert "Remplacé : Règlement de la consultation (reglement-v2.pdf" in texte
    assert all(suivie.reference in lettre.sujet for lettre in lettres())


def test_un_acte_defait_n_ecrit_rien(scene, suivie):
    remplacer(scene, suivie)
    with pytest.raises(RuntimeError), transaction.atomic():
        publier_une_version(scene, suivie)
        raise RuntimeError

    assert not lettres().exists()


def test_une_prolongation_s_ecrit_avec_la_nouvelle_heure(scene, suivie):
    nouvelle = scene.limite + timedelta(days=3)
    prolonger_le_delai(
        consultation=suivie,
        nouvelle=nouvelle,
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert lettres()[0].sujet.startswith("L'heure limite a changé")
    assert f"Heure limite : {jour_et_heure(nouvelle)}" in lettres()[0].texte


def test_une_declaration_sans_suite_s_ecrit_avec_son_motif_et_sans_heure(scene, suivie):
    declarer_sans_suite(
        consultation=suivie,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert "Le besoin a disparu." in lettres()[0].texte
    assert "Heure limite" not in lettres()[0].texte


def test_le_suivi_quotidien_n_attend_pas_pour_un_dossier_qui_change(scene, suivie):
    for suivi in abonnements.Suivi.objects.all():
        abonnements.changer_de_cadence(suivi=suivi, cadence="quotidien")
    changer(scene, suivie)

    assert lettres().count() == 2


# Deux années, à la minute : les deux passages à l'heure d'hiver y sont.
INSTANTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def mots(texte: str) -> str:
    """Ce qui se lit, sans balises, espaces et apostrophes à plat."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", texte)).replace("’", "'").split())


def test_le_courriel_dit_l_heure_et_la_reference_de_la_page(scene, consultation):
    visiteur = Client()

    @given(INSTANTS)
    def pour_toute_heure(limite):
        Consultation.toutes.filter(pk=consultation.pk).update(date_limite_remise=limite)
        relue = Consultation.toutes.get(pk=consultation.pk)
        page = mots(
            visiteur.get(reverse("consultations:fiche", args=(relue.reference,))).content.decode()
        )
        lettre = mots("\n".join(annonces.rappel(relue)))

        assert mots(f"Heure limite : {jour_et_heure(limite)}") in lettre
        assert mots(f"{dates.jour(limite)} à {dates.heure_limite(limite)}") in page
        assert f"Consultation : {relue.reference}," in lettre and relue.reference in page

    pour_toute_heure()


def test_l_entreprise_du_compte_s_inscrit_et_n_a_pas_a_confirmer_une_adresse_prouvee(
    scene, consultation
):
    from beffroi.personnes.comptes.services import prouver_l_adresse
    from beffroi.personnes.entreprises.services import inscrire_entreprise

    membre = inscrire_entreprise(
        courriel="sophie@couverture.example",
        mot_de_passe="une phrase assez longue",
        nom="Sophie Lemaire",
        raison_sociale="Couverture Lemaire",
        pays="FR",
        identifiant="73282932000074",
        maintenant=scene.le,
    )
    prouver_l_adresse(utilisateur=membre.utilisateur, maintenant=scene.le)
    client = connecter(Client(), membre.utilisateur)

    reponse = client.post(
        reverse("retraits:mon_entreprise", args=(consultation.reference,)), {"prevenir": "on"}
    )
    changer(scene, consultation)

    assert reponse.status_code == 302
    assert Retirant.objects.get().equipe == membre.equipe
    assert [lettre.destinataire for lettre in lettres()] == ["sophie@couverture.example"]
