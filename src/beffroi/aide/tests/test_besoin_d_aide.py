"""« Besoin d'aide ? » : chaque écran du dépôt l'a, et son lien mène à une vraie question."""

import re
from pathlib import Path

import pytest

from beffroi.aide.contenu import rubrique

DEPOT = Path(__file__).parents[2] / "reponses" / "templates" / "reponses"
ECRANS = ("commencer", "etapes", "groupement", "invitation", "lots", "pieces", "recepisse", "retirer", "verifier")
APPEL = re.compile(r'besoin_d_aide\.html" with phrase="([^"]+)" question="([^"]+)" libelle="([^"]+)"')


@pytest.mark.parametrize("ecran", ECRANS)
def test_chaque_ecran_du_depot_a_son_aide_et_elle_mene_a_une_question(ecran):
    ((phrase, question, _),) = APPEL.findall((DEPOT / f"{ecran}.html").read_text("utf-8"))

    assert phrase.endswith(".")
    assert question in {connue.cle for connue in rubrique("entreprise").questions}


def test_deux_ecrans_ne_disent_pas_la_meme_phrase():
    phrases = [APPEL.findall((DEPOT / f"{ecran}.html").read_text("utf-8"))[0][0] for ecran in ECRANS]

    assert len(set(phrases)) == len(phrases)
