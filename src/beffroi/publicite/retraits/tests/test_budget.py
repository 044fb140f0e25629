"""Qui télécharge sans fin est toujours servi, et ne remplit pas le registre."""

from dataclasses import replace

import pytest
from django.test import Client

from beffroi.publicite.retraits import port, queries
from beffroi.publicite.retraits.models import RetraitDce, RetraitsEnNombre
from beffroi.publicite.retraits.tests.test_retraits import telecharger, zip_de
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux_par_heure(monkeypatch):
    monkeypatch.setattr(port, "TELECHARGEMENTS", replace(port.TELECHARGEMENTS, par_reseau=2))


@pytest.mark.moteurs
@pytest.mark.article("CCP", "R. 2132-2")
def test_au_dela_du_budget_le_dossier_se_sert_et_se_compte(deux_par_heure, consultation):
    servis = [telecharger(Client(), zip_de(consultation)).status_code for _ in range(5)]

    assert servis == [200] * 5
    assert (RetraitDce.objects.count(), RetraitsEnNombre.objects.get().nombre) == (2, 3)
    registre = queries.registre_de(consultation, etabli_le=maintenant())
    assert (len(registre.lignes), registre.manques) == (2, 3)


def test_le_voisin_garde_sa_ligne(deux_par_heure, consultation):
    for _ in range(3):
        telecharger(Client(), zip_de(consultation))
    telecharger(Client(REMOTE_ADDR="198.51.100.7"), zip_de(consultation))

    assert (RetraitDce.objects.count(), RetraitsEnNombre.objects.get().nombre) == (3, 1)
