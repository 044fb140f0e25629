"""CCP, art. R. 2143-1 et R. 2143-2 : un délai raisonnable, rien après lui.

Art. R. 2151-4 : il s'allonge, jamais l'inverse.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from beffroi.achat.consultations.rules import heure_limite
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Etapes, calendrier
from droit.en_vigueur import Droit

LIMITE = datetime(2027, 1, 11, 11, tzinfo=UTC)
AUJOURD_HUI = date(2026, 11, 24)


def libres(procedure: str) -> list[str]:
    """Les articles qui laissent l'acheteur fixer le délai."""
    droit = Droit.au(AUJOURD_HUI)
    calcule = calendrier(
        droit,
        droit.procedure(procedure),
        etapes=Etapes(envoi=AUJOURD_HUI, invitation=AUJOURD_HUI),
        acheteur="pouvoir_adjudicateur",
        circonstances=Circonstances(),
    )
    return [
        str(source) for e in calcule.echeances if e.cle.endswith(".libre") for source in e.sources
    ]


@pytest.mark.article("CCP", "R. 2143-2")
@pytest.mark.parametrize("ecart,expire", [(timedelta(0), False), (timedelta(microseconds=1), True)])
def test_une_candidature_recue_a_l_heure_exacte_est_dans_le_delai(ecart, expire):
    assert heure_limite.delai_expire(limite=LIMITE, maintenant=LIMITE + ecart).favorable is expire


@pytest.mark.article("CCP", "R. 2143-1")
def test_en_procedure_adaptee_restreinte_l_acheteur_fixe_un_delai_raisonnable():
    assert libres("procedure_adaptee_restreinte") == ["CCP, art. R. 2143-1", "CCP, art. R. 2151-1"]


@pytest.mark.article("CCP", "R. 3126-8")
@pytest.mark.article("CCP", "R. 3126-9")
def test_sous_le_seuil_une_concession_fixe_un_delai_raisonnable():
    assert set(libres("concession_sous_le_seuil")) <= {"CCP, art. R. 3126-8", "CCP, art. R. 3126-9"}
    assert libres("concession_sous_le_seuil")


@pytest.mark.article("CCP", "R. 2151-4")
@pytest.mark.parametrize(
    "nouvelle,maintenant,permis",
    [
        (LIMITE + timedelta(seconds=1), LIMITE - timedelta(seconds=1), True),
        (LIMITE, LIMITE - timedelta(days=1), False),
        (LIMITE - timedelta(days=1), LIMITE - timedelta(days=2), False),
        (LIMITE + timedelta(days=1), LIMITE, False),
    ],
    ids=["plus tard", "la même", "plus tôt", "trop tard pour prolonger"],
)
def test_un_delai_publie_s_allonge_et_ne_se_raccourcit_pas(nouvelle, maintenant, permis):
    decision = heure_limite.peut_prolonger(
        etat="publiee", actuelle=LIMITE, nouvelle=nouvelle, maintenant=maintenant
    )

    assert decision.favorable is permis
