"""À quels serveurs la plateforme parle, et où l'exploitant atteste qu'ils sont (REQ-134)."""

from datetime import date

import pytest
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.garde.conformite.destinations import destinations
from beffroi.garde.conformite.rules.localisation import (
    UNION,
    Attestation,
    attestation,
    hote_de,
    serveurs,
)
from beffroi.personnes.comptes.tests.personnes import connecter

FR = Attestation(
    date(2027, 1, 12), "Jean Dubois, directeur", {"relais.example": "FR", "ailleurs.example": "US"}
)


def test_d_office_rien_ne_sort_de_la_machine(settings):
    settings.ADRESSE_PUBLIQUE = "http://localhost:8000"
    assert destinations() == []


@pytest.mark.parametrize(
    "adresse,hote",
    [
        ("https://tsa.example/rfc3161", "tsa.example"),
        ("stun:relais.example:3478", "relais.example"),
        ("ntp:heure.example", "heure.example"),
        ("smtp.example", "smtp.example"),
        ("tcp://clamd.example:3310", "clamd.example"),
        ("unix:/run/clamd.ctl", ""),
        ("/var/run/postgresql", ""),
        ("localhost", ""),
        ("http://127.0.0.1:8000", ""),
        ("", ""),
        ("https://[::1]/", ""),
        ("https://essai.localhost", ""),
        ("https://10.0.0.5/", "10.0.0.5"),
    ],
)
def test_l_hote_d_une_adresse_ou_rien_si_c_est_cette_machine(adresse, hote):
    assert hote_de(adresse) == hote


def test_un_serveur_que_personne_n_a_atteste_n_a_pas_de_pays():
    lus = serveurs(
        ["relais.example", "https://relais.example", "ailleurs.example", "autre.example"], FR
    )
    assert [(s.hote, s.lieu, s.est_dans_l_union) for s in lus] == [
        ("relais.example", "France", True),
        ("ailleurs.example", "US", False),
        ("autre.example", "", False),
    ]
    assert len(UNION) == 27


@pytest.mark.parametrize("manque", [{"le": ""}, {"le": "hier"}, {"par": " "}])
def test_on_n_atteste_pas_a_moitie(manque):
    entier = {
        "le": "2027-01-12",
        "par": "Jean Dubois, directeur",
        "lieux": ["Relais.example = fr", "ailleurs.example=US"],
    }
    assert attestation(entier) == FR
    assert attestation({**entier, **manque}) is None


def test_un_s3_sans_adresse_se_dit_chez_amazon(settings):
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "s3", "adresse": "", "region": "eu-west-1"}
    (destination,) = [une for une in destinations() if une.titre == "Stockage des fichiers"]
    assert (
        destination.serveurs[0].hote == "s3.eu-west-1.amazonaws.com"
        and not destination.est_attestee
    )


@pytest.mark.django_db
def test_le_registre_dit_ce_qui_part_et_le_pays_sans_nommer_le_serveur(settings):
    settings.PUBLICATION = {**settings.PUBLICATION, "adresse": "https://relais.example"}
    settings.PORTAIL_NATIONAL = {**settings.PORTAIL_NATIONAL, "adresse": "https://ailleurs.example"}
    settings.HORODATAGE = {**settings.HORODATAGE, "adresses": ["https://autre.example"]}
    settings.LOCALISATION = {
        "le": "2027-01-12",
        "par": FR.par,
        "lieux": ["relais.example=FR", "ailleurs.example=US"],
    }
    page = (
        Client()
        .get("/conformite/registre-des-traitements/")
        .content.decode()
        .replace("\N{NO-BREAK SPACE}", " ")
    )

    assert (
        "Union européenne" in page
        and "France" in page
        and "Hors de l" in page
        and "Lieu non attesté" in page
    )
    assert FR.par in page and "12 janvier 2027" in page and "relais.example" not in page


@pytest.mark.django_db
def test_rien_de_regle_et_rien_d_atteste_se_disent(settings):
    settings.ADRESSE_PUBLIQUE = "http://localhost:8000"
    assert (
        "Aucun autre serveur n"
        in Client().get("/conformite/registre-des-traitements/").content.decode()
    )
    settings.ADRESSE_PUBLIQUE = "https://marches.example"
    assert (
        "pas encore attesté"
        in Client().get("/conformite/registre-des-traitements/").content.decode()
    )


@pytest.mark.django_db
def test_le_technicien_lit_les_serveurs_par_leur_nom_et_le_juriste_non(settings):
    settings.PUBLICATION = {**settings.PUBLICATION, "adresse": "https://relais.example"}
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    claire = connecter(Client(), agent(centre(), "Claire Juriste", "juriste"))

    assert "relais.example" in samir.get("/cdg/conformite/").content.decode()
    assert "relais.example" not in claire.get("/cdg/conformite/").content.decode()
