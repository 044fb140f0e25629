"""Courriels, pages, flux,
avis et PDF disent d'une consultation la même heure limite et la même référence.
"""

from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beffroi.seance.ouverture.tests.factories import LIMITE
from tests.accords.accord import toutes_les_fautes
from tests.accords.recit import raconter
from tests.accords.rendus import tous

AUJOURD_HUI = LIMITE - timedelta(days=20)
# Deux années à la minute, à partir du surlendemain de la limite du récit :
# les quatre changements d'heure y sont.
LIMITES = st.integers(2 * 24 * 60, 2 * 365 * 24 * 60).map(
    lambda minutes: LIMITE + timedelta(minutes=minutes)
)
TITRES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200
)
AVANT_L_HEURE_D_ETE = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
DEUX_HEURES_ET_DEMIE = (
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
)
MINUIT = datetime(2027, 6, 30, 22, 0, tzinfo=UTC)


def test_tout_ce_qui_se_lit_dit_la_meme_heure_et_la_meme_reference(scene):
    @settings(max_examples=3)
    @given(LIMITES, TITRES)
    @example(AVANT_L_HEURE_D_ETE, "Voirie « d'été » {reference} {{ 7|add:13370 }} %s <b>&amp;</b>")
    @example(DEUX_HEURES_ET_DEMIE[0], "\u202etoiture\u202c 🏫 \r\nBcc: espion@example.org")
    @example(DEUX_HEURES_ET_DEMIE[1], "=1+1")
    @example(MINUIT, "x" * 200)
    def pour_toute_consultation(limite, titre):
        with time_machine.travel(AUJOURD_HUI, tick=False), transaction.atomic():
            recit = raconter(scene, titre=titre, limite=limite, le=AUJOURD_HUI)
            rendus = tous(recit)
            transaction.set_rollback(True)

        assert (
            toutes_les_fautes(rendus, reference=recit.consultation.reference, limite=limite) == []
        )

    pour_toute_consultation()
