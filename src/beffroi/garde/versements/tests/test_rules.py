"""Ce qui se verse, et la réponse qui vaut pour un versement."""

from datetime import timedelta

import pytest

from beffroi.garde.versements import rules
from beffroi.garde.versements.states import FERMES, VIVANTS, Etat
from beffroi.garde.versements.tests.scene import LE
from formats.seda import lire_la_reponse
from formats.seda.tests.reponses import accuse, refus, reponse

QUI = "PQ-7F3KPT2A"


def vaut(octets: bytes, *, etat: str = Etat.ENVOYE, deja_lue: bool = False, identifiant: str = QUI):
    return rules.vaut_pour(
        reponse=lire_la_reponse(octets), identifiant=identifiant, etat=etat, deja_lue=deja_lue
    )


def test_un_paquet_qui_n_est_pas_etabli_ne_se_verse_pas():
    refusee = rules.peut_verser(paquet_etabli=False, detruit=False, versements=[])

    assert "n'est pas établi" in refusee.motifs[0].texte


def test_un_paquet_detruit_sous_visa_ne_se_verse_plus():
    refusee = rules.peut_verser(paquet_etabli=True, detruit=True, versements=[])

    assert "détruit sous visa" in refusee.motifs[0].texte


@pytest.mark.parametrize("etat", sorted(VIVANTS))
def test_un_paquet_ne_se_verse_pas_deux_fois(etat):
    assert not rules.peut_verser(
        paquet_etabli=True, detruit=False, versements=[Etat.REFUSE, etat]
    ).favorable


def test_refuse_ou_abandonne_il_se_verse_de_nouveau():
    assert rules.peut_verser(paquet_etabli=True, detruit=False, versements=sorted(FERMES)).favorable


def test_la_reponse_a_un_autre_transfert_est_refusee_et_le_nomme():
    refusee = vaut(accuse("PQ-AUTRE222"))

    assert not refusee.favorable
    assert "« PQ-AUTRE222 »" in refusee.motifs[0].texte and QUI in refusee.motifs[0].texte


def test_une_reponse_deja_lue_ne_se_lit_pas_deux_fois():
    assert not vaut(refus(QUI), deja_lue=True).favorable


@pytest.mark.parametrize("etat", [Etat.A_ENVOYER, Etat.ACCEPTE, Etat.REFUSE, Etat.ABANDONNE])
def test_un_versement_qui_n_attend_rien_ne_recoit_rien(etat):
    assert not vaut(reponse(QUI), etat=etat).favorable


def test_apres_l_accuse_on_attend_la_decision():
    assert vaut(accuse(QUI)).favorable
    assert not vaut(accuse(QUI), etat=Etat.ACCUSE).favorable
    assert vaut(reponse(QUI), etat=Etat.ACCUSE).favorable
    assert vaut(refus(QUI), etat=Etat.ACCUSE).favorable


def test_le_service_se_consulte_toutes_les_dix_minutes():
    assert rules.est_a_suivre(suivi_le=None, le=LE)
    assert rules.est_a_suivre(suivi_le=LE - timedelta(minutes=10), le=LE)
    assert not rules.est_a_suivre(suivi_le=LE - timedelta(minutes=9, seconds=59), le=LE)


@pytest.mark.parametrize(("motif", "permis"), [("", False), ("  ", False), ("égaré", True)])
def test_un_abandon_se_motive(motif, permis):
    assert rules.peut_abandonner(motif=motif).favorable is permis
