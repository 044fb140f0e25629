"""Examiner, demander, décider : sur des valeurs nues."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beffroi.choix.candidatures import rules
from droit.decision import Decision, Motif
from droit.tables import charger
from formats.dates import jour_et_heure

MAINTENANT = datetime(2027, 1, 14, 9, 0, tzinfo=UTC)
AVANT = MAINTENANT + timedelta(days=5)
PROCEDURES = charger().procedures


def demander(**champs):
    defauts = {
        "etat": "depouillee",
        "avant": AVANT,
        "maintenant": MAINTENANT,
        "en_cours": (),
        "sans_piece": (),
    }
    return rules.peut_demander(**{**defauts, **champs})


@pytest.mark.article("CCP", "R. 2144-2")
def test_le_delai_pour_completer_est_le_meme_pour_tous():
    assert demander(en_cours=[AVANT]).favorable
    assert not demander(en_cours=[AVANT + timedelta(minutes=1)]).favorable


@pytest.mark.article("CCP", "R. 2144-2")
@pytest.mark.parametrize(
    "empeche", [{"etat": "en_ouverture"}, {"avant": MAINTENANT}, {"sans_piece": ["Faîtage"]}]
)
def test_on_ne_demande_ni_avant_l_ouverture_ni_pour_hier_ni_rien(empeche):
    assert not demander(**empeche).favorable


@pytest.mark.article("CCP", "R. 2161-4")
@pytest.mark.parametrize(
    "cle,permis",
    [
        ("appel_offres_ouvert", True),
        ("procedure_adaptee_ouverte", True),
        ("appel_offres_restreint", False),
    ],
)
def test_les_offres_d_abord_ou_la_procedure_le_permet(cle, permis):
    choix = rules.peut_choisir_l_ordre(procedure=PROCEDURES[cle], ordre="offres", etat="depouillee")

    assert choix.favorable is permis


def test_les_candidatures_d_abord_se_choisissent_partout():
    procedure = PROCEDURES["appel_offres_restreint"]

    assert rules.peut_choisir_l_ordre(
        procedure=procedure, ordre="candidatures", etat="depouillee"
    ).favorable


@pytest.mark.article("CCP", "R. 2181-1")
def test_en_un_temps_une_candidature_ecartee_a_sa_base_et_son_motif():
    assert not rules.decision_motivee(
        retenue=False, motif="Sans assurance.", base_exigee=True
    ).favorable
    assert not rules.decision_motivee(
        retenue=False, motif=" ", base="incomplete", base_exigee=True
    ).favorable
    assert rules.decision_motivee(
        retenue=False, motif="Sans assurance.", base="incomplete", base_exigee=True
    ).favorable


def test_une_base_inventee_est_refusee():
    assert not rules.decision_motivee(retenue=False, motif="Parce que.", base="humeur").favorable


def test_chaque_base_a_son_fondement_dans_un_marche_et_aucun_dans_une_concession():
    from beffroi.choix.candidatures.models import DecisionSurCandidature

    assert rules.FONDEMENTS.keys() == set(DecisionSurCandidature.Base.values)
    assert rules.fondement("exclusion", concession=True) is None


def test_ce_sur_quoi_la_suite_s_appuie_ne_change_plus():
    fige = Decision.refus(Motif("Le marché est attribué."))

    assert not rules.peut_decider(rules.FaitsDExamen(etat="depouillee", fige=fige)).favorable


def test_insuffisante_se_dit_avec_une_note():
    assert not rules.examen_dit(verdict="insuffisante", note=" ").favorable
    assert rules.examen_dit(verdict="insuffisante", note="De 2019.").favorable


@pytest.mark.article("CCP", "R. 2144-4")
def test_demander_les_preuves_a_une_seconde_entreprise_avertit():
    seconde = rules.preuves_a_demander(en_deux_temps=False, deja_a=["Faîtage"], a="Zingueurs")

    assert seconde.favorable and "Faîtage" in seconde.motifs[0].texte
    assert (
        rules.preuves_a_demander(en_deux_temps=False, deja_a=["Faîtage"], a="Faîtage").motifs == ()
    )


@pytest.mark.article("CCP", "R. 2144-5")
def test_en_deux_temps_les_preuves_se_demandent_a_tous_avant_d_inviter():
    assert (
        rules.preuves_a_demander(en_deux_temps=True, deja_a=["Faîtage"], a="Zingueurs").motifs == ()
    )


@pytest.mark.article("CT", "D. 8222-5")
@pytest.mark.parametrize(
    "du,jusqu_au", [(date(2026, 5, 12), date(2026, 11, 12)), (date(2026, 8, 31), date(2027, 2, 28))]
)
def test_une_attestation_sociale_vaut_six_mois(du, jusqu_au):
    assert rules.fin_de_validite("sociale", du) == jusqu_au
    assert rules.fin_de_validite("fiscale", du) is None


def test_une_preuve_ne_vient_pas_du_futur_et_ne_finit_pas_avant_de_commencer():
    jour = MAINTENANT.date()
    assert rules.preuve_recevable(
        datee_du=jour, valable_jusqu_au=None, maintenant=MAINTENANT
    ).favorable
    demain = jour + timedelta(days=1)
    assert not rules.preuve_recevable(
        datee_du=demain, valable_jusqu_au=None, maintenant=MAINTENANT
    ).favorable
    hier = jour - timedelta(days=1)
    assert not rules.preuve_recevable(
        datee_du=jour, valable_jusqu_au=hier, maintenant=MAINTENANT
    ).favorable


@pytest.mark.article("CCP", "R. 2144-8")
def test_une_fois_les_candidats_invites_plus_rien_ne_se_decide():
    assert rules.peut_decider(rules.FaitsDExamen(etat="depouillee")).favorable
    (motif,) = rules.peut_decider(rules.FaitsDExamen(etat="depouillee", invites=True)).motifs

    assert motif.source == rules.INVITATION


@pytest.mark.parametrize("etat", ["publiee", "close", "en_ouverture", "attribuee"])
def test_on_n_examine_et_ne_decide_qu_une_seance_close(etat):
    assert not rules.peut_examiner(etat=etat).favorable
    assert not rules.peut_decider(rules.FaitsDExamen(etat=etat)).favorable
    assert not rules.peut_choisir_l_ordre(
        procedure=PROCEDURES["appel_offres_ouvert"], ordre="offres", etat=etat
    ).favorable


@pytest.mark.article("CCP", "R. 2144-2")
def test_le_dernier_moment_pour_repondre_est_a_venir_et_l_autre_delai_est_dit():
    assert demander().favorable
    assert demander(avant=MAINTENANT + timedelta(seconds=1)).favorable
    assert not demander(avant=MAINTENANT - timedelta(seconds=1)).favorable
    autre = datetime(2027, 1, 21, 11, 0, tzinfo=UTC)
    (motif,) = demander(en_cours=[AVANT, autre]).motifs
    assert jour_et_heure(autre) in motif.texte and motif.source == rules.COMPLETER


def test_une_candidature_retenue_n_a_pas_de_motif_a_dire():
    assert rules.decision_motivee(retenue=True, motif="", base_exigee=True).favorable


def test_en_deux_temps_la_base_n_est_pas_exigee_mais_le_motif_l_est():
    assert rules.decision_motivee(retenue=False, motif="Sans assurance.").favorable
    assert not rules.decision_motivee(retenue=False, motif="").favorable


@pytest.mark.parametrize("verdict", ["conforme", "absente", ""])
def test_seule_une_piece_insuffisante_a_besoin_d_une_note(verdict):
    assert rules.examen_dit(verdict=verdict, note="").favorable


@pytest.mark.article("CCP", "R. 2144-4")
def test_la_premiere_demande_de_preuves_n_avertit_de_rien():
    assert rules.preuves_a_demander(en_deux_temps=False, deja_a=[], a="Zingueurs").motifs == ()
    (motif,) = rules.preuves_a_demander(
        en_deux_temps=False, deja_a=["Zingueurs", "Faîtage"], a="Zingueurs"
    ).motifs
    assert "Faîtage" in motif.texte and "Zingueurs" not in motif.texte


@pytest.mark.article("CT", "D. 8222-5")
@pytest.mark.parametrize(
    ("du", "jusqu_au"),
    [
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2027, 3, 31), date(2027, 9, 30)),
    ],
)
def test_six_mois_se_comptent_de_date_a_date_par_dessus_l_annee(du, jusqu_au):
    assert rules.fin_de_validite("sociale", du) == jusqu_au


def test_une_preuve_qui_ne_vaut_que_son_jour_est_recue_a_l_heure_de_paris():
    minuit_passe_a_paris = datetime(2027, 1, 14, 23, 30, tzinfo=UTC)
    jour = date(2027, 1, 15)

    assert rules.preuve_recevable(
        datee_du=jour, valable_jusqu_au=jour, maintenant=minuit_passe_a_paris
    ).favorable


@pytest.mark.article("CCP", "R. 2144-7")
@pytest.mark.article("CCP", "R. 2142-21")
@pytest.mark.article("CCP", "R. 2142-17")
def test_ecarter_dans_un_marche_cite_l_article_de_chaque_base():
    numeros = {base: article.numero for base, article in rules.FONDEMENTS.items()}

    assert {numeros[base] for base in ("incomplete", "capacites", "preuves")} == {"R. 2144-7"}
    assert (numeros["cumul"], numeros["nombre"]) == ("R. 2142-21", "R. 2142-17")
    assert rules.fondement("humeur", concession=False) is None


@pytest.mark.article("CCP", "R. 2144-2")
@pytest.mark.article("CCP", "R. 2144-4")
@pytest.mark.article("CCP", "R. 2144-8")
@pytest.mark.article("CCP", "R. 2161-4")
@pytest.mark.article("CCP", "R. 2181-1")
def test_chaque_refus_cite_son_article():
    def sources(decision):
        return [motif.source and motif.source.numero for motif in decision.motifs]

    restreint = PROCEDURES["appel_offres_restreint"]
    assert sources(demander(en_cours=[AVANT + timedelta(minutes=1)])) == ["R. 2144-2"]
    assert sources(rules.preuves_a_demander(en_deux_temps=False, deja_a=["A"], a="B")) == [
        "R. 2144-4"
    ]
    assert sources(rules.peut_decider(rules.FaitsDExamen(etat="depouillee", invites=True))) == [
        "R. 2144-8"
    ]
    assert sources(
        rules.peut_choisir_l_ordre(procedure=restreint, ordre="offres", etat="depouillee")
    ) == ["R. 2161-4"]
    assert sources(rules.decision_motivee(retenue=False, motif="", base_exigee=True)) == [
        "R. 2181-1",
        "R. 2181-1",
    ]


def test_admettre_malgre_ce_qui_manque_s_explique():
    muette = rules.decision_motivee(retenue=True, motif=" ", manquent=["Kbis", "Assurance"])

    assert [str(m.source) for m in muette.motifs] == ["CCP, art. R. 2144-7"]
    assert "Kbis, Assurance" in muette.motifs[0].texte
    assert rules.decision_motivee(
        retenue=True, motif="Le Kbis est au DUME.", manquent=["Kbis"]
    ).favorable
