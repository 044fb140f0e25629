"""Ce qui peut suivre un impayé, et quand (convention, art. 5 ; rulings 26 et 30)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.impayes.rules import preuves
from beffroi.centre.impayes.rules.delais import Arret, Delais
from beffroi.centre.impayes.rules.etapes import Situation, permise, prochain
from beffroi.centre.impayes.states import Etat

DUE = Situation(Decimal(250), Decimal(250), date(2027, 2, 4))
RELANCEE = replace(DUE, etat=Etat.RELANCEE, relancee_le=date(2027, 3, 6))
EN_DEMEURE = replace(RELANCEE, etat=Etat.EN_DEMEURE, en_demeure_le=date(2027, 3, 25))


def motif(acte: str, situation: Situation, le: date) -> str:
    decision = permise(acte, situation, le=le)
    return "" if decision.favorable else str(decision.motifs[0])


@pytest.mark.parametrize(
    ("acte", "situation", "premier"),
    [
        ("relancer", DUE, date(2027, 3, 6)),
        ("mettre_en_demeure", RELANCEE, date(2027, 3, 22)),
        ("decider_le_blocage", EN_DEMEURE, date(2027, 4, 25)),
        ("decider_la_fin", EN_DEMEURE, date(2027, 4, 25)),
    ],
)
def test_la_veille_se_refuse_et_le_jour_meme_se_permet(acte, situation, premier):
    assert motif(acte, situation, premier - timedelta(days=1)).startswith("Trop tôt")
    assert motif(acte, situation, premier) == ""


@given(echeance=st.dates(date(2025, 1, 1), date(2060, 1, 1)), rang=st.integers(0, 60))
def test_un_rappel_ne_part_jamais_avant_trente_jours(echeance, rang):
    decision = permise(
        "relancer", replace(DUE, echeance=echeance), le=echeance + timedelta(days=rang)
    )

    assert decision.favorable == (rang >= 30)


@given(
    recue=st.dates(date(2025, 1, 1), date(2060, 1, 1)),
    rang=st.integers(0, 60),
    jours=st.integers(8, 60),
)
def test_aucune_decision_tant_que_la_mise_en_demeure_court(recue, rang, jours):
    situation = replace(EN_DEMEURE, en_demeure_le=recue, delais=Delais(en_demeure=jours))
    decision = permise("decider_le_blocage", situation, le=recue + timedelta(days=rang))

    assert decision.favorable == (rang > jours)


def test_la_categorie_gratuite_ne_peut_pas_etre_en_defaut():
    gratuite = replace(DUE, montant=Decimal(0), reste=Decimal(0))

    assert "gratuite" in motif("relancer", gratuite, date(2030, 1, 1))


def test_sans_reception_notee_rien_ne_court() -> None:
    pas_recue = replace(DUE, echeance=None)

    assert prochain(pas_recue).des is None
    assert "n'est pas notée" in motif("relancer", pas_recue, date(2030, 1, 1))


@pytest.mark.parametrize(
    "acte", ["relancer", "mettre_en_demeure", "decider_le_blocage", "decider_la_fin", "notifier"]
)
def test_payee_plus_rien_ne_se_poursuit(acte):
    assert "Tout est payé" in motif(acte, replace(EN_DEMEURE, reste=Decimal(0)), date(2030, 1, 1))


@pytest.mark.parametrize(
    "acte", ["relancer", "mettre_en_demeure", "decider_le_blocage", "decider_la_fin", "notifier"]
)
def test_contestee_plus_rien_ne_se_poursuit_avant_la_reponse(acte):
    contestee = replace(EN_DEMEURE, arrets=(Arret(date(2027, 4, 1), None),))

    assert "contestée depuis le 1er avril 2027" in motif(acte, contestee, date(2027, 9, 1))


def test_la_reponse_fait_reprendre_les_delais_ou_ils_en_etaient():
    dix_jours = replace(EN_DEMEURE, arrets=(Arret(date(2027, 4, 1), date(2027, 4, 11)),))

    assert prochain(dix_jours).des == date(2027, 5, 5)
    assert "ne comptent pas" in str(prochain(dix_jours).motifs[-1])


def test_contestee_le_prochain_jour_ne_se_dit_pas():
    assert prochain(replace(EN_DEMEURE, arrets=(Arret(date(2027, 4, 1), None),))).des is None


@pytest.mark.parametrize("etat", [*Etat])
def test_chaque_etat_en_cours_dit_la_suite_et_pourquoi(etat):
    suite = prochain(replace(EN_DEMEURE, etat=etat))

    assert suite.motifs


RECUE, ETABLIE, AUJOURD_HUI = date(2027, 3, 25), date(2027, 3, 22), date(2027, 3, 27)


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        ({"recue": date(2027, 3, 28)}, "n'est pas encore venu"),
        ({"recue": date(2027, 3, 21)}, "n'a pas pu être reçue avant"),
        ({"a_un_fichier": False}, "Joignez la preuve"),
    ],
)
def test_une_preuve_qui_ne_prouve_rien_se_refuse(change, attendu):
    faits = {
        "recue": RECUE,
        "etablie": ETABLIE,
        "aujourd_hui": AUJOURD_HUI,
        "a_un_fichier": True,
        **change,
    }

    assert attendu in preuves.preuve_recevable(**faits).motifs[0].texte


@pytest.mark.parametrize("recue", [ETABLIE, RECUE, AUJOURD_HUI])
def test_une_preuve_du_jour_de_la_lettre_a_aujourd_hui_se_garde(recue):
    decision = preuves.preuve_recevable(
        recue=recue, etablie=ETABLIE, aujourd_hui=AUJOURD_HUI, a_un_fichier=True
    )

    assert decision.favorable


@pytest.mark.parametrize(
    ("motif_", "favorable"), [("", False), ("  \n", False), ("Elle n'a pas payé.", True)]
)
def test_une_decision_se_motive(motif_, favorable):
    assert preuves.motivee(motif_).favorable == favorable
