"""CCP, art. R. 2182-4 et R. 2182-5 :
le contrat est notifié, et prend effet le jour où la notification est reçue.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.contrat.engagements.rules import tous
from beffroi.contrat.marches.rules import dates
from beffroi.contrat.marches.rules.legalite import peut_notifier, transmission_due

pytestmark = pytest.mark.article("CCP", "R. 2182-4")
SIGNE, TRANSMIS = date(2026, 11, 2), date(2026, 11, 5)


@pytest.mark.article("CCP", "R. 2182-5")
def test_le_terme_se_compte_depuis_la_reception():
    assert dates.terme(effet=date(2026, 11, 12), mois=12) == date(2027, 11, 11)


@pytest.mark.article("CCP", "R. 2182-5")
@pytest.mark.article("CCP", "L. 2125-1")
def test_un_accord_cadre_a_plusieurs_titulaires_prend_effet_quand_le_dernier_a_recu_la_sienne():
    assert tous([date(2026, 11, 12), None]) is None
    assert tous([date(2026, 11, 12), date(2026, 11, 9)]) == date(2026, 11, 12)


def test_une_notification_ne_precede_pas_la_signature():
    assert not peut_notifier(
        requise="non_requise", transmis_le=None, recue=date(2026, 11, 1), signe=SIGNE
    ).favorable
    assert peut_notifier(
        requise="non_requise", transmis_le=None, recue=SIGNE, signe=SIGNE
    ).favorable


@pytest.mark.article("CGCT", "L. 2131-1")
def test_un_contrat_a_transmettre_se_notifie_apres_sa_transmission():
    assert not peut_notifier(
        requise="requise", transmis_le=None, recue=TRANSMIS, signe=SIGNE
    ).favorable
    assert not peut_notifier(
        requise="requise", transmis_le=TRANSMIS, recue=date(2026, 11, 4), signe=SIGNE
    ).favorable
    assert peut_notifier(
        requise="requise", transmis_le=TRANSMIS, recue=TRANSMIS, signe=SIGNE
    ).favorable


@pytest.mark.article("CGCT", "L. 2131-2")
def test_qui_se_transmet():
    en_2023 = {"collectivite": True, "signature": date(2023, 5, 2)}

    assert (
        transmission_due(montant=Decimal(214_999), concession=False, **en_2023).reponse
        == "non_requise"
    )
    assert (
        transmission_due(montant=Decimal(215_000), concession=False, **en_2023).reponse == "requise"
    )
    assert transmission_due(montant=Decimal(1), concession=True, **en_2023).reponse == "requise"
    assert (
        transmission_due(
            montant=Decimal(9**9), concession=False, collectivite=False, signature=SIGNE
        ).reponse
        == "non_requise"
    )


@pytest.mark.article("CGCT", "D. 2131-5-1")
def test_un_seuil_qui_n_est_pas_lu_fait_repondre_une_personne():
    due = transmission_due(
        montant=Decimal(300_000), concession=False, collectivite=True, signature=SIGNE
    )

    assert due.reponse == "a_dire"
    assert "n'est pas établi ici" in str(due.motif)


@pytest.mark.article("CCP", "R. 2183-1")
def test_l_avis_d_attribution_est_du_trente_jours_apres_la_signature():
    due = dates.avis_d_attribution(signe=SIGNE, nature="marche", formalise=True, concession=False)

    assert due.le == date(2026, 12, 2)
    assert (
        dates.avis_d_attribution(signe=SIGNE, nature="marche", formalise=False, concession=False)
        is None
    )
    assert (
        dates.avis_d_attribution(
            signe=SIGNE, nature="marche_subsequent", formalise=True, concession=False
        )
        is None
    )


@pytest.mark.article("CCP", "R. 3125-6")
def test_celui_d_une_concession_quarante_huit_jours_apres_sa_notification():
    notifiee = SIGNE + timedelta(days=10)
    faits = {"signe": SIGNE, "nature": "concession", "formalise": True, "concession": True}

    assert dates.avis_d_attribution(**faits) is None
    assert dates.avis_d_attribution(**faits, notifie=notifiee).le == date(2026, 12, 30)


@pytest.mark.article("CCP", "R. 2196-1")
def test_les_donnees_essentielles_sont_dues_deux_mois_apres_la_notification_des_40_000_euros():
    due = dates.donnees_essentielles(
        notifie=date(2026, 12, 31), montant=Decimal(40_000), concession=False
    )

    assert due.le == date(2027, 2, 28)
    assert (
        dates.donnees_essentielles(notifie=SIGNE, montant=Decimal("39999.99"), concession=False)
        is None
    )


def test_une_alerte_prend_le_preavis_le_plus_court_deja_commence():
    fin = date(2027, 6, 30)

    assert dates.alerte_du_terme(fin, le=date(2026, 12, 29)) is None
    assert dates.alerte_du_terme(fin, le=date(2026, 12, 30)) == 6
    assert dates.alerte_du_terme(fin, le=date(2027, 6, 1)) == 1
    assert dates.alerte_du_terme(fin, le=date(2027, 7, 1)) is None


def test_une_notification_attend_qu_on_ait_dit_si_le_contrat_se_transmet():
    assert not peut_notifier(requise="", transmis_le=None, recue=SIGNE, signe=SIGNE).favorable


@pytest.mark.article("CGCT", "L. 2131-2")
def test_une_concession_de_l_etat_ne_se_transmet_pas_au_prefet():
    due = transmission_due(
        montant=Decimal(9**9), concession=True, collectivite=False, signature=SIGNE
    )

    assert due.reponse == "non_requise"


@pytest.mark.article("CCP", "R. 2182-1")
def test_une_signature_n_est_ni_a_venir_ni_avant_l_attente_ni_avant_le_titulaire():
    lendemain = date(2026, 11, 3)

    assert dates.signature_recevable(
        le=SIGNE, aujourd_hui=SIGNE, titulaire=SIGNE, au_plus_tot=SIGNE
    ).favorable
    assert dates.signature_recevable(le=SIGNE, aujourd_hui=lendemain).favorable
    assert not dates.signature_recevable(le=lendemain, aujourd_hui=SIGNE).favorable
    assert not dates.signature_recevable(le=SIGNE, aujourd_hui=SIGNE, titulaire=lendemain).favorable
    (motif,) = dates.signature_recevable(le=SIGNE, aujourd_hui=SIGNE, au_plus_tot=lendemain).motifs
    assert "à partir du 3 novembre 2026" in motif.texte


@pytest.mark.parametrize(
    ("signe", "transmis", "notifie", "permis"),
    [
        (SIGNE, TRANSMIS, TRANSMIS, True),
        (SIGNE, None, SIGNE, True),
        (None, None, None, True),
        (SIGNE, date(2026, 11, 1), TRANSMIS, False),
        (SIGNE, None, date(2026, 11, 1), False),
        (SIGNE, TRANSMIS, date(2026, 11, 4), False),
        (None, None, TRANSMIS, False),
        (None, TRANSMIS, None, False),
        (SIGNE, None, date(2026, 11, 13), False),
    ],
)
def test_signature_transmission_notification_se_suivent_et_sont_passees(
    signe, transmis, notifie, permis
):
    jour = date(2026, 11, 12)

    dite = dates.dates_en_ordre(signe=signe, transmis=transmis, notifie=notifie, aujourd_hui=jour)

    assert dite.favorable is permis
    if notifie == TRANSMIS:
        assert (
            dates.dates_en_ordre(
                signe=signe, transmis=transmis, notifie=notifie, aujourd_hui=TRANSMIS
            ).favorable
            is permis
        )


@pytest.mark.article("CCP", "R. 3131-1")
def test_une_concession_publie_ses_donnees_sans_seuil():
    due = dates.donnees_essentielles(notifie=SIGNE, montant=Decimal(1), concession=True)

    assert (due.le, str(due.source)) == (SIGNE, "CCP, art. R. 3131-1")


@pytest.mark.article("CCP", "R. 2196-1")
def test_une_fiche_se_prepare_des_25_000_euros():
    assert dates.fiche_due(notifie=SIGNE, montant=Decimal(25_000))
    assert not dates.fiche_due(notifie=SIGNE, montant=Decimal("24999.99"))


@pytest.mark.parametrize("jour", [date(2019, 1, 2)])
def test_avant_ce_que_les_tables_ont_lu_aucun_delai_ne_s_invente(jour):
    assert (
        dates.avis_d_attribution(signe=jour, nature="marche", formalise=True, concession=False)
        is None
    )
    assert (
        dates.donnees_essentielles(notifie=jour, montant=Decimal(90_000), concession=False) is None
    )
    assert not dates.fiche_due(notifie=jour, montant=Decimal(90_000))


def test_l_alerte_sonne_le_jour_du_terme_et_a_trois_mois():
    fin = date(2027, 6, 30)

    assert dates.alerte_du_terme(fin, le=fin) == 1
    assert dates.alerte_du_terme(fin, le=date(2027, 3, 29)) == 6
    assert dates.alerte_du_terme(fin, le=date(2027, 3, 30)) == 3
    assert dates.alerte_du_terme(fin, le=date(2027, 5, 29)) == 3
    assert dates.alerte_du_terme(fin, le=date(2027, 5, 30)) == 1


@pytest.mark.article("CGCT", "L. 2131-1")
@pytest.mark.article("CGCT", "L. 2131-2")
@pytest.mark.article("CGCT", "D. 2131-5-1")
@pytest.mark.article("CCP", "R. 2182-1")
def test_chaque_refus_de_signer_ou_de_notifier_cite_son_article():
    def sources(decision):
        return [str(motif.source) for motif in decision.motifs]

    avant = date(2026, 11, 1)
    assert sources(peut_notifier(requise="", transmis_le=None, recue=avant, signe=SIGNE)) == [
        "CGCT, art. L. 2131-1",
        "CCP, art. R. 2182-4",
    ]
    assert sources(
        peut_notifier(requise="requise", transmis_le=None, recue=SIGNE, signe=SIGNE)
    ) == ["CGCT, art. L. 2131-1"]
    assert sources(dates.signature_recevable(le=avant, aujourd_hui=SIGNE, au_plus_tot=SIGNE)) == [
        "CCP, art. R. 2182-1"
    ]
    non_lu = transmission_due(
        montant=Decimal(1), concession=False, collectivite=True, signature=SIGNE
    )
    concession = transmission_due(
        montant=Decimal(1), concession=True, collectivite=True, signature=SIGNE
    )
    assert (str(non_lu.motif.source), str(concession.motif.source)) == (
        "CGCT, art. D. 2131-5-1",
        "CGCT, art. L. 2131-2",
    )
