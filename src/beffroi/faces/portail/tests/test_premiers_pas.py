"""Une commune neuve lit ses premiers pas ; arrêtée, elle le lit avant la première question."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.faces.portail import premiers_pas
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, connecter, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import acheteurs_de
from beffroi.personnes.organismes.services import (
    creer_organisme,
    habiliter,
    suspendre_les_nouvelles_consultations,
)
from beffroi.socle.fondations.premiers_pas import PremierPas
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 23, 9, tzinfo=UTC)
IMPAYEE = "La contribution 2026 n'est pas payée."


@pytest.fixture
def commune() -> Organisme:
    return creer_organisme(
        nom="Commune neuve", siret="21620001400011", par=PLATEFORME, maintenant=LE
    )


def agent(organisme: Organisme, nom: str, *roles: str) -> Utilisateur:
    qui = personne(nom)
    habiliter(organisme=organisme, utilisateur=qui, roles={*roles}, par=PLATEFORME, maintenant=LE)
    return qui


def chez(qui: Utilisateur) -> Client:
    return connecter(Client(), avec_second_facteur(qui))


def lire(client: Client, adresse: str = "/a-faire/") -> str:
    return " ".join(client.get(adresse).content.decode().split())


def un_pas(nom: str, **reste) -> PremierPas:
    return PremierPas(**{"nom": nom, "titre": nom, "detail": "", "fait": False, **reste})


def test_une_commune_neuve_lit_ses_pas_et_rien_qui_la_dise_a_jour(commune):
    page = lire(chez(agent(commune, "Jeanne Wattel", "administrateur", "redacteur")))

    assert "Les premiers pas" in page and "Rien en cours" in page
    assert "à jour" not in page and "Inviter une deuxième personne" in page
    assert page.count("bouton-premier") == 1 and "Après l’étape 4" in page


def test_un_pas_qui_n_est_pas_a_elle_dit_qui_le_fait(commune):
    page = lire(chez(agent(commune, "Paul", "lecteur")))

    assert "Par : votre administrateur" in page and "bouton-premier" not in page


def test_un_seul_bouton_premier_et_le_verrou_nomme_son_etape():
    lignes = premiers_pas.ranger(
        [
            un_pas("a", fait=True),
            un_pas("b", attend="d"),
            un_pas("c", en_route="Parti"),
            un_pas("d"),
            un_pas("e"),
        ]
    )

    assert [ligne.pas.nom for ligne in lignes if ligne.premier] == ["d"]
    assert [ligne.ouvert_par for ligne in lignes] == [0, 4, 0, 0, 0]


def test_qui_a_publie_n_est_plus_neuf(scene):
    scene.publiee()

    assert premiers_pas.chez_une_neuve(acheteurs_de(scene.martine, scene.le), le=scene.le) is None


def test_l_arret_se_dit_avant_la_premiere_question_et_sur_chaque_page(commune):
    jeanne = chez(agent(commune, "Jeanne Wattel", "administrateur", "redacteur"))
    suspendre_les_nouvelles_consultations(
        organisme=commune, cause="impaye", motif=IMPAYEE, par=PLATEFORME, maintenant=LE
    )
    arret = lire(jeanne, reverse("preparation:nouvelle"))
    accueil = lire(jeanne)

    assert "Pas de nouvelle consultation" in arret and "n’est pas payée" in arret
    assert "<form" not in arret.split("<main")[1].split("</main")[0]
    assert "Consultations nouvelles arrêtées" in accueil
    assert reverse("preparation:nouvelle") not in accueil and "à jour" not in accueil
    assert "Premiers pas" not in accueil


def test_arretee_elle_ne_commence_rien_en_postant_quand_meme(commune):
    jeanne = chez(agent(commune, "Jeanne Wattel", "redacteur"))
    suspendre_les_nouvelles_consultations(
        organisme=commune, cause="impaye", motif=IMPAYEE, par=PLATEFORME, maintenant=LE
    )

    reponse = jeanne.post(reverse("preparation:nouvelle"), {"titre": "x"})

    assert reponse.status_code == 422


def test_le_bandeau_d_une_commune_ne_se_lit_pas_chez_sa_voisine(commune):
    voisine = creer_organisme(nom="Voisine", siret="21620155800014", par=PLATEFORME, maintenant=LE)
    suspendre_les_nouvelles_consultations(
        organisme=commune, cause="impaye", motif=IMPAYEE, par=PLATEFORME, maintenant=LE
    )

    assert "arrêtées" not in lire(chez(agent(voisine, "Paul", "administrateur")))
