"""Une preuve remise se vérifie hors ligne ; une écriture que rien ne couvre encore ne se prouve pas."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.journal import remise
from beffroi.journal.models import Ecriture
from beffroi.journal.services import couvrir_ce_qui_est_inscrit, journaliser
from beffroi.journal.tests.test_services import MARTINE, MIDI
from beffroi.socle.erreurs import ServiceIndisponible
from sceau import evidence

pytestmark = pytest.mark.django_db


def test_une_ecriture_couverte_se_remet_et_se_verifie():
    journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
    with pytest.raises(ServiceIndisponible, match="dans une heure"):
        remise.archive({}, Ecriture.objects.all(), reference="X-1", le=MIDI)
    couvrir_ce_qui_est_inscrit()

    octets = remise.archive({"note.txt": b"x"}, Ecriture.objects.all(), reference="X-1", le=MIDI)
    controles = evidence.verify(io.BytesIO(octets))

    assert evidence.is_valid(controles)
    assert next(controle.detail for controle in controles if controle.code == "entries") == "1 entries"


def test_cent_ecritures_ne_demandent_guere_plus_de_lectures_qu_une():
    """Une par niveau de l'arbre, non par écriture : un certificat de sept jours en joint cinq cents."""
    lectures = []
    for _ in range(2):
        for _ in range(50):
            journaliser("essai", sujet="X-1", par=MARTINE, le=MIDI)
            couvrir_ce_qui_est_inscrit()
        for combien in (1, Ecriture.objects.count()):
            with CaptureQueriesContext(connection) as lues:
                octets = remise.archive({}, Ecriture.objects.order_by("numero")[:combien], reference="X-1", le=MIDI)
            assert evidence.is_valid(evidence.verify(io.BytesIO(octets)))
            lectures.append(len(lues))

    une, cinquante, _, cent = lectures
    assert max(cinquante, cent) <= une + 10
