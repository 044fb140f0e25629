"""Les écrans : le registre, inscrire un contrat, sa page, ses actes."""

import io

import odfdo
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beffroi.contrat.marches import ports
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, connecter

pytestmark = pytest.mark.django_db
SAISIE = {
    "organisme": gestes.SIRET_DE_BOMY,
    "numero": "2026-001",
    "objet": "Fournitures scolaires",
    "nature": "marche",
    "prestation": "fournitures",
    "procedure": "sans_publicite",
    "titulaires": "999 100 019 00010 Atelier du Faîtage",
    "montant": "12 500,50 €",
    "duree_en_mois": "12",
    "forme_de_prix": "unitaire",
    "code_cpv": "30192000-1",
    "lieu": "62960",
    "offres_recues": "3",
}


@pytest.fixture(autouse=True)
def a_lundi(monkeypatch):
    for module in ("registre", "contrat"):
        monkeypatch.setattr(f"beffroi.contrat.marches.views.{module}.maintenant", lambda: LUNDI)


@pytest.fixture
def scene(client):
    organisme, martine = gestes.bomy()
    return organisme, connecter(client, avec_second_facteur(martine))


def fichier() -> SimpleUploadedFile:
    return SimpleUploadedFile("acte.pdf", gestes.ACTE.octets)


def agir(client, marche, acte, **saisie):
    return client.post(reverse("marches:agir", args=[marche.reference, acte]), saisie)


def test_un_contrat_sans_publicite_s_inscrit_a_la_main(scene):
    _, client = scene
    reponse = client.post(reverse("marches:inscrire"), SAISIE, follow=True)
    marche = Marche.toutes.get()

    assert (marche.montant, marche.titulaires.get().siret) == (
        gestes.Decimal("12500.50"),
        gestes.SIRET_DE_L_ATELIER,
    )
    assert "Fournitures scolaires" in reponse.content.decode()


@pytest.mark.parametrize(
    "champ,valeur,phrase",
    [
        ("titulaires", "Atelier", "écrivez le SIRET"),
        ("numero", "2026-0000000000001", "18 signes"),
        ("code_cpv", "99999999-9", "CPV"),
        ("procedure", "concession_sous_le_seuil", "procédure de concession"),
        ("notifie_le", "2026-10-01", "donnez la date de signature"),
    ],
)
def test_une_saisie_fautive_revient_avec_sa_raison(scene, champ, valeur, phrase):
    reponse = scene[1].post(reverse("marches:inscrire"), {**SAISIE, champ: valeur})

    assert reponse.status_code == 422
    assert phrase in reponse.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert not Marche.toutes.exists()


def test_le_registre_se_filtre_et_s_exporte_au_centime(scene):
    organisme, client = scene
    gestes.en_cours(organisme, montant=gestes.Decimal("1234.56"))
    gestes.inscrit(organisme, numero="2026-015", objet="Voirie")
    page = client.get(reverse("marches:registre"), {"etat": "notifie"}).content.decode()
    csv = client.get(reverse("marches:export", args=["csv"]), {"texte": "atelier"}).content.decode()
    ods = client.get(reverse("marches:export", args=["ods"])).content

    assert ("toiture" in page, "Voirie" in page) == (True, False)
    assert "1234,56" in csv
    assert odfdo.Document(io.BytesIO(ods)).body.tables[0].height == 3


def test_la_page_mene_du_contrat_a_signer_au_contrat_notifie(scene):
    organisme, client = scene
    marche = gestes.inscrit(organisme)
    for partie in ("titulaire", "acheteur"):
        agir(client, marche, "signature", partie=partie, le="2026-11-02", fichier=fichier())
    agir(client, marche, "transmission-a-dire", requise="non", motif="Sous le seuil de 216 000 €.")
    agir(client, marche, "notification-recue", le="2026-11-02", fichier=fichier())
    marche.refresh_from_db()
    page = client.get(reverse("marches:contrat", args=[marche.reference])).content.decode()

    assert marche.etat == Marche.Etat.NOTIFIE
    assert "Notification reçue" in page


def test_modifier_montre_ce_qui_reste_et_refuse_au_dela(scene):
    organisme, client = scene
    marche = gestes.en_cours(organisme)
    gestes.modifie(marche, "faible_montant", "8000")
    page = client.get(
        reverse("marches:agir", args=[marche.reference, "modification"])
    ).content.decode()
    trop = {
        "fondement": "faible_montant",
        "motif": "Support pourri.",
        "montant": "10 000",
        "signee_le": "2026-11-02",
        "notifiee_le": "2026-11-02",
        "fichier": fichier(),
    }
    refus = agir(client, marche, "modification", **trop)

    assert "10 000,00 €" in page.replace("\xa0", " ").replace("\u202f", " ")
    assert (refus.status_code, "dépasse la limite" in refus.content.decode()) == (422, True)


def test_un_acte_passe_ne_se_propose_plus(scene):
    organisme, client = scene

    assert agir(client, gestes.en_cours(organisme), "signature").status_code == 409


def test_un_tiers_raccorde_l_ecran_propose_de_transmettre_et_non_sans_lui(scene, monkeypatch):
    organisme, client = scene
    marche = gestes.dit(gestes.signe(gestes.inscrit(organisme)), requise=True)
    page = reverse("marches:contrat", args=[marche.reference])
    assert "Noter la transmission" in client.get(page).content.decode()
    assert "transmission-par-le-tiers" not in client.get(page).content.decode()

    accuse = ports.AccuseDeTransmission(gestes.AUJOURD_HUI, "accuse.xml", b"<accuse/>")
    for module in ("ports", "gestes_de_l_ecran"):
        monkeypatch.setattr(
            f"beffroi.contrat.marches.{module}.transmission_des_actes", lambda: lambda _: accuse
        )
    assert "transmission-par-le-tiers" in client.get(page).content.decode()
    faite = agir(client, marche, "transmission-par-le-tiers")
    assert "accuse.xml" in client.get(faite.url).content.decode()
    assert Marche.toutes.get(pk=marche.pk).transmis_le == gestes.AUJOURD_HUI


BON = {
    "numero": "BC1",
    "objet": "Curage",
    "montant": "12 000",
    "emis_le": gestes.AUJOURD_HUI.isoformat(),
}


def test_la_commande_se_note_a_l_un_des_titulaires_et_la_page_le_dit(scene):
    organisme, client = scene
    marche, _, charpentes = gestes.a_deux(organisme)
    refusee = agir(client, marche, "commande", **BON)
    assert (
        refusee.status_code == 422 and "à quel titulaire cette commande" in refusee.content.decode()
    )
    assert 'value="12 000"' in refusee.content.decode()

    page = client.get(
        agir(client, marche, "commande", **BON, titulaire=charpentes.pk).url
    ).content.decode()
    assert f"<td>{charpentes.nom}</td>" in page and "Commandé à chaque titulaire" in page


def test_a_un_seul_titulaire_rien_de_plus_ne_se_demande(scene):
    organisme, client = scene
    marche = gestes.accord_cadre(organisme)

    for acte in ("commande", "modification"):
        ecran = client.get(reverse("marches:agir", args=[marche.reference, acte])).content.decode()
        assert 'name="titulaire"' not in ecran
    page = client.get(agir(client, marche, "commande", **BON).url).content.decode()
    assert "Bons de commande" in page and "Commandé à chaque titulaire" not in page


def test_l_ecran_remplace_celui_des_titulaires_que_l_on_nomme(scene):
    organisme, client = scene
    marche, _, charpentes = gestes.a_deux(organisme)
    saisie = {
        "fondement": "substitution",
        "motif": "Fusion.",
        "montant": "0",
        "mois_en_plus": "0",
        "titulaire": charpentes.pk,
        "nouveau_siret": "111 111 118 00001",
        "nouveau_nom": "Toits du Nord",
        "fichier": fichier(),
        **dict.fromkeys(("signee_le", "notifiee_le"), gestes.AUJOURD_HUI.isoformat()),
    }
    page = client.get(agir(client, marche, "modification", **saisie).url).content.decode()

    assert f"à la place de {charpentes.nom}" in page
    assert [t.nom for t in marche.titulaires.filter(jusqu_au=None)] == [
        gestes.ATELIER.nom,
        "Toits du Nord",
    ]


def test_une_commande_au_dela_du_maximum_revient_avec_ce_qui_reste(scene):
    organisme, client = scene
    marche = gestes.accord_cadre(organisme)
    refus = agir(
        client,
        marche,
        "commande",
        numero="BC1",
        objet="Curage",
        montant="50 001",
        emis_le="2026-11-02",
    )

    assert "R. 2162-4" in refus.content.decode().replace("\xa0", " ")
    assert not marche.commandes.exists()
