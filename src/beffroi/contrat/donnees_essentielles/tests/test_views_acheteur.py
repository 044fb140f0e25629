"""Martine relit, corrige, retient, publie, ajoute, importe, règle la voie."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.contrat.donnees_essentielles import contenu, queries, services
from beffroi.contrat.donnees_essentielles.models import ImportDeContrats
from beffroi.contrat.donnees_essentielles.tests.scene import (
    BOMY,
    CONCESSION,
    COUVREUR,
    LE,
    MARCHE,
    agent,
    organisme,
)
from beffroi.contrat.donnees_essentielles.tests.test_imports import fichier
from beffroi.personnes.comptes.services import activer_totp
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.decp.lecture import TAILLE_MAXIMALE

pytestmark = pytest.mark.django_db
ICI = "/acheteur/donnees-essentielles"


@pytest.fixture
def martine(db):
    with time_machine.travel(LE, tick=False):
        personne = agent(organisme(), "redacteur", "administrateur")
        activer_totp(utilisateur=personne, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", maintenant=LE)
        yield connecter(Client(), personne)


def preparee(contrat=MARCHE):
    return services.preparer_la_fiche(
        organisme=organisme(),
        contrat=contrat,
        par=PLATEFORME,
        maintenant=LE,
        noms={COUVREUR: {"nom": "Atelier du Faîtage", "code_postal": "62960"}},
    )


def saisie_de(page):
    """Le formulaire tel que la page l'affiche."""
    form = page.context["form"]
    valeurs = {nom: form[nom].value() for nom in form.fields}
    return {
        nom: valeur for nom, valeur in valeurs.items() if valeur is not None and valeur is not False
    }


@pytest.mark.parametrize("contrat", [MARCHE, CONCESSION], ids=["marche", "concession"])
def test_corriger_sans_rien_changer_rend_le_meme_contrat(martine, contrat):
    fiche = preparee(contrat)
    adresse = f"{ICI}/fiches/{fiche.reference}/corriger/"

    reponse = martine.post(adresse, saisie_de(martine.get(adresse)))

    fiche.refresh_from_db()
    assert reponse.status_code == 302
    assert contenu.relire(fiche) == contrat


@pytest.mark.moteurs
def test_corriger_un_champ_ne_change_que_lui(martine):
    fiche = preparee()
    adresse = f"{ICI}/fiches/{fiche.reference}/corriger/"

    martine.post(
        adresse, {**saisie_de(martine.get(adresse)), "montant": "91 250,75", "duree_mois": "6"}
    )

    fiche.refresh_from_db()
    assert contenu.relire(fiche) == replace(MARCHE, montant=Decimal("91250.75"), duree_mois=6)


def test_une_donnee_fausse_revient_dans_le_formulaire(martine):
    fiche = preparee()
    adresse = f"{ICI}/fiches/{fiche.reference}/corriger/"

    reponse = martine.post(
        adresse, {**saisie_de(martine.get(adresse)), "titulaires": "123 ; Trop court"}
    )

    assert reponse.status_code in (302, 422)
    page = martine.get(f"{ICI}/fiches/{fiche.reference}/").content.decode()
    assert reponse.status_code == 422 or "À corriger avant de publier" in page


def test_publier_puis_la_fiche_ne_se_corrige_plus(martine):
    fiche = preparee()

    martine.post(f"{ICI}/fiches/{fiche.reference}/publier/")

    assert martine.get(f"/marches/{fiche.reference}/").status_code == 200
    assert martine.get(f"{ICI}/fiches/{fiche.reference}/corriger/").status_code == 409


def test_retenir_puis_publier_tait_le_montant(martine):
    fiche = preparee()

    martine.post(f"{ICI}/fiches/{fiche.reference}/retenir/", {"montant": "Secret des affaires"})
    martine.post(f"{ICI}/fiches/{fiche.reference}/publier/")

    assert "Secret des affaires" in martine.get(f"/marches/{fiche.reference}/").content.decode()
    assert queries.publique(fiche.reference).montant is None


def test_une_modification_se_publie_a_la_suite(martine):
    fiche = preparee()
    martine.post(f"{ICI}/fiches/{fiche.reference}/publier/")

    martine.post(
        f"{ICI}/fiches/{fiche.reference}/ajouter/modification/",
        {"notifiee_le": "2026-11-20", "montant": "99 000"},
    )

    lu = contenu.relire(fiche, fiche.ajouts.all())
    assert [(une.id, une.montant) for une in lu.modifications] == [(1, Decimal(99_000))]


@pytest.mark.moteurs
def test_l_annee_d_une_concession_se_publie(martine):
    fiche = preparee(CONCESSION)
    martine.post(f"{ICI}/fiches/{fiche.reference}/publier/")

    martine.post(
        f"{ICI}/fiches/{fiche.reference}/ajouter/execution/",
        {"depenses": "12 000", "tarifs": "Nuitée ; 12,50"},
    )

    (annee,) = contenu.relire(fiche, fiche.ajouts.all()).donnees_execution
    assert (annee.depenses_investissement, annee.tarifs[0].tarif) == (
        Decimal(12_000),
        Decimal("12.5"),
    )


def test_un_marche_n_a_pas_d_annee_d_execution(martine):
    fiche = preparee()
    martine.post(f"{ICI}/fiches/{fiche.reference}/publier/")

    assert martine.get(f"{ICI}/fiches/{fiche.reference}/ajouter/execution/").status_code == 404


def test_importer_relire_confirmer(martine):
    envoye = SimpleUploadedFile("decp.json", fichier(MARCHE, CONCESSION))
    suite = martine.post(f"{ICI}/{BOMY}/importer/", {"fichier": envoye})["Location"]

    apercu = martine.get(suite)
    martine.post(suite, {"empreinte": apercu.context["plan"].empreinte})

    assert ImportDeContrats.objects.get().inscrites == 2
    assert queries.publiees().count() == 2


def test_un_fichier_trop_gros_se_refuse_pour_sa_taille(martine):
    trop = SimpleUploadedFile("decp.json", b" " * (TAILLE_MAXIMALE + 1_000_000))
    reponse = martine.post(f"{ICI}/{BOMY}/importer/", {"fichier": trop})

    (raison,) = reponse.context["form"].errors["fichier"]
    assert raison.replace("\N{NO-BREAK SPACE}", " ") == (
        "Ce fichier fait 26 Mo. La limite est de 25 Mo par fichier."
    )


@pytest.mark.moteurs
def test_la_voie_reglee_vaut_pour_les_fiches_a_venir(martine):
    avant = preparee()
    martine.post(f"{ICI}/{BOMY}/canal/", {"canal": "autre", "ailleurs": "marches.example"})

    apres = services.publier_la_fiche(
        organisme=organisme(), marche=replace(MARCHE, id="B"), par=PLATEFORME, maintenant=LE
    )

    assert (avant.canal, apres.canal, apres.au_fichier) == ("profil", "autre", False)
    assert "marches.example" in martine.get(f"/marches/{apres.reference}/").content.decode()


@pytest.mark.parametrize(
    ("notifie", "dit"),
    [(date(2026, 9, 20), "En retard"), (date(2026, 11, 2), "avant le 2 janvier 2027")],
)
def test_la_liste_dit_avant_quand_publier(martine, notifie, dit):
    preparee(replace(MARCHE, date_notification=notifie))

    assert dit in martine.get(f"{ICI}/{BOMY}/").content.decode().replace("\xa0", " ")


def test_mon_seul_organisme_s_ouvre_de_lui_meme(martine):
    assert martine.get(f"{ICI}/")["Location"] == f"{ICI}/{BOMY}/"


def test_ce_qui_publie_redemande_qui_l_on_est(martine):
    fiche = preparee()
    seance = martine.session
    del seance["account_authentication_methods"]
    seance.save()

    for acte in ("publier", "ajouter/modification"):
        reponse = martine.post(f"{ICI}/fiches/{fiche.reference}/{acte}/")
        assert reponse.status_code == 302, acte
        assert reponse.url.startswith("/compte/confirmer/"), acte
    fiche.refresh_from_db()
    assert not fiche.est_publiee
