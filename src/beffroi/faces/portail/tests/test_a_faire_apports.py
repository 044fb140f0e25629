"""« À faire » dit au gestionnaire ce qu'une collectivité a renvoyé, et à lui seul."""

import pytest

from beffroi.centre.apports.services import Saisie, apporter
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.faces.portail.a_faire import taches_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


def test_un_apport_attend_le_gestionnaire_et_pas_le_juriste():
    centre = gestes.le_centre()
    saisie = Saisie(
        "Martine", gestes.DELIBERE, Fichier("d.pdf", gestes.PDF), "2026-31", gestes.EXECUTOIRE
    )
    apport = apporter(
        convention=gestes.envoyee(), sorte="deliberation", saisie=saisie, maintenant=LUNDI
    )
    juriste = gestes.personne("Paul Duval")
    habiliter(
        organisme=centre, utilisateur=juriste, roles={"juriste"}, par=PLATEFORME, maintenant=LUNDI
    )

    page = f"/cdg/apports/{apport.reference}/"
    assert page in [
        tache.url for tache in taches_de(Utilisateur.objects.get(nom="Benoît Roussel"), le=LUNDI)
    ]
    assert page not in [tache.url for tache in taches_de(juriste, le=LUNDI)]
