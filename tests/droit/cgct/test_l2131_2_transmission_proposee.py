"""CGCT, art. L. 2131-2 et D. 2131-5-1 : transmettre le contrat au préfet."""

from datetime import date

import pytest

from tests.droit.besoins import propose

pytestmark = [pytest.mark.article("CGCT", "L. 2131-2"), pytest.mark.article("CGCT", "D. 2131-5-1")]


def test_le_seuil_de_2026_n_a_pas_ete_lu_il_est_a_verifier():
    choix = propose(300_000).controle_de_legalite

    assert choix.est_a_verifier
    assert "216 000 € HT sont attendus" in choix.pourquoi[0].motif.texte


@pytest.mark.parametrize("montant,attendu", [(214_999, "non_exige"), (215_000, "exige")])
def test_en_2023_le_seuil_etait_de_215_000_euros(montant, attendu):
    choix = propose(montant, jour=date(2023, 12, 1)).controle_de_legalite

    assert choix.valeur == attendu


def test_une_concession_se_transmet():
    assert propose(50_000, contrat="concession").controle_de_legalite.valeur == "exige"


def test_un_acheteur_qui_n_est_pas_une_collectivite_ne_transmet_pas():
    assert (
        propose(300_000, collectivite_territoriale=False).controle_de_legalite.valeur == "non_exige"
    )
