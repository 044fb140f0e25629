"""Une liste de la loi qui change est proposée dès le jour où elle change, et pas avant."""

from dataclasses import replace
from datetime import date

import pytest

from beffroi.achat.preparation.forms.exigences import ExigencesForm
from beffroi.achat.preparation.forms.jugement import JugementForm
from beffroi.contrat.marches.forms import TermesForm
from droit import en_vigueur
from droit.en_vigueur import Droit
from droit.tables import charger

CHANGE = date(2031, 1, 1)
VEILLE = date(2030, 12, 31)
NOUVEAU = "Nouveau venu"


@pytest.fixture(params=["liste.ccag", "durable.conditions_sociales.exceptions"])
def liste_changee(request, monkeypatch):
    return changer(request.param, monkeypatch)


@pytest.fixture
def ccag_change(monkeypatch):
    return changer("liste.ccag", monkeypatch)


def changer(cle, monkeypatch):
    """Les tables, où la liste reçoit un nom de plus à partir du 1er janvier 2031."""
    tables = charger()
    fiche = tables.fiches[cle]
    derniere = fiche.periodes[-1]
    suite = replace(derniere, du=CHANGE, valeur=(*derniere.valeur, NOUVEAU))
    periodes = (*fiche.periodes[:-1], replace(derniere, au=VEILLE), suite)
    changees = replace(tables, fiches={**tables.fiches, cle: replace(fiche, periodes=periodes)})
    monkeypatch.setattr(en_vigueur, "charger", lambda: changees)
    return {"liste.ccag": (ExigencesForm, "ccag")}.get(cle, (JugementForm, "exception_sociale"))


@pytest.mark.parametrize(
    ("jour", "propose"), [(VEILLE, False), (CHANGE, True)], ids=["la veille", "le jour"]
)
def test_les_questions_proposent_la_liste_de_la_date_de_l_achat(liste_changee, jour, propose):
    formulaire, champ = liste_changee
    form = formulaire()

    form.selon(Droit.au(jour))

    assert (NOUVEAU in dict(form.fields[champ].choices)) is propose


@pytest.mark.parametrize(
    ("jour", "propose"), [(VEILLE, False), (CHANGE, True)], ids=["la veille", "le jour"]
)
def test_les_termes_d_un_contrat_proposent_les_ccag_de_leur_date(ccag_change, jour, propose):
    assert (NOUVEAU in dict(TermesForm(jour=jour).fields["ccag"].choices)) is propose
