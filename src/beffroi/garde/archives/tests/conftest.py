"""La procédure à archiver, et le centre que la veille prévient."""

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives import ports
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.monde import agent


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture(autouse=True)
def aucune_source_n_oublie(monkeypatch):
    """Un contexte que ses sources disent vide l'est vraiment : chaque scène le revérifie."""
    lire = ports.pieces_de

    def sans_demander(*arguments, **options):
        with monkeypatch.context() as un_temps:
            un_temps.setattr(ports, "ont_de_quoi", lambda sources: [True for _ in sources])
            return lire(*arguments, **options)

    def verifier(*arguments, **options):
        lues = lire(*arguments, **options)
        toutes = sans_demander(*arguments, **options)
        assert [(une.titre, une.nom) for une in lues] == [(une.titre, une.nom) for une in toutes]
        return lues

    monkeypatch.setattr(ports, "pieces_de", verifier)


@pytest.fixture
def conclu(procedure_a_archiver):
    return procedure_a_archiver


@pytest.fixture
def centre(db):
    existant = Organisme.objects.filter(role="exploitant").first()
    organisme = existant or creer_organisme(
        nom="Centre", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=SIGNE_LE
    )
    agent("Wanda Technicienne", organisme, {"technicien"}, maintenant=SIGNE_LE)
    agent("Yvon Juriste", organisme, {"juriste"}, maintenant=SIGNE_LE)
    return organisme
