"""En lots, chaque candidature se décide lot par lot,
et l'invitation ne vaut que pour les lots retenus.
"""

import pytest

from beffroi.choix.candidatures.services import Choix
from beffroi.choix.selection import queries, services
from beffroi.choix.selection.tests.scene import DECISION_LE, MOTIF, OFFRE, Restreint, candidater
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from demo.reponses import repondre_a_l_invitation
from demo.seances import depouiller

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def commune_en_deux_temps(une_commune, procedure_en_deux_temps):
    return une_commune(procedure=procedure_en_deux_temps, lots=("Fossés", "Chemins"))


@pytest.fixture
def alloti(scene):
    """Sophie candidate aux deux lots ; elle est retenue pour le premier seul."""
    pli = candidater(scene, "sophie", "faitage", lots=(1, 2))
    depouiller(
        scene.consultation,
        scene.troupe,
        preside="helene",
        avec="bernard",
        le=LIMITE.replace(hour=18),
    )
    restreint = Restreint(scene, [pli])
    choix = [Choix(pli, 1, retenue=True), Choix(pli, 2, retenue=False, motif=MOTIF)]
    services.decider_des_candidatures(
        consultation=restreint.consultation,
        choix=choix,
        par=restreint.martine,
        maintenant=DECISION_LE,
    )
    return restreint


def test_chaque_lot_a_sa_decision(alloti):
    [candidature] = queries.candidatures(alloti.consultation)

    assert candidature.lots == (1, 2)
    assert (candidature.lots_retenus, candidature.rejets) == ([1], [(2, MOTIF)])


def test_l_invitation_ne_vaut_que_pour_les_lots_retenus(alloti):
    invitation = alloti.invitation(alloti.inviter())

    assert invitation.lots == [1]
    with pytest.raises(RegleEnfreinte, match="Le lot 2 n'est pas parmi ceux de votre réponse"):
        repondre_a_l_invitation(
            invitation, alloti.scene.troupe, qui="sophie", le=DECISION_LE, offres={2: OFFRE}
        )


def test_l_offre_du_lot_retenu_entre(alloti):
    invitation = alloti.invitation(alloti.inviter())

    pli = repondre_a_l_invitation(
        invitation, alloti.scene.troupe, qui="sophie", le=DECISION_LE, offres={1: OFFRE}
    )

    assert [(e.sorte, e.lot) for e in pli.enveloppes.all()] == [("offre", 1)]


def test_une_decision_hors_des_lots_de_la_candidature_est_refusee(alloti):
    choix = [Choix(alloti.plis[0], 3, retenue=True)]

    with pytest.raises(RegleEnfreinte, match="pas de celles dont on décide"):
        services.decider_des_candidatures(
            consultation=alloti.consultation,
            choix=choix,
            par=alloti.martine,
            maintenant=DECISION_LE,
        )
