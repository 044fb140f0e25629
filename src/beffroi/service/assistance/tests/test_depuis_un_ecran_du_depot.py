"""« Besoin d'aide » depuis un écran du dépôt :
le lien porte la réponse, le formulaire la reçoit, la demande y est liée.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.service.assistance.models import Demande
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db
LIEN = re.compile(r'href="(/assistance/nouvelle/\?objet=[^"]*)"')
SAISIE = {"texte": "Mon envoi s'arrête", "categorie": "technique", "telephone": "", "cle": "k" * 32}


@pytest.fixture
def brouillon(settings, tmp_path):
    settings.DONNEES = tmp_path
    limite = maintenant() + timedelta(days=2)
    return factories.Candidat(factories.consultation(limite=limite)).commence(le=maintenant())


@pytest.fixture
def sophie(brouillon):
    return connecter(Client(), brouillon.commence_par)


def le_lien(client, adresse: str) -> str:
    (lien,) = LIEN.findall(client.get(adresse).content.decode())
    return lien


@pytest.mark.parametrize("ecran", ["", "pieces/offre/", "verifier/"])
def test_le_formulaire_s_ouvre_sur_la_reponse_que_l_on_prepare(brouillon, sophie, ecran):
    lien = le_lien(sophie, f"/reponses/{brouillon.reference}/{ecran}")

    assert sophie.get(lien).context["form"]["objet"].value() == brouillon.reference


def test_avant_la_reponse_il_s_ouvre_sur_la_consultation(brouillon, sophie):
    reference = brouillon.consultation.reference
    lien = le_lien(sophie, f"/consultations/{reference}/deposer/")

    assert sophie.get(lien).context["form"]["objet"].value() == reference


def test_la_demande_envoyee_est_liee_a_la_reponse_et_sa_frise_la_dit(brouillon, sophie):
    form = sophie.get(le_lien(sophie, f"/reponses/{brouillon.reference}/")).context["form"]
    sophie.post("/assistance/nouvelle/", {**SAISIE, "objet": form["objet"].value()})

    demande = Demande.objects.get()
    assert demande.objet == brouillon.reference
    assert f"Aide demandée, {demande.reference}" in [fait.quoi for fait in faits_de(brouillon, [])]


def test_un_objet_demesure_est_borne(sophie):
    assert (
        len(sophie.get(f"/assistance/nouvelle/?objet={'R' * 300}").context["form"]["objet"].value())
        == 30
    )
