"""CCP, art. R. 2162-7, R. 2162-9, R. 2162-10 :
le marché subséquent, un titulaire qui complète, plusieurs que l’on consulte.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from beffroi.achat.consultations.rules.publication import BLOQUANT, FaitsDePublication, controles
from beffroi.contrat.marches.rules.consommation import Consommation
from beffroi.contrat.remises_en_concurrence import rules
from formats.dates import PARIS

JOUR = date(2026, 11, 24)
MIDI = datetime(2026, 11, 24, 12, tzinfo=PARIS)


def faits(**change):
    return rules.FaitsDeLAccordCadre(
        **{
            "nature": "accord_cadre",
            "etat": "notifie",
            "fin": date(2027, 11, 23),
            "titulaires": 3,
            **change,
        }
    )


@pytest.mark.article("CCP", "R. 2162-7")
@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"nature": "marche"}, "Seul un accord-cadre"),
        ({"etat": "resilie"}, "pas en cours"),
        ({"fin": date(2026, 11, 23)}, "a pris fin le 23 novembre 2026"),
        ({"titulaires": 0}, "aucun titulaire"),
    ],
)
def test_un_marche_subsequent_se_fonde_sur_un_accord_cadre_en_cours(change, phrase):
    assert phrase in rules.peut_remettre_en_concurrence(faits(**change), jour=JOUR).motifs[0].texte


@pytest.mark.article("CCP", "R. 2162-7")
def test_le_dernier_jour_de_l_accord_cadre_compte_encore():
    assert rules.peut_remettre_en_concurrence(faits(fin=JOUR), jour=JOUR).favorable


@pytest.mark.article("CCP", "R. 2162-9")
def test_un_titulaire_seul_complete_son_offre():
    assert "compléter" in rules.modalite(titulaires=1).titre
    assert str(rules.modalite(titulaires=1).article) == "CCP, art. R. 2162-9"


@pytest.mark.article("CCP", "R. 2162-10")
def test_plusieurs_titulaires_se_remettent_en_concurrence_jusqu_a_une_heure_a_venir():
    assert str(rules.modalite(titulaires=2).article) == "CCP, art. R. 2162-10"
    assert rules.delai_suffisant(limite=MIDI + timedelta(minutes=1), maintenant=MIDI).favorable
    assert not rules.delai_suffisant(limite=MIDI, maintenant=MIDI).favorable


@pytest.mark.article("CCP", "R. 2162-10")
@pytest.mark.parametrize(
    ("reservee", "invitees", "bloque"),
    [(True, 2, False), (True, 0, True), (False, 2, True), (False, 0, False)],
)
def test_reservee_sans_titulaire_ou_publique_avec_eux_elle_ne_part_pas(reservee, invitees, bloque):
    vides: frozenset[str] = frozenset()
    etat = FaitsDePublication(
        1, 0, 1, "standard", vides, vides, vides, True, 3, True, (), reservee, invitees
    )

    assert (
        any(c.source == "CCP, art. R. 2162-10" and c.gravite == BLOQUANT for c in controles(etat))
        == bloque
    )


@pytest.mark.article("CCP", "R. 2162-4")
def test_une_estimation_au_dela_du_reste_avertit():
    reste = Consommation(maximum=Decimal(50_000), commande=Decimal(40_000))

    assert rules.maximum_depasse(estimation=Decimal(10_000), consommation=reste) == ""
    assert "dépasse ce qui reste" in rules.maximum_depasse(
        estimation=Decimal("10000.01"), consommation=reste
    )


def test_une_heure_limite_apres_le_terme_avertit():
    assert rules.heure_limite_avant_la_fin(limite=JOUR, fin=JOUR) == ""
    assert "finit le 23 novembre 2026" in rules.heure_limite_avant_la_fin(
        limite=JOUR, fin=date(2026, 11, 23)
    )
