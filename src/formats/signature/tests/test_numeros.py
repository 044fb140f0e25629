"""L'entreprise qu'un certificat nomme, selon la forme où son autorité l'a écrite."""

import pytest

from formats.signature import Demande, depuis_json, pour_json
from formats.signature.numeros import entreprises, numeros_du_sujet
from formats.signature.tests import cas, pki
from formats.signature.tests import listes_d_essai as essai
from formats.signature.verification import verifier_ici


@pytest.mark.parametrize(
    "numero",
    [
        "NTRFR-732829320",
        "NTRFR-73282932000074",
        "SI:FR-73282932000074",
        "VATFR-FR44732829320",
        "VATFR-44732829320",
        "0002 732829320",
        "0002 73282932000074",
        "0002 732 829 320",
    ],
)
def test_un_siren_se_lit_sous_chaque_forme(numero):
    assert entreprises([numero]) == {"732829320"}


@pytest.mark.parametrize(
    ("numero", "entreprise"),
    [
        ("VATDE-136695976", "DE136695976"),
        ("VATDE-DE136695976", "DE136695976"),
        ("NTRDE-HRB 1234", ""),
        ("NTRDE-HRB1234", "HRB1234"),
    ],
)
def test_une_entreprise_d_ailleurs_garde_son_numero(numero, entreprise):
    assert entreprises([numero]) == ({entreprise} if entreprise else set())


@pytest.mark.parametrize(
    "numero", ["", "NTRFR-7328", "NTRFR-ABCDEFGHI", "0003 732829320", "732829320", "PSDFR-ACPR-1"]
)
def test_ce_qui_ne_se_lit_pas_ne_nomme_personne(numero):
    assert not entreprises([numero])


def test_le_sujet_donne_son_identifiant_et_ses_unites_numerotees_seulement():
    sujet = {
        "organization_identifier": "NTRFR-732829320",
        "organizational_unit_name": ["0002 732829320", "Direction des travaux"],
        "common_name": "Sophie Lemaire",
    }

    assert numeros_du_sujet(sujet) == ("NTRFR-732829320", "0002 732829320")


def test_un_certificat_garde_son_numero_dans_le_rapport_et_un_rapport_d_avant_se_relit_sans():
    signe = pki.cms_signe(cas.DOCUMENT, par=essai.qualifie(numero="NTRFR-732829320"))
    dit = pour_json(verifier_ici(Demande("acte.p7m", signe), pki.confiance()))

    assert depuis_json(dit).signatures[0].certificat.numeros == ("NTRFR-732829320",)
    del dit["signatures"][0]["certificat"]["numeros"]
    assert depuis_json(dit).signatures[0].certificat.numeros == ()
