"""Les lots et ce que l'un d'eux a de particulier : sa description, sa réserve, ses
critères ; rien ne s'en perd.
"""

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.models import Preparation
from beffroi.achat.preparation.tests.test_views import ACHAT, CRITERES, LOTS, adresse, repondre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.journal.models import Ecriture

PROPRES = {
    "description": "Zinc et ardoise.",
    "reserve_a": "structures d'insertion par l'activité économique",
    "criteres_propres": "on",
    "ligne-TOTAL_FORMS": "2",
    "ligne-INITIAL_FORMS": "0",
    "ligne-0-nom": "Prix",
    "ligne-0-sorte": "prix",
    "ligne-0-poids": "70",
    "ligne-1-nom": "Réemploi",
    "ligne-1-sorte": "environnement",
    "ligne-1-poids": "30",
}


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(client):
    client.post("/consultations/nouvelle/", ACHAT)
    creee = Consultation.toutes.get(titre="Toiture de l'école")
    repondre(client, creee, "lots", LOTS)
    return creee


def allotissement(consultation):
    return queries.achat_de(consultation, le=consultation.creee_le).allotissement


@pytest.mark.article("CCP", "L. 2113-10")
def test_un_lot_a_ses_criteres_sa_description_et_sa_reserve(client, consultation):
    reponse = repondre(client, consultation, "lots/2", PROPRES)

    premier, second = allotissement(consultation).lots
    assert reponse["Location"] == adresse(consultation, "lots")
    assert (second.description, second.reserve_a) == ("Zinc et ardoise.", PROPRES["reserve_a"])
    assert [critere.nom for critere in second.criteres] == ["Prix", "Réemploi"]
    assert (premier.criteres, premier.reserve_a) == ((), "")
    assert (
        Ecriture.objects.filter(
            acte="preparation.decrire_un_lot", sujet=consultation.reference
        ).count()
        == 1
    )


def test_sans_la_case_le_lot_se_juge_comme_les_autres(client, consultation):
    repondre(client, consultation, "lots/2", {**PROPRES, "criteres_propres": ""})

    assert allotissement(consultation).lots[1].criteres == ()


def test_la_page_d_un_lot_part_des_criteres_communs(client, consultation):
    repondre(client, consultation, "criteres", CRITERES)

    form = client.get(adresse(consultation, "lots/1")).context["form"]

    assert [ligne["nom"].value() for ligne in form.lignes][:3] == [
        "Prix",
        "Technique",
        "Environnement",
    ]
    assert not form["criteres_propres"].value()


def test_un_critere_sans_poids_se_corrige_et_se_retrouve(client, consultation):
    reponse = repondre(client, consultation, "lots/2", {**PROPRES, "ligne-1-poids": ""})

    page = client.get(adresse(consultation, "lots/2")).content.decode()
    assert reponse.status_code == 422 and "Donnez un poids sur 100" in reponse.content.decode()
    assert 'value="Réemploi"' in page


def test_ajouter_un_critere_au_lot_garde_ce_qui_est_tape(client, consultation):
    page = repondre(client, consultation, "lots/2", {**PROPRES, "ajouter": "1"}).content.decode()

    assert 'value="Réemploi"' in page and "ligne-2-nom" in page
    assert allotissement(consultation).lots[1].criteres == ()


def test_un_lot_qui_n_existe_pas_est_introuvable(client, consultation):
    assert client.get(adresse(consultation, "lots/3")).status_code == 404


def test_une_saisie_fautive_des_lots_survit_a_la_description_d_un_lot(client, consultation):
    repondre(client, consultation, "lots", {**LOTS, "ligne-0-montant": "beaucoup"})

    repondre(client, consultation, "lots/2", PROPRES)

    assert "allotissement" in Preparation.objects.get().saisies


def test_effacer_le_premier_lot_garde_ce_que_le_second_a_de_particulier(client, consultation):
    repondre(client, consultation, "lots/2", PROPRES)
    saisie = {
        **LOTS,
        "ligne-0-numero": "1",
        "ligne-0-intitule": "",
        "ligne-0-montant": "",
        "ligne-1-numero": "2",
    }

    repondre(client, consultation, "lots", {**saisie, "ligne-2-intitule": "Zinguerie"})

    charpente, zinguerie = allotissement(consultation).lots
    assert (charpente.intitule, charpente.description) == ("Charpente", "Zinc et ardoise.")
    assert (zinguerie.intitule, zinguerie.criteres) == ("Zinguerie", ())


@pytest.mark.article("CCP", "R. 2113-1")
@pytest.mark.parametrize("tape,garde", [("", 2), ("1", 1), ("9", 2)])
def test_a_combien_de_lots_on_repond_se_dit_ou_vaut_tous(client, consultation, tape, garde):
    repondre(client, consultation, "lots", {**LOTS, "maximum_de_lots_soumis": tape})

    assert allotissement(consultation).maximum_de_lots_soumis == garde


def test_des_heures_d_insertion_se_gardent_avec_les_conditions(client, consultation):
    repondre(client, consultation, "criteres", {**CRITERES, "heures_d_insertion": "210"})

    achat = queries.achat_de(consultation, le=consultation.creee_le)
    assert achat.execution.durabilite.heures_d_insertion == 210
    assert (
        client.get(adresse(consultation, "criteres")).context["form"]["heures_d_insertion"].value()
        == 210
    )
