"""Une lettre recommandée et sa preuve, un litige, un avenant, une demande :
les règles (rulings 22 à 34).
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from beffroi.centre.conventions.rules import avenant, demande, lettres, litige
from beffroi.centre.conventions.rules.duree import Signatures

AUJOURD_HUI = date(2026, 11, 2)


def recevable(**autres):
    valeurs = {
        "par": "adherent",
        "recue": AUJOURD_HUI,
        "effet": date(2026, 1, 1),
        "aujourd_hui": AUJOURD_HUI,
        "a_un_fichier": True,
    }
    return lettres.preuve_recevable(**{**valeurs, **autres})


def test_une_lettre_datee_de_demain_se_refuse():
    decision = recevable(recue=date(2026, 11, 3))

    assert not decision.favorable and "3 novembre 2026" in decision.motifs[0].texte


def test_une_lettre_recue_aujourd_hui_ou_le_jour_de_l_effet_se_note():
    assert recevable().favorable and recevable(recue=date(2026, 1, 1)).favorable


def test_une_lettre_recue_avant_la_prise_d_effet_se_refuse():
    assert not recevable(recue=date(2025, 12, 31)).favorable


def test_la_date_vient_d_une_preuve_jointe_jamais_d_un_clic():
    decision = recevable(a_un_fichier=False)

    assert not decision.favorable and "Joignez la preuve" in decision.motifs[0].texte


def test_la_copie_qui_manque_aux_archives_avertit_et_ne_bloque_rien():
    avertissement = lettres.avertissement_des_archives(par="adherent", copie_le=None)

    assert avertissement is not None and "ne bloque rien" in avertissement.texte
    assert lettres.avertissement_des_archives(par="adherent", copie_le=AUJOURD_HUI) is None
    assert lettres.avertissement_des_archives(par="centre", copie_le=None) is None


def test_la_convention_se_clot_le_lendemain_de_son_dernier_jour():
    assert not lettres.peut_etre_close(fin=AUJOURD_HUI, aujourd_hui=AUJOURD_HUI)
    assert lettres.peut_etre_close(fin=AUJOURD_HUI, aujourd_hui=date(2026, 11, 3))


def test_les_consultations_en_cours_ont_douze_mois_pour_aller_a_leur_terme():
    assert lettres.fin_de_l_extinction(date(2027, 2, 28)) == date(2028, 2, 28)


@pytest.mark.parametrize(
    "etape,faites,en_cours,favorable",
    [
        ("remis_le", {}, 3, True),
        ("accuse_le", {}, 0, False),
        ("accuse_le", {"remis_le": AUJOURD_HUI}, 3, True),
        ("efface_le", {"remis_le": AUJOURD_HUI}, 0, False),
        ("efface_le", {"remis_le": AUJOURD_HUI, "accuse_le": AUJOURD_HUI}, 1, False),
        ("efface_le", {"remis_le": AUJOURD_HUI, "accuse_le": AUJOURD_HUI}, 0, True),
    ],
)
def test_rien_ne_s_efface_avant_l_accuse_ni_tant_qu_une_consultation_court(
    etape, faites, en_cours, favorable
):
    toutes = {"remis_le": None, "accuse_le": None, "efface_le": None, **faites}

    assert (
        lettres.etape_de_remise(etape=etape, faites=toutes, en_cours=en_cours).favorable
        is favorable
    )


def test_l_amiable_dure_deux_mois_proposes():
    assert litige.amiable_jusqu_au(date(2026, 12, 31)) == date(2027, 2, 28)


def test_le_tribunal_attend_qu_on_ait_essaye_de_s_entendre():
    assert not litige.peut_aller_au_tribunal(echanges=0).favorable
    assert litige.peut_aller_au_tribunal(echanges=1).favorable


def test_une_grille_nouvelle_vaut_au_1er_janvier_qui_suit_la_signature():
    signatures = Signatures(date(2026, 12, 30), date(2026, 12, 31))
    voulu = date(2027, 1, 1)

    assert avenant.effet_de_l_avenant(
        signatures=signatures, voulu=voulu, change_la_grille=True
    ) == date(2027, 1, 1)
    tard = Signatures(date(2026, 12, 30), date(2027, 1, 1))
    assert avenant.effet_de_l_avenant(signatures=tard, voulu=voulu, change_la_grille=True) == date(
        2028, 1, 1
    )


def test_une_grille_nouvelle_ne_se_propose_que_pour_un_1er_janvier():
    assert avenant.effet_recevable(voulu=date(2027, 1, 1), change_la_grille=True).favorable
    assert not avenant.effet_recevable(voulu=date(2027, 1, 2), change_la_grille=True).favorable
    assert avenant.effet_recevable(voulu=date(2027, 1, 2), change_la_grille=False).favorable


def test_un_autre_avenant_vaut_a_la_derniere_signature_ou_au_jour_voulu():
    signatures = Signatures(date(2026, 10, 1), date(2026, 10, 3))

    assert avenant.effet_de_l_avenant(
        signatures=signatures, voulu=date(2026, 9, 1), change_la_grille=False
    ) == date(2026, 10, 3)
    assert (
        avenant.effet_de_l_avenant(
            signatures=Signatures(date(2026, 10, 1)), voulu=date(2026, 9, 1), change_la_grille=False
        )
        is None
    )


@pytest.mark.parametrize(
    "siren,favorable",
    [("216201558", True), ("216201559", False), ("21620155", False), ("21620155a", False)],
)
def test_un_siren_a_neuf_chiffres_et_une_cle_juste(siren, favorable):
    assert demande.siren_juste(siren).favorable is favorable


@pytest.mark.parametrize(
    "volume,favorable", [(-1, False), (0, True), (10_000, True), (10_001, False)]
)
def test_un_volume_estime_est_un_nombre_de_consultations_plausible(volume, favorable):
    assert demande.volume_plausible(volume).favorable is favorable


def test_une_collectivite_qui_a_deja_une_convention_n_en_demande_pas_une_autre():
    assert not demande.peut_demander(en_attente=0, convention="active").favorable
    assert demande.peut_demander(en_attente=199, convention="").favorable
    assert not demande.peut_demander(en_attente=200, convention="").favorable


def test_une_adresse_recoit_un_courriel_par_dix_minutes_et_cinq_par_jour():
    le = datetime(2026, 11, 2, 9, tzinfo=UTC)
    il_y_a = [le - timedelta(minutes=minutes) for minutes in (11, 40, 80, 120)]

    assert demande.peut_ecrire(ecrits=il_y_a, maintenant=le)
    assert not demande.peut_ecrire(ecrits=[le - timedelta(minutes=9)], maintenant=le)
    assert not demande.peut_ecrire(ecrits=[*il_y_a, le - timedelta(hours=23)], maintenant=le)
