"""Cinq fois plus de procédures finies, de contrats, de fichiers :
les pages des archives ne lisent pas plus la base.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.contrat.marches.models import Marche
from beffroi.garde.archives.dossier import dossiers_de
from beffroi.garde.archives.ports import pieces_de
from beffroi.reponse.depots.tests import factories

pytestmark = pytest.mark.django_db


def lectures(lire):
    with CaptureQueriesContext(connection) as lues:
        lire()
    return len(lues)


def finie(organisme):
    return factories.consultation(lots=2, organisme_=organisme, etat=Consultation.Etat.ATTRIBUEE)


def test_la_liste_lit_autant_pour_dix_procedures_que_pour_deux(conclu):
    organisme = conclu.consultation.organisme
    finies = [Consultation.toutes.get(pk=conclu.consultation.pk)]
    finies += [finie(organisme) for _ in range(9)]

    assert lectures(lambda: dossiers_de(finies[:2])) == lectures(lambda: dossiers_de(finies))


def test_les_pieces_se_lisent_autant_pour_cinq_contrats_que_pour_un(conclu):
    consultation = conclu.consultation
    un = lectures(lambda: pieces_de(consultation, le=SIGNE_LE))
    for numero in range(10, 14):
        contrat = Marche.toutes.filter(consultation=consultation).first()
        contrat.pk, contrat.reference, contrat.numero = None, f"MA-{numero}", f"2027-{numero}"
        contrat.lot = consultation.lots.create(numero=numero, intitule=f"Lot {numero}")
        Marche.toutes.bulk_create([contrat])

    assert lectures(lambda: pieces_de(consultation, le=SIGNE_LE)) == un
