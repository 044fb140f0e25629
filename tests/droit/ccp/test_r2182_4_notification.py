"""CCP, art. R. 2182-4 et R. 2182-5 : le contrat est notifié, et prend effet le jour où la notification est reçue."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.marches.rules import dates
from beffroi.marches.rules.legalite import peut_notifier, transmission_due

pytestmark = pytest.mark.article("CCP", "R. 2182-4")
SIGNE, TRANSMIS = date(2026, 11, 2), date(2026, 11, 5)


@pytest.mark.article("CCP", "R. 2182-5")
def test_le_terme_se_compte_depuis_la_reception():
    assert dates.terme(effet=date(2026, 11, 12), mois=12) == date(2027, 11, 11)


def test_une_notification_ne_precede_pas_la_signature():
    assert not peut_notifier(requise="non_requise", transmis_le=None, recue=date(2026, 11, 1), signe=SIGNE).favorable
    assert peut_notifier(requise="non_requise", transmis_le=None, recue=SIGNE, signe=SIGNE).favorable


@pytest.mark.article("CGCT", "L. 2131-1")
def test_un_contrat_a_transmettre_se_notifie_apres_sa_transmission():
    assert not peut_notifier(requise="requise", transmis_le=None, recue=TRANSMIS, signe=SIGNE).favorable
    assert not peut_notifier(requise="requise", transmis_le=TRANSMIS, recue=date(2026, 11, 4), signe=SIGNE).favorable
    assert peut_notifier(requise="requise", transmis_le=TRANSMIS, recue=TRANSMIS, signe=SIGNE).favorable


@pytest.mark.article("CGCT", "L. 2131-2")
def test_qui_se_transmet():
    en_2023 = {"collectivite": True, "signature": date(2023, 5, 2)}

    assert transmission_due(montant=Decimal(214_999), concession=False, **en_2023).reponse == "non_requise"
    assert transmission_due(montant=Decimal(215_000), concession=False, **en_2023).reponse == "requise"
    assert transmission_due(montant=Decimal(1), concession=True, **en_2023).reponse == "requise"
    assert (
        transmission_due(montant=Decimal(9**9), concession=False, collectivite=False, signature=SIGNE).reponse
        == "non_requise"
    )


@pytest.mark.article("CGCT", "D. 2131-5-1")
def test_un_seuil_qui_n_est_pas_lu_fait_repondre_une_personne():
    due = transmission_due(montant=Decimal(300_000), concession=False, collectivite=True, signature=SIGNE)

    assert due.reponse == "a_dire"
    assert "n'a pas été lu" in str(due.motif)


@pytest.mark.article("CCP", "R. 2183-1")
def test_l_avis_d_attribution_est_du_trente_jours_apres_la_signature():
    due = dates.avis_d_attribution(signe=SIGNE, nature="marche", formalise=True, concession=False)

    assert due.le == date(2026, 12, 2)
    assert dates.avis_d_attribution(signe=SIGNE, nature="marche", formalise=False, concession=False) is None
    assert dates.avis_d_attribution(signe=SIGNE, nature="marche_subsequent", formalise=True, concession=False) is None


@pytest.mark.article("CCP", "R. 3125-6")
def test_celui_d_une_concession_quarante_huit_jours_apres_sa_notification():
    notifiee = SIGNE + timedelta(days=10)
    faits = {"signe": SIGNE, "nature": "concession", "formalise": True, "concession": True}

    assert dates.avis_d_attribution(**faits) is None
    assert dates.avis_d_attribution(**faits, notifie=notifiee).le == date(2026, 12, 30)


@pytest.mark.article("CCP", "R. 2196-1")
def test_les_donnees_essentielles_sont_dues_deux_mois_apres_la_notification_des_40_000_euros():
    due = dates.donnees_essentielles(notifie=date(2026, 12, 31), montant=Decimal(40_000), concession=False)

    assert due.le == date(2027, 2, 28)
    assert dates.donnees_essentielles(notifie=SIGNE, montant=Decimal("39999.99"), concession=False) is None


def test_une_alerte_prend_le_preavis_le_plus_court_deja_commence():
    fin = date(2027, 6, 30)

    assert dates.alerte_du_terme(fin, le=date(2026, 12, 29)) is None
    assert dates.alerte_du_terme(fin, le=date(2026, 12, 30)) == 6
    assert dates.alerte_du_terme(fin, le=date(2027, 6, 1)) == 1
    assert dates.alerte_du_terme(fin, le=date(2027, 7, 1)) is None
