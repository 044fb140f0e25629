"""Ce que le logiciel financier reçoit d'un appel :
rien avant l'émission, puis les mêmes centimes dans chaque fichier.
"""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import odfdo
import pytest
from django.test import Client

from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.services.avoirs import Rendu, accorder
from beffroi.centre.contributions.services.receptions import noter_la_reception
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    agent_du_centre,
    mener,
    sous_convention,
)
from beffroi.personnes.comptes.tests.personnes import connecter

pytestmark = pytest.mark.django_db
ADRESSE = "/cdg/contributions/2027/"


@pytest.fixture
def comptable(fanny):
    return connecter(Client(), agent_du_centre("Solange Petitprez", "comptable"))


@pytest.fixture
def emis(fanny, olivier, grille):
    """Une commune payante, une gratuite au nom hostile, une sans effectif :
    la troisième n'est pas appelée.
    """
    sous_convention(1, nom="Ville de Béthune", agents=612)
    sous_convention(2, nom="=1+1", agents=12)
    sous_convention(3, nom="Ville muette", agents=None)
    mener(2027, "figer", "simuler", par=fanny)
    Contribution.objects.update(anomalies=[])
    mener(2027, "preparer", par=fanny)
    mener(2027, "valider", par=olivier)
    mener(2027, "emettre", par=olivier)
    return Exercice.objects.get(annee=2027)


def lignes_du_csv(client):
    texte = client.get(f"{ADRESSE}appels.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


@pytest.mark.parametrize("fichier", ["appels.csv", "appels.json"])
def test_rien_ne_part_avant_l_emission(comptable, fanny, grille, fichier):
    sous_convention(1)
    mener(2027, "figer", "simuler", par=fanny)

    reponse = comptable.get(ADRESSE + fichier)

    assert (reponse.status_code, "n’est pas émis" in reponse.content.decode()) == (409, True)


def test_le_csv_et_le_json_disent_les_memes_centimes(comptable, emis):
    lu = json.loads(comptable.get(f"{ADRESSE}appels.json").content)
    lignes = lignes_du_csv(comptable)

    assert lu["format"] == "beffroi.contributions.appels/1"
    assert [appel["appel"] for appel in lu["appels"]] == [ligne["appel"] for ligne in lignes]
    assert [appel["montant"].replace(".", ",") for appel in lu["appels"]] == [
        ligne["montant"] for ligne in lignes
    ]
    assert lu["total"] == f"{sum(Decimal(appel['net']) for appel in lu['appels']):.2f}" != "0.00"


def test_qui_n_a_pas_d_effectif_n_y_est_pas_et_qui_ne_doit_rien_y_est_a_zero(comptable, emis):
    montants = {ligne["nom"]: ligne["montant"] for ligne in lignes_du_csv(comptable)}

    assert montants["'=1+1"] == "0,00"
    assert "Ville muette" not in montants


def test_un_avoir_diminue_le_net_et_la_reception_donne_l_echeance(comptable, emis, olivier):
    payante = Contribution.objects.select_related("exercice").get(nom="Ville de Béthune")
    rendu = Rendu(Avoir.Motif.ERREUR, Decimal("12.50"), "Une journée appelée deux fois.")
    accorder(contribution=payante, rendu=rendu, par=olivier, maintenant=JANVIER)
    noter_la_reception(contribution=payante, le=date(2027, 1, 4), par=olivier, maintenant=JANVIER)

    (lue,) = [une for une in lignes_du_csv(comptable) if une["nom"] == "Ville de Béthune"]

    assert Decimal(lue["net"].replace(",", ".")) == payante.montant - Decimal("12.50")
    assert (lue["avoirs"], lue["recu_le"], lue["echeance"]) == ("12,50", "2027-01-04", "2027-02-03")


def test_l_apercu_s_ouvre_dans_un_tableur_a_toute_etape_et_ses_montants_s_y_additionnent(
    comptable, fanny, grille
):
    sous_convention(1, nom="=1+1", agents=612)
    mener(2027, "figer", "simuler", par=fanny)

    octets = comptable.get(f"{ADRESSE}apercu.ods").content
    feuille = odfdo.Document(io.BytesIO(octets)).body.get_table(0)

    assert feuille.get_cell((0, 1)).type == "string" and feuille.get_value((0, 1)) == "=1+1"
    assert feuille.get_cell((6, 1)).type == "float"
    assert Decimal(str(feuille.get_value((6, 1)))) == Contribution.objects.get().montant
