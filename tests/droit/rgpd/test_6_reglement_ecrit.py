"""RGPD, art. 6, 13, 15, 18, 28 et 77 ; CJA, art. L. 551-13 :
ce que le règlement écrit par la plateforme dit.
"""

import pytest

from beffroi.achat.redaction import documents
from beffroi.achat.redaction.tests.achats import DROIT, MAINTENANT, MAPA
from formats.document.plan import lignes

REGLEMENT = "\n".join(lignes(documents.reglement(MAPA, DROIT, MAINTENANT))).replace(
    "\N{NO-BREAK SPACE}", " "
)


@pytest.mark.article("RGPD", "6")
def test_le_traitement_est_impose_par_la_loi():
    assert "Ce traitement est imposé par la loi." in REGLEMENT


@pytest.mark.article("RGPD", "13")
@pytest.mark.article("RGPD", "28")
def test_le_responsable_est_l_acheteur():
    assert f"Responsable de leur traitement : {MAPA.acheteur.nom}." in REGLEMENT


@pytest.mark.article("RGPD", "15")
@pytest.mark.article("RGPD", "18")
@pytest.mark.article("RGPD", "77")
def test_chacun_peut_voir_ses_donnees_les_corriger_et_saisir_la_cnil():
    assert "demander à voir ses données ou à les corriger" in REGLEMENT
    assert "saisir la CNIL" in REGLEMENT


@pytest.mark.article("CJA", "L. 551-13")
def test_le_refere_contractuel_se_forme_apres_la_signature():
    assert "le référé contractuel, dans les 6 mois qui suivent la signature" in REGLEMENT
