"""CCP, art. R. 2182-1 et R. 2182-2 :
le premier jour de signature d'un lot, d'après les lettres vraiment parties.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from beffroi.achat.consultations.rules.procedures import procedure
from beffroi.choix.attribution.rules.suspension import (
    FaitsDeSuspension,
    Rejet,
    peut_signer,
    suspension_de,
)
from droit.citation import Article

pytestmark = pytest.mark.article("CCP", "R. 2182-1")

PARIS = ZoneInfo("Europe/Paris")


def faits(
    *rejets: Rejet, cle: str = "appel_offres_ouvert", participants: int = 3, a_prevenir: int = 0
):
    return FaitsDeSuspension(
        procedure=procedure(cle), participants=participants, a_prevenir=a_prevenir, rejets=rejets
    )


def premier_jour(*rejets: Rejet, **options) -> date | None:
    return suspension_de(faits(*rejets, **options), le=max(rejet.jour for rejet in rejets)).jour


# envoi électronique le jour J : J + 11 ; autrement : J + 16.
# De date à date, à travers mois, années et changements d'heure.
@pytest.mark.parametrize(
    ("envoi", "electronique", "premier"),
    [
        (date(2027, 3, 3), True, date(2027, 3, 14)),
        (date(2027, 3, 3), False, date(2027, 3, 19)),
        (date(2026, 12, 28), True, date(2027, 1, 8)),
        (date(2027, 1, 31), True, date(2027, 2, 11)),
        (date(2028, 2, 18), True, date(2028, 2, 29)),
        (date(2027, 2, 18), True, date(2027, 3, 1)),
        (date(2027, 3, 20), True, date(2027, 3, 31)),
        (date(2027, 10, 25), True, date(2027, 11, 5)),
        (date(2027, 4, 20), True, date(2027, 5, 1)),
    ],
    ids=[
        "mars",
        "papier",
        "an",
        "fin_janvier",
        "bissextile",
        "fevrier",
        "heure_ete",
        "heure_hiver",
        "ferie",
    ],
)
def test_le_premier_jour_se_compte_de_date_a_date(envoi, electronique, premier):
    assert premier_jour(Rejet(envoi, electronique)) == premier


@pytest.mark.jurisprudence("CE, 2 août 2011, n° 347526")
def test_un_rejet_poste_le_28_decembre_ne_permet_de_signer_que_le_13_janvier():
    assert premier_jour(Rejet(date(2026, 12, 28), electronique=False)) == date(2027, 1, 13)


def test_l_attente_court_de_la_derniere_lettre_partie():
    assert premier_jour(Rejet(date(2027, 3, 3)), Rejet(date(2027, 3, 9))) == date(2027, 3, 20)


def test_une_lettre_sur_papier_plus_ancienne_peut_fixer_un_jour_plus_tardif():
    assert premier_jour(
        Rejet(date(2027, 3, 3), electronique=False), Rejet(date(2027, 3, 5))
    ) == date(2027, 3, 19)


def test_tant_qu_une_lettre_manque_aucun_jour_n_est_fixe():
    assert premier_jour(Rejet(date(2027, 3, 3)), a_prevenir=1) is None


def test_une_minute_avant_la_fin_la_signature_est_refusee():
    veille = datetime(2027, 3, 13, 23, 59, tzinfo=PARIS)

    refus = peut_signer(faits(Rejet(date(2027, 3, 3))), le=veille)

    assert not refus.favorable
    assert "à partir du 14 mars 2027" in refus.motifs[0].texte
    assert refus.motifs[0].source == Article("CCP", "R. 2182-1")


def test_a_zero_heure_du_jour_dit_elle_est_possible():
    assert peut_signer(
        faits(Rejet(date(2027, 3, 3))), le=datetime(2027, 3, 14, 0, 0, tzinfo=PARIS)
    ).favorable


def test_l_heure_est_celle_de_paris_et_non_l_heure_universelle():
    jour_dit_a_paris = datetime(2027, 3, 13, 23, 30, tzinfo=UTC)

    assert peut_signer(faits(Rejet(date(2027, 3, 3))), le=jour_dit_a_paris).favorable


def test_la_nuit_du_passage_a_l_heure_d_ete_minuit_reste_minuit():
    lettres = faits(Rejet(date(2027, 3, 17)))

    assert not peut_signer(lettres, le=datetime(2027, 3, 27, 22, 59, tzinfo=UTC)).favorable
    assert peut_signer(lettres, le=datetime(2027, 3, 27, 23, 0, tzinfo=UTC)).favorable


def test_sans_lettre_partie_rien_ne_se_signe():
    refus = peut_signer(faits(), le=datetime(2027, 3, 14, tzinfo=PARIS))

    assert "l'attente n'a pas commencé" in refus.motifs[0].texte
    assert refus.motifs[0].source == Article("CCP", "R. 2182-1")


@pytest.mark.article("CCP", "R. 2182-2")
@pytest.mark.parametrize(
    ("cle", "participants"),
    [("appel_offres_ouvert", 1), ("marche_specifique", 3), ("marche_subsequent", 3)],
)
def test_trois_cas_en_dispensent(cle, participants):
    accord = peut_signer(
        faits(cle=cle, participants=participants), le=datetime(2027, 3, 3, tzinfo=PARIS)
    )

    assert accord.favorable
    assert accord.motifs[0].source == Article("CCP", "R. 2182-2")


def test_une_procedure_adaptee_n_attend_pas_mais_rappelle_les_lettres_dues():
    accord = peut_signer(
        faits(cle="procedure_adaptee_ouverte", a_prevenir=2), le=datetime(2027, 3, 3, tzinfo=PARIS)
    )

    assert accord.favorable
    assert accord.motifs[1].source == Article("CCP", "R. 2181-1")


@pytest.mark.article("CCP", "R. 3125-2")
def test_une_concession_au_dessus_du_seuil_attend_comme_un_marche():
    assert premier_jour(Rejet(date(2027, 3, 3)), cle="concession_au_dessus_du_seuil") == date(
        2027, 3, 14
    )


@pytest.mark.article("CCP", "R. 3126-11")
def test_une_concession_sous_le_seuil_n_attend_pas():
    accord = peut_signer(
        faits(cle="concession_sous_le_seuil"), le=datetime(2027, 3, 3, tzinfo=PARIS)
    )

    assert accord.favorable
    assert accord.motifs[0].source == Article("CCP", "R. 3126-11")


def test_deux_entreprises_suffisent_a_faire_attendre():
    lettres = faits(Rejet(date(2027, 3, 3)), participants=2)

    assert not peut_signer(lettres, le=datetime(2027, 3, 13, 12, 0, tzinfo=PARIS)).favorable
    assert suspension_de(lettres, le=date(2027, 3, 3)).depuis == date(2027, 3, 3)


def test_une_lettre_encore_due_retient_la_signature_meme_l_attente_passee():
    refus = peut_signer(
        faits(Rejet(date(2027, 3, 3)), a_prevenir=1), le=datetime(2027, 5, 3, tzinfo=PARIS)
    )

    assert [motif.source for motif in refus.motifs] == [Article("CCP", "R. 2181-1")]


@pytest.mark.article("CCP", "R. 3125-2")
def test_une_concession_citee_pour_elle_meme_attend_la_premiere_lettre_et_seize_jours_sur_papier():
    concession = "concession_au_dessus_du_seuil"
    refus = peut_signer(faits(cle=concession), le=datetime(2027, 3, 14, tzinfo=PARIS))

    assert [motif.source for motif in refus.motifs] == [Article("CCP", "R. 3125-2")]
    assert premier_jour(Rejet(date(2027, 3, 3), electronique=False), cle=concession) == date(
        2027, 3, 19
    )


@pytest.mark.article("CCP", "R. 3125-2")
def test_un_seul_candidat_a_une_concession_ne_recoit_pas_la_dispense_des_marches():
    accord = peut_signer(
        faits(cle="concession_au_dessus_du_seuil", participants=1),
        le=datetime(2027, 3, 3, tzinfo=PARIS),
    )

    assert accord.favorable
    assert [motif.source for motif in accord.motifs] == [Article("CCP", "R. 3125-2")]


def test_un_concours_n_attend_pas_mais_fait_verifier():
    accord = peut_signer(faits(cle="concours"), le=datetime(2027, 3, 3, tzinfo=PARIS))
    adaptee = peut_signer(
        faits(cle="procedure_adaptee_ouverte"), le=datetime(2027, 3, 3, tzinfo=PARIS)
    )

    assert accord.favorable and "faites-le vérifier" in accord.motifs[0].texte
    assert "faites-le vérifier" not in adaptee.motifs[0].texte
