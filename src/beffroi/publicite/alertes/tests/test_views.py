"""De la recherche à l'alerte :
la page la dit, la garde telle quelle, et répond la même chose à toute adresse.
"""

import pytest
from django.test import Client

from beffroi.personnes.abonnements.models import Suivi
from beffroi.personnes.abonnements.tests.gestes import SOPHIE, chemin
from beffroi.publicite.alertes import queries, services
from beffroi.publicite.alertes.tests.gestes import paraitre
from beffroi.publicite.recherche.rules.requete import CLOSES, OUVERTES, Recherche
from beffroi.publicite.recherche.tests.scene import fiche
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
SAISIE = {"courriel": SOPHIE, "cadence": "instant"}


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def test_la_liste_mene_a_l_alerte_de_sa_recherche(client):
    page = client.get("/consultations/?q=toiture&dep=62&etat=closes").content.decode()

    assert 'href="/alertes/?q=toiture&amp;dep=62"' in page


def test_demander_puis_confirmer_garde_la_recherche(client):
    reponse = client.post("/alertes/?q=toiture+école&dep=62", SAISIE)
    client.post(chemin("confirmer/"))

    suivi = Suivi.objects.exclude(confirme_le=None).get()
    assert (reponse.status_code, reponse.url) == (302, "/alertes/demandee/")
    assert queries.recherche_du_suivi(suivi) == Recherche(mots="toiture école", departement="62")
    assert suivi.libelle == "« toiture école », département 62"
    assert not client.cookies


def test_une_recherche_qui_mene_ailleurs_ne_part_pas_par_courriel(client):
    reponse = client.post("/alertes/?q=Compte+ferme+https://evil.example/connexion", SAISIE)

    assert reponse.status_code == 422
    assert "que nos courriels ne citent pas" in " ".join(reponse.content.decode().split())
    assert not Courriel.objects.exists()


def test_une_recherche_de_ce_qui_est_clos_devient_celle_de_ce_qui_s_ouvrira(client):
    client.post("/alertes/?q=toiture&etat=closes", SAISIE)

    assert queries.recherche_du_suivi(Suivi.objects.get()).etat == OUVERTES


def test_la_faute_de_frappe_pardonnee_par_la_page_ne_se_garde_pas():
    fiche("Réfection de la toiture")

    assert (
        queries.a_garder(Recherche(mots="toitrue", etat=CLOSES), le=maintenant()).mots == "toiture"
    )


def test_un_mot_corrige_ne_defait_pas_un_mot_qui_le_contient():
    fiche("Réfection de la toiture, rue de Toitrueville")

    gardee = queries.a_garder(Recherche(mots="toitrue, toitrueville"), le=maintenant())

    assert gardee.mots == "toiture, toitrueville"


def test_la_plus_longue_recherche_se_garde_entiere(client):
    longue = Recherche(mots="é" * 200, lieu="è" * 200, acheteur="à" * 200)
    services.garder(courriel=SOPHIE, recherche=longue, cadence="instant", maintenant=maintenant())

    assert queries.recherche_du_suivi(Suivi.objects.get()) == longue


@pytest.mark.parametrize(
    "saisie", [{}, {"courriel": "sophie@"}, {"courriel": SOPHIE}, {**SAISIE, "cadence": "x"}]
)
def test_une_saisie_incomplete_se_dit_et_n_ecrit_rien(client, saisie):
    reponse = client.post("/alertes/?q=toiture", saisie)

    assert reponse.status_code == 422 and not Courriel.objects.exists()


def test_toute_une_mairie_derriere_une_adresse_ip_demande_sans_etre_refusee(client):
    for rang in range(60):
        assert (
            client.post(
                "/alertes/?q=toiture", {**SAISIE, "courriel": f"a{rang}@example.org"}
            ).status_code
            == 302
        )

    assert Courriel.objects.filter(sujet="Confirmez que vous voulez être prévenu").count() == 60


def test_une_adresse_visee_cent_fois_ne_recoit_que_cinq_courriels(client):
    for rang in range(100):
        client.post(f"/alertes/?q=mot{rang}", SAISIE)

    assert Courriel.objects.filter(destinataire=SOPHIE).count() == 5


def test_la_page_dit_combien_la_recherche_aurait_annonce(client):
    for rang in range(2):
        paraitre(f"Toiture {rang}", publiee_il_y_a=-1000)

    page = client.get("/alertes/?q=toiture").content.decode()
    assert "aurait annoncé 2 consultations encore ouvertes" in " ".join(page.split())
