"""L'invitation à remettre une offre, sa prolongation,
la page et le résumé du matin disent l'heure du tour, et la référence.
"""

from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.services import prolonger_le_tour
from beffroi.choix.selection.tests.scene import DECISION_LE
from beffroi.personnes.comptes.tests.personnes import connecter
from tests.accords.accord import toutes_les_fautes
from tests.accords.recit import HEURE, resumer_le_matin
from tests.accords.rendus import Rendu, courriels, vues

JOUR = timedelta(days=1)
# Le délai des offres passé : deux années à la minute, les changements d'heure compris.
LIMITES = st.integers(40 * 24 * 60, 770 * 24 * 60).map(
    lambda minutes: DECISION_LE + timedelta(minutes=minutes)
)
TITRES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200
)
# Prolongée d'une heure, chacune franchit un changement :
# 1 h 59 devient 3 h 59, 2 h 30 d'été 2 h 30 d'hiver.
AVANT_L_HEURE_D_ETE = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
AVANT_L_HEURE_D_HIVER = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def rendus_du_tour(restreint, tour, *, le: datetime) -> list[Rendu]:
    """Ce que l'entreprise invitée a reçu depuis cet acte,
    résumé du lendemain compris, et ce qu'elle peut ouvrir.
    """
    sophie = restreint.scene.personne("sophie")
    resumer_le_matin([sophie], avant=le + JOUR)
    page = reverse("reponses:invitation", args=(restreint.invitation(tour).reference,))
    return [
        *courriels(depuis=le),
        *vues(connecter(Client(), sophie), [page, reverse("reponses:mes_reponses")]),
    ]


def test_une_invitation_et_sa_prolongation_disent_l_heure_du_tour_et_la_reference(restreint):
    @settings(max_examples=3)
    @given(LIMITES, TITRES)
    @example(AVANT_L_HEURE_D_ETE, "Voirie « d'été » {reference} {{ 7|add:13370 }} %s <b>&amp;</b>")
    @example(AVANT_L_HEURE_D_HIVER, "\u202etoiture\u202c 🏫 \r\nBcc: espion@example.org")
    @example(AVANT_L_HEURE_D_HIVER + HEURE, "=1+1")
    def pour_tout_tour(limite, titre):
        reference = restreint.consultation.reference
        with time_machine.travel(DECISION_LE, tick=False) as horloge, transaction.atomic():
            Consultation.toutes.filter(reference=reference).update(titre=titre)
            restreint.decider()
            tour = restreint.inviter(date_limite=limite)
            invites = rendus_du_tour(restreint, tour, le=DECISION_LE)
            horloge.shift(JOUR)
            prolonge = prolonger_le_tour(
                tour=tour,
                nouvelle=limite + HEURE,
                motif="",
                par=restreint.martine,
                maintenant=DECISION_LE + JOUR,
            )
            prevenus = rendus_du_tour(restreint, prolonge, le=DECISION_LE + JOUR)
            transaction.set_rollback(True)

        assert toutes_les_fautes(invites, reference=reference, limite=limite) == []
        assert toutes_les_fautes(prevenus, reference=reference, limite=limite + HEURE) == []

    pour_tout_tour()
