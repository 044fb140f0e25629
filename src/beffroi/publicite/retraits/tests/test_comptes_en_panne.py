"""Les comptes ne répondent plus :
le dossier se télécharge quand même, en entier ou par fichier (CCP, annexe 7, art. 1er).
"""

import re
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from beffroi.publicite.retraits.models import RetraitDce
from beffroi.publicite.retraits.tests.test_retraits import telecharger, zip_de

pytestmark = pytest.mark.django_db
DES_COMPTES = re.compile(r'(FROM|UPDATE|INTO) "(comptes_|account_|mfa_)')


@contextmanager
def comptes_en_panne():
    def refuser(executer, sql, parametres, plusieurs, contexte):
        if DES_COMPTES.search(sql):
            raise DatabaseError(f"les comptes ne répondent plus : {sql[:120]}")
        return executer(sql, parametres, plusieurs, contexte)

    with connection.execute_wrapper(refuser):
        yield


@pytest.fixture(params=["sans cookie", "connectée"])
def visiteur(request, scene):
    client = Client()
    if request.param == "connectée":
        client.force_login(scene.martine)
    return client


def test_le_dossier_entier_et_chaque_document_se_telechargent(visiteur, consultation):
    piece = consultation.pieces.get()
    document = reverse(
        "consultations:document", args=(consultation.reference, piece.reference, piece.nom)
    )

    with comptes_en_panne():
        lus = [telecharger(visiteur, adresse) for adresse in (zip_de(consultation), document)]

    assert [reponse.status_code for reponse in lus] == [200, 200]
    assert RetraitDce.objects.count() == 2


def test_sans_cookie_la_consultation_et_la_liste_se_lisent(consultation):
    with comptes_en_panne():
        lues = [
            Client().get(adresse)
            for adresse in ("/", reverse("consultations:fiche", args=(consultation.reference,)))
        ]

    assert [reponse.status_code for reponse in lues] == [200, 200]
