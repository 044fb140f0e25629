"""RGPD, art. 33 et 34 : notifier en 72 heures, sauf sans risque ; dire les motifs d'un
retard ; prévenir les personnes.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.garde.violations import rules
from beffroi.garde.violations.rules import Situation
from droit.calendrier.personnes import notifier_avant
from formats.dates import PARIS

pytestmark = pytest.mark.article("RGPD", "33")
SUE = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)  # un vendredi soir
HEURE = timedelta(hours=1)
DU = Situation(responsable=True, sous_traitant=False, risque="risque")


def test_les_72_heures_courent_le_samedi_et_le_dimanche():
    assert notifier_avant(SUE) == datetime(2026, 11, 30, 16, 30, tzinfo=UTC)


def test_72_heures_vraies_meme_quand_l_heure_change():
    samedi = datetime(2026, 10, 24, 12, 0, tzinfo=PARIS)  # l'heure d'hiver revient dans la nuit
    assert notifier_avant(samedi).astimezone(PARIS).hour == 11


@pytest.mark.parametrize(
    "ecoulees,passe,presse",
    [(47, False, False), (48, False, True), (72, False, True), (72.01, True, True)],
)
def test_le_compte_dit_quand_il_presse_et_quand_il_est_passe(ecoulees, passe, presse):
    compte = rules.compte_a_rebours(connue_le=SUE, le=SUE + ecoulees * HEURE)
    assert (compte.est_passe, compte.presse) == (passe, presse)


@pytest.mark.parametrize(
    "change,attendue",
    [
        ({}, True),
        ({"notifiee": True}, False),
        ({"responsable": False, "sous_traitant": True}, False),
        ({"risque": "aucun"}, True),
        ({"risque": "aucun", "notification_ecartee": True}, False),
        ({"notification_ecartee": True}, True),  # le risque a été revu depuis
    ],
)
def test_qui_est_responsable_notifie_ou_ecrit_qu_aucun_risque_n_en_resulte(change, attendue):
    assert rules.notification_attendue(replace(DU, **change)) is attendue


def test_passe_72_heures_les_motifs_du_retard_se_disent_et_un_complement_n_en_a_pas():
    def decision(apres, **autres):
        valeurs = {
            "responsable": True,
            "premiere": True,
            "faite_le": SUE + apres,
            "connue_le": SUE,
            "motif": "",
        }
        return rules.peut_notifier(**{**valeurs, **autres}).favorable

    assert decision(72 * HEURE) and not decision(73 * HEURE) and not decision(73 * HEURE, motif=" ")
    assert decision(73 * HEURE, motif="Faits incertains.") and decision(99 * HEURE, premiere=False)
    assert not decision(HEURE, responsable=False)


def test_ne_pas_notifier_demande_qu_aucun_risque_n_en_resulte():
    assert rules.peut_ecarter_la_notification(risque="aucun", notifiee=False).favorable
    assert not rules.peut_ecarter_la_notification(risque="risque", notifiee=False).favorable
    assert not rules.peut_ecarter_la_notification(risque="aucun", notifiee=True).favorable


def test_une_suite_se_date_entre_le_moment_ou_l_on_a_su_et_maintenant():
    def decision(faite_le):
        return rules.peut_dater(faite_le=faite_le, connue_le=SUE, le=SUE + HEURE).favorable

    assert decision(SUE) and decision(SUE + HEURE)
    assert not decision(SUE - HEURE) and not decision(SUE + 2 * HEURE)


@pytest.mark.parametrize(
    "change",
    [
        {"connue_le": SUE + HEURE},
        {"commencee_le": SUE + HEURE / 2},
        {"atteintes": 0},
        {"responsables": 0},
    ],
)
def test_une_declaration_tient_debout(change):
    bonne = {
        "connue_le": SUE,
        "commencee_le": SUE - HEURE,
        "le": SUE,
        "atteintes": 1,
        "responsables": 1,
    }
    assert rules.peut_declarer(**bonne).favorable
    assert not rules.peut_declarer(**{**bonne, **change}).favorable


def test_le_sous_traitant_previent_l_adherent_d_abord():
    situation = replace(DU, sous_traitant=True)
    assert "Prévenez chaque adhérent" in rules.reste_a_faire(situation)[0].texte
    assert len(rules.reste_a_faire(replace(situation, adherents_prevenus=1))) == 1


@pytest.mark.article("RGPD", "34")
@pytest.mark.parametrize(
    "change,attendue",
    [
        ({"risque": "risque"}, False),
        ({}, True),
        ({"communiquee": True}, False),
        ({"cas": "illisibles"}, False),
        ({"cas": "pas_eleve"}, True),
        ({"responsable": False, "sous_traitant": True}, False),
    ],
)
def test_a_risque_eleve_les_personnes_sont_prevenues_sauf_trois_cas(change, attendue):
    situation = replace(
        DU, risque="eleve", notifiee=True, **{k: v for k, v in change.items() if k != "risque"}
    )
    assert (
        rules.communication_attendue(replace(situation, risque=change.get("risque", "eleve")))
        is attendue
    )


@pytest.mark.article("RGPD", "34")
def test_un_risque_eleve_ne_se_dit_pas_peu_eleve():
    assert not rules.peut_ecarter_la_communication(risque="eleve", cas="pas_eleve").favorable
    assert rules.peut_ecarter_la_communication(risque="eleve", cas="disproportionne").favorable
    assert rules.peut_ecarter_la_communication(risque="risque", cas="pas_eleve").favorable


def test_clore_demande_que_rien_ne_soit_du():
    assert not rules.peut_clore(DU).favorable
    assert rules.peut_clore(replace(DU, notifiee=True)).favorable
