"""Ce que le centre garde d'un organisme parti :
ses propres archives, et chaque contexte a décidé.
"""

import pytest

from beffroi.centre.conventions.tests import gestes
from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.garde.restitution import reste
from beffroi.garde.restitution.ports import a_effacer_hors_consultation, pieces_hors_consultation
from beffroi.socle.fondations import prises


@pytest.mark.article("code du patrimoine", "L. 211-4")
def test_la_convention_est_aussi_au_centre_et_n_est_jamais_au_bordereau(db):
    gestes.le_centre()
    convention = gestes.active()
    organisme = convention.adherent.organisme
    signees = {piece.cle_de_stockage for piece in convention.pieces.all()}
    assert signees & {piece.cle for piece in pieces_hors_consultation(organisme, le=LE)}
    assert a_effacer_hors_consultation(organisme, le=LE) == []


def test_de_chaque_contexte_on_sait_si_ce_qu_il_tient_s_efface_ou_reste():
    tenus = {contexte for contexte, un in prises.declarees() if un.pieces_hors_consultation}
    assert tenus and tenus <= reste.S_EFFACE | set(reste.RESTE)
    assert not reste.S_EFFACE & set(reste.RESTE)
    assert not reste.s_efface("inconnu")


def test_ce_qui_reste_se_dit_avec_sa_raison_et_son_texte():
    dits = reste.ce_qui_reste()
    assert len(set(dits)) == len(dits) == 4
    assert all(un.motif.source for un in dits)
