"""Le banc des règles joue tous les contrôles et dit ses mesures à côté d'un repère."""

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.commandes.outillage import banc_panneau
from beffroi.commandes.outillage.banc_regles import consultation, jouer, mesurer, reglement


def test_le_banc_dit_ses_mesures_et_reussit(capsys):
    code = mesurer(["--lots", "3", "--pages", "1", "--fois", "2", "--sans-ecrans"])
    dit = capsys.readouterr().out

    assert code == 0
    assert "3 lots, 1 pages" in dit
    assert "| plier le texte, une fois (repère) |" in dit
    assert "| contrôler tout |" in dit


def test_chaque_tirage_a_ses_propres_mots():
    un, autre = reglement(1, lots=2, tirage=1), reglement(1, lots=2, tirage=2)

    assert not {p.texte for p in un.paragraphes[:2]} & {p.texte for p in autre.paragraphes[:2]}


def test_la_scene_du_banc_ne_bloque_sur_aucune_phrase_du_reglement():
    rapport = jouer(consultation(4), reglement(2, lots=4, tirage=0))

    assert [
        constat.code for constat in rapport.constats if constat.bloque and constat.paragraphe
    ] == []


@pytest.mark.django_db
def test_le_banc_ouvre_chaque_page_de_la_preparation_sur_ses_lots():
    gestes = banc_panneau.gestes_de(banc_panneau.planter(), lots=3)

    for geste in gestes.values():
        geste()
    assert [nom for nom in gestes if "repère" in nom] == ["ouvrir « Combien », sans lots (repère)"]
    assert {lots.count() for lots in (c.lots for c in Consultation.toutes.all())} == {0, 3}
