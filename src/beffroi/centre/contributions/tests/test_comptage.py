"""Ce qui compte, dans quelle année, une fois ; et chaque valeur de chaque paramètre."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.tarif.rules.comptage import ACompter, compter
from beffroi.centre.tarif.rules.parametres import Parametres

EN_2026 = date(2026, 5, 4)
UNE_RELANCE = ACompter(
    "R", "Toiture, relance", EN_2026, EN_2026, ecart="relance", relancee_le=date(2026, 3, 6)
)


def comptees(*consultations: ACompter, annee: int = 2026, **parametres) -> int:
    return compter(consultations, annee, Parametres(**parametres)).comptees


def test_une_consultation_compte_une_fois_l_annee_de_sa_premiere_publication():
    consultation = ACompter("A", "Toiture", date(2026, 12, 20), date(2027, 1, 8))

    assert [comptees(consultation, annee=annee) for annee in (2026, 2027, 2028)] == [0, 1, 0]


@pytest.mark.parametrize(("fait", "nombre"), [("publication", 0), ("creation", 1)])
def test_un_brouillon_compte_si_l_exploitant_compte_a_la_creation(fait, nombre):
    assert comptees(ACompter("A", "Toiture", EN_2026), fait_generateur=fait) == nombre


def test_une_consultation_annulee_par_un_incident_de_la_plateforme_ne_compte_pas():
    compte = compter([ACompter("A", "Toiture", EN_2026, EN_2026, ecart="incident")], 2026)

    assert (compte.creees, compte.comptees) == (1, 0)
    assert "incident de la plateforme" in compte.lignes[0].motif


@pytest.mark.parametrize(("choix", "nombre"), [("comptee", 1), ("non_comptee", 0)])
def test_une_relance_de_moins_de_60_jours_compte_ou_ne_compte_pas(choix, nombre):
    assert comptees(UNE_RELANCE, relance=choix) == nombre


def test_une_relance_a_60_jours_tout_juste_compte():
    a_60_jours = ACompter(
        "R", "Relance", EN_2026, EN_2026, "relance", relancee_le=EN_2026 - timedelta(days=60)
    )

    assert comptees(a_60_jours, relance="non_comptee") == 1


def test_creee_en_2026_publiee_en_2027_elle_est_des_deux_listes_avec_sa_raison():
    consultation = ACompter("A", "Toiture", date(2026, 12, 20), date(2027, 1, 8))

    en_2026, en_2027 = (compter([consultation], annee).lignes[0] for annee in (2026, 2027))
    assert (en_2026.est_creee, en_2026.motif) == (
        True,
        "Publiée le 8 janvier 2027 : elle compte en 2027.",
    )
    assert (en_2027.est_creee, en_2027.est_comptee) == (False, True)


CONSULTATIONS = st.builds(
    ACompter,
    reference=st.uuids().map(str),
    titre=st.just("Toiture"),
    creee_le=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    publiee_le=st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    ecart=st.sampled_from([None, "incident", "relance"]),
    relancee_le=st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
CHOIX = st.builds(
    Parametres,
    fait_generateur=st.sampled_from(["publication", "creation"]),
    relance=st.sampled_from(["comptee", "non_comptee"]),
)


@given(st.lists(CONSULTATIONS), CONSULTATIONS, CHOIX)
def test_une_consultation_de_plus_ne_fait_jamais_baisser_le_compte(consultations, une, choix):
    avant, apres = (compter(liste, 2026, choix) for liste in (consultations, [*consultations, une]))

    assert 0 <= apres.comptees - avant.comptees <= 1
    assert apres.creees >= avant.creees


@given(st.lists(CONSULTATIONS), CHOIX)
def test_sur_toutes_les_annees_chacune_compte_une_fois_au_plus(consultations, choix):
    assert sum(compter(consultations, annee, choix).comptees for annee in range(2024, 2029)) <= len(
        consultations
    )


@given(
    st.lists(CONSULTATIONS, unique_by=lambda une: une.reference).flatmap(
        lambda liste: st.tuples(st.just(liste), st.permutations(liste))
    )
)
def test_la_meme_liste_a_la_meme_empreinte_dans_n_importe_quel_ordre(listes):
    une, autre = (compter(liste, 2026) for liste in listes)

    assert une.sha256 == autre.sha256
