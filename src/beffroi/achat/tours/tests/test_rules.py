"""Prolonger un tour, et la clé pour laquelle on scelle : aux bornes."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.tours.rules import peut_se_prolonger, scellee_pour_la_bonne_cle

LIMITE = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "nouvelle,maintenant,possible",
    [
        (LIMITE + MINUTE, LIMITE - MINUTE, True),
        (LIMITE, LIMITE - MINUTE, False),
        (LIMITE - MINUTE, LIMITE - 2 * MINUTE, False),
        (LIMITE + MINUTE, LIMITE, False),
    ],
    ids=["plus tard", "la même", "plus tôt", "trop tard pour prolonger"],
)
def test_le_delai_d_un_tour_s_allonge_tant_qu_il_court(nouvelle, maintenant, possible):
    assert (
        peut_se_prolonger(actuelle=LIMITE, nouvelle=nouvelle, maintenant=maintenant).favorable
        is possible
    )


def test_un_tour_clos_ne_se_prolonge_plus():
    demande = {"actuelle": LIMITE, "nouvelle": LIMITE + MINUTE, "maintenant": LIMITE - MINUTE}

    assert not peut_se_prolonger(**demande, clos=True).favorable


@pytest.mark.parametrize(
    "enveloppe,quoi", [("offre", "cette offre"), ("candidature", "cette candidature")]
)
def test_une_autre_cle_se_refuse_en_disant_ce_qu_elle_scelle(enveloppe, quoi):
    refus = scellee_pour_la_bonne_cle(empreinte="ab" * 16, attendue="cd" * 16, enveloppe=enveloppe)

    assert not refus.favorable and quoi in refus.motifs[0].texte
    assert scellee_pour_la_bonne_cle(
        empreinte="ab" * 16, attendue="ab" * 16, enveloppe=enveloppe
    ).favorable
