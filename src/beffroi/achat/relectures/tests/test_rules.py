"""Le délai promis, le temps passé, l'avis, le passe-outre, les versions : des valeurs nues."""

from datetime import date, datetime, time

import pytest

from beffroi.achat.relectures.rules import avis, constats, delais
from droit.calendrier.heures import Horaires
from formats.comparaison import differences
from formats.dates import PARIS

HORAIRES = Horaires()


def a(jour: int, heure: int, minute: int = 0) -> datetime:
    """Un instant de décembre 2026 ; le 1er est un mardi."""
    return datetime(2026, 12, jour, heure, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("avis_prevu", "jour"),
    [(None, 4), (date(2026, 12, 20), 4), (date(2026, 12, 4), 2), (date(2026, 12, 2), 2)],
)
def test_trois_jours_ouvres_un_seul_si_l_avis_part_avant(avis_prevu, jour):
    assert delais.due_le(a(1, 10), avis_prevu_le=avis_prevu, horaires=HORAIRES) == a(jour, 17, 30)


def test_un_week_end_ne_compte_pas():
    assert delais.due_le(a(4, 16), avis_prevu_le=None, horaires=HORAIRES) == a(9, 17, 30)
    assert delais.heures_ouvrees(a(4, 16, 30), a(7, 9, 30), HORAIRES) == 2.0


def test_la_nuit_et_l_avance_ne_comptent_pas():
    assert delais.heures_ouvrees(a(1, 20), a(2, 8), HORAIRES) == 0.0
    assert delais.heures_ouvrees(a(1, 8), a(1, 9), HORAIRES) == 0.5


def test_d_autres_horaires_donnent_un_autre_delai():
    matin = Horaires(ouverture=time(9), fermeture=time(12))

    assert delais.due_le(a(1, 10), avis_prevu_le=None, horaires=matin) == a(4, 12)
    assert delais.heures_ouvrees(a(1, 8), a(1, 18), matin) == 3.0


def test_un_noel_travaille_ne_compte_pas():
    assert delais.heures_ouvrees(a(24, 17), a(28, 9), HORAIRES) == 1.0


@pytest.mark.parametrize(
    ("rendu", "observation", "commentaires", "retenus", "permis"),
    [
        ("conforme", "", 0, 0, True),
        ("conforme", "Bravo.", 0, 1, False),
        ("a_corriger", "", 0, 0, False),
        ("a_corriger", "", 1, 0, True),
        ("a_corriger", "", 0, 1, True),
        ("conforme_sous_reserve", "La visite.", 0, 0, True),
    ],
)
def test_un_avis_qui_demande_de_corriger_dit_quoi(
    rendu, observation, commentaires, retenus, permis
):
    jugement = avis.peut_etre_rendu(
        avis=rendu, observation=observation, commentaires=commentaires, retenus=retenus
    )
    assert jugement.favorable is permis


@pytest.mark.parametrize(
    ("issue", "motif", "permis"),
    [
        ("retenu", "", True),
        ("ecarte", "", False),
        ("ecarte", "x", False),
        ("ecarte", "Usage de la commune.", True),
    ],
)
def test_ecarter_un_point_dit_pourquoi(issue, motif, permis):
    assert constats.peut_etre_decide(issue=issue, motif=motif).favorable is permis


def test_les_points_se_comptent_en_toutes_lettres():
    assert constats.en_bref([]) == "Les contrôles n'ont rien relevé."
    assert constats.en_bref(["retenu"]) == "1 point : 1 retenu."
    assert constats.en_bref(["retenu", "retenu", "ecarte", "", "", ""]) == (
        "6 points : 2 retenus, 1 écarté, 3 à décider."
    )


@pytest.mark.parametrize(
    ("gravite", "valideur", "motif", "permis"),
    [
        ("avertissement", False, "Voulu.", True),
        ("avertissement", True, " ", False),
        ("bloquant", False, "Voulu.", False),
        ("bloquant", True, "Voulu.", True),
    ],
)
def test_un_point_bloquant_ne_se_garde_que_par_un_valideur_et_toujours_avec_une_raison(
    gravite, valideur, motif, permis
):
    decision = avis.peut_passer_outre(
        gravite=gravite, se_garde=True, est_valideur=valideur, motif=motif
    )

    assert decision.favorable is permis


def test_sans_heure_limite_ni_document_nul_ne_passe_outre():
    decision = avis.peut_passer_outre(
        gravite="bloquant", se_garde=False, est_valideur=True, motif="Voulu."
    )

    assert not decision.favorable


def test_une_version_montre_ce_qui_est_ajoute_et_ote():
    trouvees = differences(["Objet", "16 heures", "Fin"], ["Objet", "12 heures", "Fin"])

    assert [(d.signe, d.texte) for d in trouvees] == [
        ("=", "Objet"),
        ("-", "16 heures"),
        ("+", "12 heures"),
        ("=", "Fin"),
    ]
    assert [d.numero for d in trouvees if d.signe == "+"] == [2]


def test_une_meme_version_ne_change_rien():
    assert {d.signe for d in differences(["a", "b"], ["a", "b"])} == {"="}
