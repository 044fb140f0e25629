"""À l'heure exacte, un dépôt peut encore arriver : le registre se tait."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.reponse.registre_des_depots import rules

LIMITE = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(("ecart_s", "montre"), [(-1, False), (0, False), (1, True)])
def test_le_registre_se_montre_apres_l_heure_limite(ecart_s, montre):
    decision = rules.peut_se_montrer(
        date_limite=LIMITE, maintenant=LIMITE + timedelta(seconds=ecart_s)
    )

    assert decision.favorable is montre
