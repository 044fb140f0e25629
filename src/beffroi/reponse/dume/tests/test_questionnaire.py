"""Chaque question d'un DUME dit si elle est due, et dans quel cas (RGAA 11.10)."""

import pytest

from beffroi.reponse.dume.forms import DumeForm
from beffroi.reponse.dume.questionnaire import champs_de, quand_repondre
from formats.dume.questions import Question
from formats.dume.tests.exemples import demande

PREMIERE = Question(id="1", type="INDICATOR", libelle="Remplissez-vous ce critère ?")
APPUI = Question(id="2", type="INDICATOR", libelle="Votre réponse", depend_de="1", si="false")
NOM = Question(id="3", type="DESCRIPTION", libelle="Nom", depend_de="2", si="true")
MONTANT = Question(id="4", type="AMOUNT", libelle="Montant")
PARMI = (PREMIERE, APPUI, NOM, MONTANT)


@pytest.mark.parametrize(
    ("question", "deduite", "detaille", "attendu"),
    [
        (PREMIERE, "", True, "obligatoire"),
        (APPUI, "", True, "si vous répondez non à « Remplissez-vous ce critère ? »"),
        (APPUI, "si vous êtes dans ce cas", True, "si vous êtes dans ce cas"),
        (NOM, "si vous êtes dans ce cas", True, "si votre réponse est oui"),
        (MONTANT, "", True, "si oui, un détail au moins"),
        (MONTANT, "", False, "facultatif"),
    ],
)
def test_une_question_dit_quand_y_repondre(question, deduite, detaille, attendu):
    assert quand_repondre(question, PARMI, deduite=deduite, detaille=detaille) == attendu


def test_le_formulaire_le_dit_de_chacune_et_du_groupement():
    form = DumeForm(demande=demande())
    posees = {
        nom
        for critere in form.demande.criteres
        for q in form.posees(critere)
        for nom in champs_de(q)
    }

    assert set(form.conditions) == posees | {"groupement", "membres"}
