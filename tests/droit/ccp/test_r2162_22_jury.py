"""CCP, art. R. 2162-22 :
un tiers au moins du jury a la qualification exigée des candidats, ou une équivalente.
"""

import pytest

from beffroi.choix.commissions.rules import Personne, composition, independance

pytestmark = pytest.mark.article("CCP", "R. 2162-22")


def jury(membres: int, qualifies: int) -> list[Personne]:
    return [
        Personne(f"Membre {n}", "titulaire" if n else "president", qualifie=n < qualifies)
        for n in range(membres)
    ]


@pytest.mark.parametrize(
    "membres,qualifies,remarques", [(6, 2, 0), (6, 1, 1), (7, 2, 1), (7, 3, 0)]
)
def test_le_tiers_s_arrondit_vers_le_haut(membres, qualifies, remarques):
    assert (
        len(composition("jury", jury(membres, qualifies), qualification="architecte")) == remarques
    )


def test_sans_qualification_exigee_le_tiers_ne_se_demande_pas():
    assert composition("jury", jury(6, 0)) == ()


def test_qui_agit_pour_un_participant_n_est_pas_independant():
    refus = independance([("Ada Pierre", "Faîtage")])

    assert not refus.favorable and "R. 2162-22" in str(refus.motifs[0])
    assert independance([]).favorable
