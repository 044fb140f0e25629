"""Le règlement que la plateforme écrit passe ses propres contrôles, pour chaque famille de procédure."""

import pytest

from beffroi.controles.rules import controler
from beffroi.redaction import documents
from beffroi.redaction.tests.achats import ACHATS, DROIT, MAINTENANT
from formats.document.plan import lignes
from formats.lecture import Paragraphe, Texte


def lu(achat) -> Texte:
    ecrites = lignes(documents.reglement(achat, DROIT, MAINTENANT))
    return Texte(
        sorte="pdf", paragraphes=tuple(Paragraphe(numero=n, texte=t, page=1) for n, t in enumerate(ecrites, 1))
    )


@pytest.mark.parametrize("achat", ACHATS.values(), ids=ACHATS)
def test_aucun_controle_ne_bloque_a_cause_de_ce_qui_est_ecrit(achat):
    constats = controler(achat, lu(achat), DROIT, MAINTENANT).constats

    assert [f"{c.code} {c.quoi} « {c.trouve} »" for c in constats if c.bloque and c.paragraphe] == []
