"""Combien de temps, à compter de quoi, et que devenir : sur des valeurs nues."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beffroi.garde.archives import rules
from beffroi.garde.archives.rules import Contrat, Dossier, Fait, Sort
from formats.versement import Sorte

SIGNE, NOTIFIE, FINI, SOLDE = (
    date(2027, 3, 1),
    date(2027, 3, 15),
    date(2028, 6, 30),
    date(2028, 9, 1),
)
FAITS = {
    Fait.SIGNATURE: SIGNE,
    Fait.NOTIFICATION: NOTIFIE,
    Fait.FIN_D_EXECUTION: FINI,
    Fait.SOLDE: SOLDE,
}


MIDI, UNE_HEURE = datetime(2027, 1, 12, 11, tzinfo=UTC), timedelta(hours=1)


def contrat(**autres) -> Contrat:
    dits = {
        "reference": "MA-1",
        "prestation": "travaux",
        "plis": frozenset({"D-1"}),
        "faits": FAITS,
        **autres,
    }
    return Contrat(**dits)


TRAVAUX = Dossier(contrats=(contrat(),))


@pytest.mark.article("CCP", "R. 2184-12")
def test_une_candidature_se_garde_cinq_ans_de_la_signature():
    echue = rules.echeance(
        Sorte.CANDIDATURE, Dossier(contrats=(contrat(faits={Fait.SIGNATURE: SIGNE}),))
    )
    signature = next(duree for duree in echue.durees if duree.fait is Fait.SIGNATURE)
    assert (signature.annees, signature.jusqu_au) == (5, date(2032, 3, 1))
    assert echue.attend == (Fait.NOTIFICATION,)


@pytest.mark.article("CCP", "R. 2184-12")
def test_la_plus_longue_des_durees_l_emporte_le_referentiel_comptant_de_la_notification():
    echue = rules.echeance(Sorte.OFFRE, TRAVAUX, pli="D-perdant")
    assert echue.jusqu_au == date(2032, 3, 15)
    assert echue.retenue.fait is Fait.NOTIFICATION
    assert [echue.est_echue(date(2032, 3, jour)) for jour in (15, 16)] == [False, True]


@pytest.mark.article("CCP", "R. 2184-13")
@pytest.mark.parametrize(
    ("autres", "annees"),
    [
        ({"prestation": "travaux"}, 10),
        ({"prestation": "fournitures"}, 5),
        ({"prestation": "services", "cpv": "90910000-9"}, 5),
        ({"prestation": "services", "cpv": "71200000-0"}, 10),
    ],
)
def test_un_contrat_se_garde_de_la_fin_de_son_execution(autres, annees):
    echue = rules.echeance(Sorte.CONTRAT, Dossier(contrats=(contrat(**autres),)), contrat="MA-1")
    assert {duree.fait: duree.annees for duree in echue.durees} == {
        Fait.FIN_D_EXECUTION: annees,
        Fait.SOLDE: 10,
    }
    assert echue.jusqu_au == date(2038, 9, 1)


def test_l_offre_retenue_se_garde_avec_son_contrat_et_ne_s_elimine_pas():
    assert rules.echeance(Sorte.OFFRE, TRAVAUX, pli="D-1").jusqu_au == date(2038, 9, 1)
    assert rules.sort_final(Sorte.OFFRE, TRAVAUX, pli="D-1") is Sort.CONSERVER
    assert rules.sort_final(Sorte.OFFRE, TRAVAUX, pli="D-2") is Sort.ELIMINER


@pytest.mark.article("CCP", "R. 2184-12")
def test_la_preuve_que_le_service_fonctionnait_se_garde_comme_la_procedure_et_se_conserve():
    assert rules.echeance(Sorte.FONCTIONNEMENT, TRAVAUX) == rules.echeance(Sorte.REGISTRE, TRAVAUX)
    assert rules.echeance(Sorte.FONCTIONNEMENT, TRAVAUX).jusqu_au == date(2032, 3, 15)
    assert rules.sort_final(Sorte.FONCTIONNEMENT, TRAVAUX) is Sort.CONSERVER


def test_sans_contrat_ni_renonciation_rien_n_est_echu():
    echue = rules.echeance(Sorte.OFFRE, Dossier(), pli="D-1")
    assert echue.attend == (Fait.SIGNATURE,)
    assert not echue.est_echue(date(2100, 1, 1))


def test_une_procedure_sans_suite_se_compte_de_cette_decision():
    assert rules.echeance(Sorte.OFFRE, Dossier(renonciations=(SIGNE,))).jusqu_au == date(2032, 3, 1)


def test_un_lot_signe_n_echoit_pas_avant_celui_qui_ne_l_est_pas():
    deux = Dossier(contrats=(contrat(), contrat(reference="MA-2", faits={})))
    assert rules.echeance(Sorte.REGISTRE, deux).attend == (Fait.SIGNATURE, Fait.NOTIFICATION)


def test_un_contrat_que_la_piece_ne_nomme_pas_attend_le_plus_long():
    deux = Dossier(
        contrats=(
            contrat(),
            contrat(reference="MA-2", faits={**FAITS, Fait.SOLDE: date(2030, 1, 1)}),
        )
    )
    assert rules.echeance(Sorte.CONTRAT, deux).jusqu_au == date(2040, 1, 1)


def test_une_concession_ne_suit_que_le_referentiel():
    concession = Dossier(contrats=(contrat(est_une_concession=True),))
    assert {d.fait for d in rules.echeance(Sorte.CONTRAT, concession).durees} == {Fait.SOLDE}
    assert {d.fait for d in rules.echeance(Sorte.OFFRE, concession).durees} == {Fait.NOTIFICATION}


def test_l_anniversaire_d_un_29_fevrier_ne_raccourcit_rien():
    assert rules.dans(5, date(2028, 2, 29)) == date(2033, 3, 1)


@pytest.mark.article("code du patrimoine", "L. 212-2")
def test_ce_qui_est_du_peut_etre_propose_au_visa_le_reste_dit_pourquoi_non():
    echue, echu_le = rules.echeance(Sorte.OFFRE, TRAVAUX, pli="D-2"), date(2032, 3, 16)
    assert rules.peut_etre_elimine(echue, Sort.ELIMINER, gels=(), le=echu_le).favorable
    assert not rules.peut_etre_elimine(
        echue, Sort.ELIMINER, gels=(), le=date(2032, 3, 15)
    ).favorable
    assert not rules.peut_etre_elimine(echue, Sort.CONSERVER, gels=(), le=echu_le).favorable


@pytest.mark.article("code du patrimoine", "L. 214-3")
def test_un_gel_empeche_toute_elimination_et_se_dit():
    echue = rules.echeance(Sorte.OFFRE, TRAVAUX, pli="D-2")
    refus = rules.peut_etre_elimine(
        echue, Sort.ELIMINER, gels=("recours n° 2704512",), le=date(2099, 1, 1)
    )
    assert [str(motif) for motif in refus.motifs] == [
        "Gelé : recours n° 2704512 (code du patrimoine, art. L. 214-3)"
    ]


@pytest.mark.parametrize(
    ("etat", "limite", "finie"),
    [
        ("sans_suite", MIDI - UNE_HEURE, True),
        ("sans_suite", MIDI + UNE_HEURE, False),
        ("sans_suite", MIDI, False),
        ("attribuee", None, True),
        ("depouillee", MIDI - UNE_HEURE, False),
    ],
)
def test_une_procedure_sans_suite_avant_son_heure_limite_attend_l_heure(etat, limite, finie):
    assert rules.est_finie(etat=etat, limite=limite, le=MIDI) is finie
    assert rules.peut_faire_un_paquet(etat=etat, limite=limite, le=MIDI).favorable is finie
