"""Le banc de l'analyse lit vraiment chaque prix, et le dit à côté de la lecture nue."""

import pytest

from beffroi.commandes.outillage import banc_analyse
from beffroi.commandes.outillage.banc_analyse import analyser, est_juste, rangees
from formats.bordereaux import comparer
from formats.bordereaux.lire import lire_ici


def comparaisons(offres, lignes, sorte="csv"):
    ecrire = banc_analyse.ECRIRE[sorte]
    cadre = lire_ici(ecrire(rangees(lignes, offre=None)))
    return [comparer(cadre, lire_ici(ecrire(rangees(lignes, offre=n)))) for n in range(offres)]


@pytest.mark.parametrize("sorte", sorted(banc_analyse.ECRIRE))
def test_le_banc_dit_ses_mesures_et_reussit(sorte, capsys):
    code = banc_analyse.mesurer(["--offres", "2", "--lignes", "5", "--format", sorte])

    dit = capsys.readouterr().out
    assert code == 0
    assert f"2 offres de 5 prix, {sorte}" in dit
    assert "| lire nu, par la bibliothèque du format (repère) |" in dit
    assert "| tout : lire dans l'enclos, comparer, classer |" in dit


def test_un_banc_qui_ne_lirait_pas_tout_echouerait():
    toutes = comparaisons(3, 6)
    classement, lectures = analyser(toutes)

    assert est_juste(toutes, classement, lectures, 6)
    assert not est_juste(toutes, classement, lectures, 7)
    assert not est_juste(comparaisons(3, 6)[:2], classement, lectures, 6)
