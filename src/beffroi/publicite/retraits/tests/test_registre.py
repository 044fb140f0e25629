"""Le registre des retraits : ce qui a été téléchargé, par qui s'est nommé ; jamais qui a déposé."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.personnes.abonnements import services as abonnements
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.retraits import manques, queries, services
from beffroi.publicite.retraits.models import TirageDesRetraits
from beffroi.publicite.retraits.verification import relire_les_registres
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
LE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def retiree(scene, consultation):
    retirant = services.se_nommer(
        consultation=consultation,
        entreprise="=HYPERLINK(1)",
        courriel="a@example.org",
        prevenir=True,
        maintenant=scene.le,
    )
    for reference in ("", retirant.reference):
        inscrire(consultation, scene, reference)
    return consultation


def inscrire(consultation, scene, retirant=""):
    services.inscrire_un_retrait(
        consultation=consultation, piece=None, version=0, retirant=retirant, le=scene.le
    )


def page_de(scene, consultation, personne=None):
    client = connecter(Client(), personne or scene.martine)
    return client, client.get(reverse("retraits:registre", args=(consultation.reference,)))


def sceller(scene, consultation):
    return services.sceller_le_registre(
        consultation=consultation, par=scene.martine.acteur, maintenant=scene.le
    )


def test_l_acheteur_lit_les_retraits_avant_l_heure_limite(scene, retiree):
    _, page = page_de(scene, retiree)
    texte = page.content.decode()

    assert page.status_code == 200
    assert "2 téléchargements, dont 1" in texte
    assert "Anonyme" in texte and "a@example.org" in texte


@pytest.mark.parametrize(
    ("geste", "dit"),
    [
        (lambda: None, "Adresse non confirmée"),
        (lambda: confirmer(), "Oui"),
        (
            lambda: (confirmer(), abonnements.noter_le_refus(courriel="a@example.org", le=LE)),
            "Adresse refusée",
        ),
    ],
)
def test_l_acheteur_sait_qui_ne_sera_pas_prevenu(scene, retiree, geste, dit):
    geste()
    nomme = queries.registre_de(retiree, etabli_le=scene.le).lignes[1]

    assert nomme.prevenue.startswith(dit)


def confirmer():
    abonnements.confirmer(suivis=list(abonnements.Suivi.objects.all()), maintenant=LE)


def test_ce_qui_n_a_pas_pu_s_inscrire_se_dit(scene, retiree):
    manques.compter(retiree.reference, le=scene.le)
    _, page = page_de(scene, retiree)

    assert "Des retraits manquent" in page.content.decode()
    tirage = sceller(scene, retiree)
    assert "1 téléchargements n'ont pas pu s'inscrire" in lu(scene, retiree, tirage)


def lu(scene, consultation, tirage):
    client, _ = page_de(scene, consultation)
    return client.get(
        reverse("retraits:fichier", args=(consultation.reference, "csv"))
    ).content.decode("utf-8-sig")


def test_une_formule_dans_un_nom_ne_s_execute_pas(scene, retiree):
    lignes = list(
        csv.reader(io.StringIO(lu(scene, retiree, sceller(scene, retiree))), delimiter=";")
    )

    assert [ligne[4] for ligne in lignes[1:]] == ["Anonyme", "'=HYPERLINK(1)"]


@pytest.mark.parametrize(
    ("extension", "debut"), [("ods", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")]
)
def test_les_trois_formats_se_telechargent_tels_que_scelles(scene, retiree, extension, debut):
    tirage = sceller(scene, retiree)
    client, _ = page_de(scene, retiree)
    reponse = client.get(reverse("retraits:fichier", args=(retiree.reference, extension)))

    assert reponse.content.startswith(debut)
    assert (
        tirage.documents[extension]["sha256"]
        in Ecriture.objects.get(numero=tirage.ecriture).contenu
    )


def test_un_registre_qui_n_a_pas_change_ne_se_scelle_pas_deux_fois(scene, retiree):
    assert sceller(scene, retiree) == sceller(scene, retiree)
    inscrire(retiree, scene)

    assert sceller(scene, retiree).numero == 2


def test_un_tirage_change_ou_efface_se_voit(scene, retiree):
    sceller(scene, retiree)
    assert [constat.bon for constat in relire_les_registres()] == [True]
    TirageDesRetraits.objects.update(nombre=7)
    assert False in [constat.bon for constat in relire_les_registres()]
    TirageDesRetraits.objects.all().delete()

    assert [constat.quoi for constat in relire_les_registres()] == ["un tirage scellé a disparu"]


def test_le_registre_vide_enseigne(scene, consultation):
    _, page = page_de(scene, consultation)

    assert "Personne n’a encore téléchargé" in page.content.decode()


def test_un_sujet_ne_sert_qu_a_sa_consultation(scene, retiree):
    autre = scene.publiee("Autre")

    assert queries.sujet_de(autre).cle != queries.sujet_de(retiree).cle
