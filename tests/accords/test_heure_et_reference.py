"""Courriels, pages, flux et PDF disent d'une consultation la même heure limite et la même référence."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beffroi.ouverture.tests.factories import LIMITE
from tests.accords import lecture
from tests.accords.recit import raconter
from tests.accords.rendus import Rendu, tous

AUJOURD_HUI = LIMITE - timedelta(days=20)
# Deux années à la minute, à partir du surlendemain de la limite du récit : les quatre changements d'heure y sont.
LIMITES = st.integers(2 * 24 * 60, 2 * 365 * 24 * 60).map(lambda minutes: LIMITE + timedelta(minutes=minutes))
TITRES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200)
AVANT_L_HEURE_D_ETE = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
DEUX_HEURES_ET_DEMIE = (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
MINUIT = datetime(2027, 6, 30, 22, 0, tzinfo=UTC)
# Ceux-ci parlent de la consultation sans rappeler l'heure limite ; tout autre rendu la dit.
SANS_HEURE = (
    "courriel question:accuse", "courriel question:acheteur", "courriel courrier", "page questions:liste",
    "PDF acte-d-engagement", "ODT acte-d-engagement", "PDF lettre-de-candidature", "ODT lettre-de-candidature",
    "PDF declaration-du-candidat", "ODT declaration-du-candidat", "PDF du registre des retraits",
)  # fmt: skip
# La page dit sa saison à côté de l'heure, et l'instant dans `<time>`.
SAISON_A_COTE = {"page": {""}}


def fautes(rendu: Rendu, *, reference: str, limite: datetime) -> list[str]:
    """Ce que ce rendu dit de travers, ou tait."""
    attendue = lecture.a_paris(limite)
    dite = attendue in lecture.moments(rendu.texte) or limite in rendu.instants
    autres = lecture.limites(rendu.texte) - {attendue}
    saisons = lecture.saisons(rendu.texte, attendue) - SAISON_A_COTE.get(rendu.nom.split()[0], set())
    sait = lecture.nomme(reference, rendu.texte) or reference in rendu.liens
    return [
        *([] if sait else [f"{rendu.nom} : ne dit pas la référence"]),
        *([] if dite or rendu.nom.startswith(SANS_HEURE) else [f"{rendu.nom} : ne dit pas l'heure limite"]),
        *[f"{rendu.nom} : dit une autre heure limite, {autre}" for autre in sorted(autres)],
        *[f"{rendu.nom} : dit « {dite} » de l'heure" for dite in saisons - {lecture.saison(limite)}],
    ]


@pytest.mark.lent
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

        reference = recit.consultation.reference
        assert [f for rendu in rendus for f in fautes(rendu, reference=reference, limite=limite)] == []

    pour_toute_consultation()
