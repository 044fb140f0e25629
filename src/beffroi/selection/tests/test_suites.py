"""Autour des tours : la clôture au journal, la lettre, ce que dit la page de suivi."""

from datetime import timedelta

import pytest

from beffroi.journal.models import Ecriture
from beffroi.registre_des_depots.cloture import constater_les_clotures, fautes_des_clotures
from beffroi.selection import ecrans
from beffroi.selection.queries import suite_de_la_procedure
from beffroi.selection.tests.scene import LIMITE_DES_OFFRES, MOTIF

pytestmark = pytest.mark.django_db
APRES = LIMITE_DES_OFFRES + timedelta(seconds=1)


@pytest.fixture
def offre(restreint):
    restreint.decider()
    return restreint.offrir(restreint.invitation(restreint.inviter()))


def test_la_fin_d_un_tour_se_note_une_fois_avec_le_nombre_d_offres(offre):
    constater_les_clotures(LIMITE_DES_OFFRES)
    assert not Ecriture.objects.filter(acte="tour.clore").exists()

    constater_les_clotures(APRES)
    constater_les_clotures(APRES + timedelta(hours=1))

    assert '"plis":1' in Ecriture.objects.get(acte="tour.clore", sujet=offre.tour.reference).contenu
    assert list(fautes_des_clotures()) == []


def test_la_page_de_suivi_dit_la_meme_phrase_qu_il_y_ait_des_offres_ou_non(restreint):
    restreint.decider()
    tour = restreint.inviter()
    avant = suite_de_la_procedure(restreint.consultation, le=LIMITE_DES_OFFRES)
    restreint.offrir(restreint.invitation(tour))

    assert suite_de_la_procedure(restreint.consultation, le=LIMITE_DES_OFFRES) == avant


def test_la_lettre_d_un_candidat_ecarte_reprend_son_motif(restreint):
    restreint.decider()
    restreint.inviter()

    [lettre] = ecrans.lettres(restreint.consultation)

    assert lettre.destinataire == "Couvertures Belle-Étoile"
    assert any(MOTIF in paragraphe for paragraphe in lettre.paragraphes)
