"""CCP, art. R. 2144-7 et R. 2181-7 :
le premier fait défaut, on sollicite celui qui est classé juste après.
"""

from decimal import Decimal as D

import pytest

from beffroi.choix.analyse.rules.classement import CritereNote, OffreNotee, classer
from beffroi.choix.analyse.rules.substitution import peut_solliciter_la_suivante, suivantes

pytestmark = [pytest.mark.article("CCP", "R. 2144-7"), pytest.mark.article("CCP", "R. 2181-7")]
NOTES = {"a": 20, "b": 15, "c": 15, "d": 10}
CLASSEMENT = classer(
    [OffreNotee(cle, cle.upper(), {"prix": D(note)}) for cle, note in NOTES.items()]
    + [OffreNotee("e", "E", {"prix": D(20)}, eliminee="Inappropriée.")],
    [CritereNote("prix", "Prix", D(100))],
)


def cles(*defaillantes, defaillance="candidature"):
    return [
        ligne.cle
        for ligne in suivantes(
            CLASSEMENT, defaillantes=defaillantes, defaillance=defaillance
        ).suivantes
    ]


def test_la_suivante_est_celle_du_rang_d_apres_et_deux_ex_aequo_sont_dites():
    assert cles("a") == ["b", "c"]
    assert (
        "ex æquo au rang 2"
        in suivantes(CLASSEMENT, defaillantes=["a"], defaillance="candidature").phrase
    )


def test_la_recherche_se_repete_et_une_offre_eliminee_n_y_revient_pas():
    assert cles("a", "b") == ["c"]
    assert cles("a", "b", "c") == ["d"]
    assert cles("a", "b", "c", "d") == []


def test_chaque_defaillance_a_son_article_et_sa_phrase():
    pieces = suivantes(CLASSEMENT, defaillantes=["a", "b"], defaillance="candidature")
    force = suivantes(CLASSEMENT, defaillantes=["a", "b"], defaillance="impossibilite")

    assert (pieces.article.numero, pieces.phrase) == (
        "R. 2144-7",
        "Demandez ses justificatifs à C, au rang 2.",
    )
    assert (force.article.numero, force.phrase) == (
        "R. 2181-7",
        "Vous pouvez solliciter C, au rang 2.",
    )


def test_apres_la_notification_personne_n_est_substitue():
    assert not peut_solliciter_la_suivante("candidature", notifie=True).favorable
    assert not peut_solliciter_la_suivante(
        "impossibilite", notifie=True, empechement="Incendie."
    ).favorable


def test_la_force_majeure_se_dit_et_ne_vaut_que_depuis_2026():
    assert not peut_solliciter_la_suivante("impossibilite", notifie=False).favorable
    assert not peut_solliciter_la_suivante(
        "impossibilite", notifie=False, empechement="Incendie.", en_vigueur=False
    ).favorable
    assert peut_solliciter_la_suivante(
        "impossibilite", notifie=False, empechement="Incendie."
    ).favorable
    assert peut_solliciter_la_suivante("candidature", notifie=False).favorable
