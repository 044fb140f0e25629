"""Les pages des statistiques : l'année choisie, vide ou pleine, et ses fichiers."""

from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes.services import activer_totp, prouver_l_adresse
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
AVANT = LIMITE - timedelta(days=60)
# La fabrique publie quinze jours avant la veille : l'année d'avant.
PUBLICATION = (VEILLE - timedelta(days=15)).year


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(LIMITE + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def consultation():
    creer_organisme(
        nom="Centre de gestion",
        siret="28620001500018",
        role=Organisme.Role.EXPLOITANT,
        par=PLATEFORME,
        maintenant=AVANT,
    )
    consultation = factories.consultation()
    factories.Candidat(consultation).depose(("offre", None))
    return consultation


@pytest.fixture
def martine(consultation):
    return lectrice(consultation.redigee_par, consultation.organisme)


def lectrice(personne, organisme, role=Habilitation.Role.LECTEUR):
    if not personne.authenticator_set.exists():
        activer_totp(utilisateur=personne, secret="JBSWY3DPEHPK3PXP", maintenant=AVANT)
    prouver_l_adresse(utilisateur=personne, maintenant=AVANT)
    habiliter(
        organisme=organisme, utilisateur=personne, roles=[role], par=PLATEFORME, maintenant=AVANT
    )
    return connecter(Client(), personne)


def fanny():
    centre = Organisme.objects.get(role=Organisme.Role.EXPLOITANT)
    return lectrice(factories.utilisateur("Fanny Delattre"), centre, Habilitation.Role.TECHNICIEN)


def adresse(consultation, nom="acheteur", **suite):
    return reverse(f"pilotage:{nom}", kwargs={"siret": consultation.organisme.siret, **suite})


def test_l_acheteur_lit_son_annee(consultation, martine):
    page = martine.get(adresse(consultation) + f"?annee={LIMITE.year}")

    assert page.status_code == 200
    assert "Réponses reçues à temps" in page.content.decode()


@pytest.mark.parametrize("annee", ["", "?annee=1789", "?annee=zzz", "?annee=" + "9" * 5000])
def test_une_annee_inconnue_montre_celle_en_cours(consultation, martine, annee):
    page = martine.get(adresse(consultation) + annee)

    assert page.status_code == 200
    assert f"Statistiques {LIMITE.year}" in page.content.decode()


def test_une_annee_sans_rien_le_dit(consultation, martine):
    with time_machine.travel(LIMITE + timedelta(days=400), tick=False):
        client = connecter(Client(), consultation.redigee_par)
        assert "Rien cette année" in client.get(adresse(consultation)).content.decode()


def test_une_seule_commune_va_droit_a_sa_page(consultation, martine):
    assert martine.get(reverse("pilotage:les_miennes"))["Location"] == adresse(consultation)


def test_plusieurs_communes_se_choisissent(consultation, martine):
    autre = factories.consultation().organisme
    lectrice(consultation.redigee_par, autre)

    page = martine.get(reverse("pilotage:les_miennes")).content.decode()

    assert autre.siret in page and consultation.organisme.siret in page


def test_le_rapport_est_un_pdf_qui_dit_les_memes_nombres(consultation, martine):
    reponse = martine.get(adresse(consultation, "rapport", annee=LIMITE.year))
    with pypdfium2.PdfDocument(reponse.content) as document:
        texte = " ".join(page.get_textpage().get_text_range() for page in document)

    assert reponse["Content-Type"] == "application/pdf"
    assert f"Nos consultations en {LIMITE.year}" in texte
    assert "Réponses reçues à temps 1" in " ".join(texte.split())
    assert martine.get(adresse(consultation, "rapport", annee=1789)).status_code == 404


def test_le_tableur_ne_devient_pas_une_formule(consultation, martine):
    Organisme.objects.filter(pk=consultation.organisme_id).update(nom="=1+1")
    centre = fanny()

    csv = centre.get(reverse("pilotage:service_csv", args=(PUBLICATION,))).content.decode()

    assert "'=1+1" in csv
    assert (
        ";1;"
        in martine.get(adresse(consultation, "acheteur_csv", annee=LIMITE.year)).content.decode()
    )


def test_le_centre_lit_le_service_et_pas_la_page_d_un_acheteur(consultation):
    centre = fanny()

    lues = [
        centre.get(reverse("pilotage:service") + f"?annee={une}").content.decode()
        for une in (PUBLICATION, LIMITE.year)
    ]

    assert "1 acheteur a publié" in lues[0] and "moins de 5 entreprises" in lues[1]
    assert centre.get(adresse(consultation)).status_code == 404


def test_la_page_du_service_mesure_l_assistance_entiere(
    consultation, django_assert_max_num_queries
):
    client = fanny()
    with django_assert_max_num_queries(25):
        page = client.get(reverse("pilotage:service")).content.decode()

    for dit in ("Demandes d", "Rappels", "Relectures", "Écrans partagés", "Interventions"):
        assert f'<th scope="row">{dit}' in page
    assert "aucune échue" in page
