"""Ce qui se note d'une sauvegarde et d'un essai, et quand cela tarde."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from beffroi.service.restaurations import queries, rules
from beffroi.service.restaurations.models import EssaiDeRestauration
from beffroi.service.restaurations.resultats import Copie, Essai
from beffroi.service.restaurations.services import noter_l_essai, noter_la_sauvegarde
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
COPIE = Copie("2026-11-28T020000Z", LE, 1500, "ab" * 32, 4096, 3, 900)


def essai(**autres) -> Essai:
    return Essai(
        "2026-11-28T020000Z",
        **{"commence_le": LE, "sauvegarde_du": LE, "restauration_ms": 800, **autres},
    )


def test_une_sauvegarde_se_note_et_s_inscrit():
    noter_la_sauvegarde(COPIE, maintenant=LE)

    assert queries.derniere_sauvegarde().octets == 4096
    assert Ecriture.objects.get(acte="sauvegarde.faire").sujet == "sauvegarde/2026-11-28T020000Z"


def test_le_dernier_essai_est_le_plus_recent_reussi_ou_non():
    noter_l_essai(essai(), maintenant=LE)
    noter_l_essai(
        essai(commence_le=LE + timedelta(hours=1), fautes=("pli abîmé", "autre")), maintenant=LE
    )
    dernier = queries.dernier_essai_de_restauration()

    assert (dernier.reussi, dernier.faute, dernier.fautes) == (False, "pli abîmé", 2)
    assert Ecriture.objects.filter(acte="sauvegarde.essayer").count() == 2


def test_la_perte_va_du_dernier_acte_copie_a_l_essai():
    note = noter_l_essai(
        essai(derniere_ecriture_le=LE - timedelta(minutes=40), verification_ms=200), maintenant=LE
    )

    assert note.reussi
    assert note.perte == timedelta(minutes=40)
    assert note.duree == timedelta(seconds=1)


def test_une_copie_illisible_n_a_pas_de_perte_connue():
    assert noter_l_essai(essai(fautes=("la base ne se restaure pas",)), maintenant=LE).perte is None


def test_une_phrase_trop_longue_n_empeche_pas_de_noter_l_echec():
    assert len(noter_l_essai(essai(fautes=("x" * 3000,)), maintenant=LE).faute) == 500


def test_la_base_refuse_un_echec_sans_faute():
    with pytest.raises(IntegrityError):
        EssaiDeRestauration.objects.create(commence_le=LE, nom="x", reussi=False, restauration_ms=1)


def test_rien_encore_n_est_jamais_a_jour():
    assert queries.derniere_sauvegarde() is None
    assert rules.essai_en_retard(None, maintenant=LE)


@pytest.mark.parametrize(("jours", "en_retard"), [(92, False), (93, True)])
def test_un_essai_de_plus_d_un_trimestre_est_en_retard(jours, en_retard):
    assert rules.essai_en_retard(LE - timedelta(days=jours), maintenant=LE) is en_retard
