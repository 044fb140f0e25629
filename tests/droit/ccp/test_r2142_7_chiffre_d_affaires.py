"""CCP, art. R. 2142-7 :
le chiffre d'affaires exigé ne dépasse pas une part du montant estimé (RC-25).
"""

from datetime import date
from decimal import Decimal

import pytest

from droit.achat import Allotissement, Candidature
from tests.droit.achats import achat, allotissement, constats, gravites, rapport
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "R. 2142-7")


def exige(montant: int, **change):
    candidature = Candidature(chiffre_d_affaires_minimal=Decimal(montant), **change)
    return achat(
        candidature=candidature, allotissement=Allotissement(motif_sans_lot="Un seul ouvrage.")
    )


def test_le_plafond_passe_de_deux_fois_a_une_fois_et_demie_le_1er_janvier_2026():
    assert bascule("candidature.chiffre_d_affaires.plafond", CODE) == (INCONNUE, 200)
    assert bascule("candidature.chiffre_d_affaires.plafond", date(2026, 1, 1)) == (200, 150)


@pytest.mark.parametrize("montant,attendues", [(270_000, []), (270_001, ["bloquant"])])
def test_une_fois_et_demie_le_montant_estime_est_la_limite(montant, attendues):
    assert gravites(constats("RC-25", exige(montant))) == attendues


@pytest.mark.parametrize(
    "jour,attendues", [(date(2025, 12, 31), []), (date(2026, 1, 1), ["bloquant"])]
)
def test_la_veille_du_changement_deux_fois_etait_permis(jour, attendues):
    assert gravites(constats("RC-25", exige(360_000), jour=jour)) == attendues


def test_le_constat_dit_le_plafond_et_le_champ():
    (constat,) = constats("RC-25", exige(300_000))

    assert (constat.champ, constat.attendu) == (
        "candidature.chiffre_d_affaires_minimal",
        "au plus 270000 € HT",
    )
    assert constat.remede == "Baissez cette exigence, ou écrivez ce qui la justifie."


def test_une_justification_leve_le_constat():
    assert (
        constats("RC-25", exige(300_000, motif_du_chiffre_d_affaires="Risque de dommages élevé."))
        == ()
    )


def test_chaque_lot_a_son_plafond():
    projet = achat(
        candidature=Candidature(chiffre_d_affaires_minimal=Decimal(100_000)),
        allotissement=allotissement(),
    )

    assert [c.quoi for c in constats("RC-25", projet)] == [
        "Le chiffre d'affaires exigé est trop haut pour le lot 2."
    ]


def test_sans_estimation_le_controle_dit_ne_pas_avoir_ete_joue():
    projet = achat(
        valeur_estimee=None,
        allotissement=Allotissement(motif_sans_lot="Un seul ouvrage."),
        candidature=Candidature(chiffre_d_affaires_minimal=Decimal(1)),
    )

    assert any(n.code == "RC-25" for n in rapport(projet).non_joues)
