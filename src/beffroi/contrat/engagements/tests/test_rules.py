"""Qui signe quand, et quel jour le contrat prend effet. Des valeurs nues."""

from datetime import date

import pytest

from beffroi.contrat.engagements.rules import Etape, acheteur_peut_signer, reste, tous

LUNDI, MARDI = date(2027, 3, 1), date(2027, 3, 2)


def test_l_acheteur_signe_quand_tous_les_titulaires_l_ont_fait():
    refus = acheteur_peut_signer([Etape("Faîtage", LUNDI), Etape("Zingueurs"), Etape("Étoile")])

    assert "Zingueurs et Étoile n'ont pas encore signé" in str(refus.motifs[0])
    assert acheteur_peut_signer([Etape("Faîtage", LUNDI), Etape("Zingueurs", MARDI)]).favorable


@pytest.mark.parametrize(
    "jours,attendu",
    [([MARDI, LUNDI], MARDI), ([LUNDI, None], None), ([None, None], None), ([], None)],
)
def test_le_tout_se_date_du_dernier_et_pas_avant_qu_il_y_soit(jours, attendu):
    assert tous(jours) == attendu


def test_ce_qui_reste_dit_de_qui_l_on_attend_le_geste():
    signe = Etape("Faîtage", LUNDI, LUNDI)
    suites = [
        (Etape("A"), [Etape("A")], "Le titulaire signe"),
        (Etape("A", LUNDI), [Etape("A", LUNDI), Etape("B")], "quand tous les titulaires"),
        (Etape("A", LUNDI), [Etape("A", LUNDI), Etape("B", LUNDI)], "L'acheteur signe cet acte"),
        (signe, [signe, Etape("B", LUNDI)], "signe les autres actes"),
        (signe, [signe], "Notifier ce titulaire"),
        (Etape("A", LUNDI, LUNDI, MARDI), [], "ouvre sa notification"),
    ]
    assert [dit in reste(une, etapes) for une, etapes, dit in suites] == [True] * 6
    assert "préfet" in reste(signe, [signe], transmettre=True)
    assert reste(Etape("A", LUNDI, LUNDI, None, MARDI), []) == ""
