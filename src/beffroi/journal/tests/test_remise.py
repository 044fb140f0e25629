"""Une preuve remise se vérifie hors ligne ; une écriture que rien ne couvre encore ne se prouve pas."""

import io

import pytest

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
