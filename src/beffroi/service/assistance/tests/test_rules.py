"""Les délais promis, l'ordre de la file, ce qui se fusionne."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.service.assistance.rules.delais import en_clair, est_urgente, promise_pour, rang
from beffroi.service.assistance.rules.demandes import (
    motifs_publiables,
    part_tenue,
    peut_fusionner,
    recevable,
)
from droit.calendrier.heures import PARIS, Horaires
from droit.calendrier.heures_ouvrees import apres_un_temps_ouvre, temps_ouvre

HORAIRES = Horaires()  # 8 h 30 à 17 h 30
DELAIS = {"urgente": timedelta(minutes=15), "technique": timedelta(hours=4)}


def a(jour: int, heure: int, minute: int = 0) -> datetime:
    """Un instant de novembre 2026, à l'heure de Paris : le 2 est un lundi, le 11 est férié."""
    return datetime(2026, 11, jour, heure, minute, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("recue", "promise"),
    [
        (a(2, 9), a(2, 13)),
        (a(2, 16), a(3, 11)),  # une heure et demie le soir, le reste le lendemain
        (a(2, 6), a(2, 12, 30)),  # avant l'ouverture : compté depuis elle
        (a(6, 17, 30), a(9, 12, 30)),  # vendredi à la fermeture : lundi matin
        (a(10, 17), a(12, 12)),  # la veille d'un jour férié : une demi-heure, puis le surlendemain
        (a(2, 13, 30), a(2, 17, 30)),  # juste à la fermeture : ce soir
    ],
)
def test_quatre_heures_ouvrees(recue, promise):
    assert (
        promise_pour(recue, categorie="technique", limite=None, delais=DELAIS, horaires=HORAIRES)
        == promise
    )


def test_une_heure_limite_proche_rend_urgent():
    limite = a(2, 12)
    assert not est_urgente(limite, le=a(2, 7, 59))
    assert est_urgente(limite, le=a(2, 8))
    assert est_urgente(limite, le=a(2, 12, 30))  # hors délai, on dépose encore
    assert not est_urgente(limite, le=a(2, 12, 31))
    assert not est_urgente(None, le=a(2, 12))


def test_la_promesse_ne_passe_jamais_l_heure_limite():
    # Reçue dans la nuit, pour midi : à l'ouverture et un quart d'heure, donc avant midi.
    assert promise_pour(
        a(2, 8, 10), categorie="technique", limite=a(2, 12), delais=DELAIS, horaires=HORAIRES
    ) == a(2, 8, 45)
    # Une heure limite avant l'ouverture : elle borne la promesse.
    assert promise_pour(
        a(2, 7), categorie="technique", limite=a(2, 8), delais=DELAIS, horaires=HORAIRES
    ) == a(2, 8)
    # Pas encore urgente, mais l'heure limite vient avant les quatre heures ouvrées.
    assert promise_pour(
        a(2, 7), categorie="technique", limite=a(2, 12), delais=DELAIS, horaires=HORAIRES
    ) == a(2, 12)


def test_l_urgence_double_tout_le_monde():
    le = a(2, 10)
    ancienne = rang(limite=None, promise=a(2, 9), deja_repondue=False, le=le)
    a_midi = rang(limite=a(2, 12), promise=a(2, 10, 15), deja_repondue=False, le=le)
    a_onze_heures = rang(limite=a(2, 11), promise=a(2, 10, 15), deja_repondue=False, le=le)
    repondue = rang(limite=None, promise=a(2, 8), deja_repondue=True, le=le)

    assert sorted([repondue, ancienne, a_midi, a_onze_heures]) == [
        a_onze_heures,
        a_midi,
        ancienne,
        repondue,
    ]


@given(
    debut=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
        lambda d: d.replace(tzinfo=UTC)
    ),
    minutes=st.integers(1, 3000),
)
def test_le_temps_ouvre_jusqu_a_la_promesse_est_le_delai(debut, minutes):
    promise = apres_un_temps_ouvre(debut, timedelta(minutes=minutes), HORAIRES)

    assert temps_ouvre(debut, promise, HORAIRES) == timedelta(minutes=minutes)
    assert HORAIRES.contiennent(promise.astimezone(PARIS).time())


def test_un_delai_nul_n_est_pas_une_promesse():
    with pytest.raises(ValueError, match="positive"):
        apres_un_temps_ouvre(a(2, 9), timedelta(), HORAIRES)


@pytest.mark.parametrize(
    ("minutes", "dit"),
    [
        (15, "15 minutes"),
        (60, "1 heure"),
        (240, "4 heures"),
        (540, "1 jour ouvré"),
        (1620, "3 jours ouvrés"),
    ],
)
def test_un_delai_se_dit(minutes, dit):
    assert en_clair(timedelta(minutes=minutes), HORAIRES) == dit


def test_ce_qui_se_fusionne():
    assert peut_fusionner(
        reference="AS-1", dans="AS-2", cible_ouverte=True, meme_personne=True
    ).favorable
    for refus in (
        {"dans": "AS-1"},
        {"cible_ouverte": False},
        {"meme_personne": False},
    ):
        cas = {
            "reference": "AS-1",
            "dans": "AS-2",
            "cible_ouverte": True,
            "meme_personne": True,
        } | refus
        assert not peut_fusionner(**cas).favorable


def test_une_demande_dit_quelque_chose():
    assert not recevable(texte="  ", deja_ouvertes=0).favorable
    assert recevable(texte="Rien ne marche", deja_ouvertes=19).favorable
    assert "20 demandes" in recevable(texte="Encore", deja_ouvertes=20).motifs[0].texte


def test_sans_demande_aucune_part_ne_se_dit():
    assert part_tenue(tenues=0, dues=0) is None
    assert part_tenue(tenues=2, dues=3) == 66


def gens(combien: int, nom: str = "p") -> list[str]:
    return [f"{nom}{n}" for n in range(combien)]


@pytest.mark.parametrize(
    ("demandes_par_motif", "montres", "autres", "masques"),
    [
        ({}, [], 0, False),
        ({"depot": gens(5)}, [("depot", 5)], 0, False),
        ({"depot": gens(4)}, [], 0, True),
        ({"depot": gens(1) * 9}, [], 0, True),
        ({"depot": gens(8), "poste": gens(3, "a"), "cle": gens(2, "b")}, [("depot", 8)], 5, False),
        # Seul sous le seuil, il se reconnaîtrait par soustraction :
        # le plus petit des autres le rejoint.
        ({"depot": gens(8), "poste": gens(6), "cle": gens(1, "b")}, [("depot", 8)], 7, False),
        ({"depot": gens(6), "cle": gens(1, "b")}, [], 7, False),
    ],
)
def test_un_motif_de_moins_de_cinq_personnes_ne_se_publie_pas_seul(
    demandes_par_motif, montres, autres, masques
):
    publiables = motifs_publiables(demandes_par_motif)

    assert (publiables.montres, publiables.autres, publiables.masques) == (montres, autres, masques)
