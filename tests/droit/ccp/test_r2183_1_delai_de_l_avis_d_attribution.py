"""CCP, art. R. 2183-1, R. 2183-3, R. 2183-4, R. 3125-6 :
qui doit l'avis d'attribution, et jusqu'à quand ; exemples comptés.
"""

from datetime import date

import pytest

from beffroi.contrat.achevement.rules.attribution import (
    Delai,
    dernier_jour_d_un_groupe,
    etat_du_delai,
    exigence_de,
    peut_ecrire,
)

DU = date(2026, 12, 2)


def exigence(**faits):
    d_office = {
        "formalise": False,
        "concession": False,
        "subsequent": False,
        "social_au_dessus_du_seuil": False,
    }
    return exigence_de(**{**d_office, **faits})


@pytest.mark.article("CCP", "R. 2183-1")
def test_au_dessus_du_seuil_il_est_exige_au_dessous_il_est_volontaire():
    assert exigence(formalise=True).exige
    assert exigence(social_au_dessus_du_seuil=True).exige
    assert not exigence().exige and "volontaire" in str(exigence().motif)


@pytest.mark.article("CCP", "R. 2183-3")
def test_un_marche_subsequent_n_en_a_pas_meme_formalise():
    dite = exigence(formalise=True, subsequent=True)

    assert not dite.exige and "R. 2183-3" in str(dite.motif)


@pytest.mark.article("CCP", "R. 3125-6")
def test_une_concession_au_dessus_du_seuil_a_le_sien():
    dite = exigence(formalise=True, concession=True)

    assert dite.exige and "R. 3125-6" in str(dite.motif)


@pytest.mark.article("CCP", "R. 2183-1")
@pytest.mark.parametrize(
    ("aujourd_hui", "delai"),
    [
        (date(2026, 11, 24), Delai.COURT),
        (date(2026, 11, 25), Delai.PRESSE),
        (date(2026, 12, 2), Delai.PRESSE),
        (date(2026, 12, 3), Delai.DEPASSE),
    ],
)
def test_le_dernier_jour_est_compris_et_le_lendemain_est_en_retard(aujourd_hui, delai):
    assert etat_du_delai(du=DU, envoye_le=None, aujourd_hui=aujourd_hui).delai == delai


@pytest.mark.article("CCP", "R. 2183-1")
def test_parti_apres_le_dernier_jour_il_le_dit_toujours():
    dit = etat_du_delai(du=DU, envoye_le=date(2026, 12, 5), aujourd_hui=date(2027, 3, 1))

    assert (dit.delai, dit.phrase) == (
        Delai.HORS_DELAI,
        "Envoyé le 5 décembre 2026, 3 jours après le dernier jour.",
    )
    assert etat_du_delai(du=DU, envoye_le=DU, aujourd_hui=DU).delai == Delai.A_TEMPS


@pytest.mark.article("CCP", "R. 2183-4")
@pytest.mark.parametrize(
    ("signe", "au_plus_tard"),
    [
        (date(2026, 10, 1), date(2027, 1, 30)),
        (date(2026, 12, 31), date(2027, 1, 30)),
        (date(2027, 1, 1), date(2027, 4, 30)),
        (date(2027, 5, 20), date(2027, 7, 30)),
    ],
)
def test_des_avis_groupes_partent_trente_jours_apres_la_fin_du_trimestre(signe, au_plus_tard):
    assert dernier_jour_d_un_groupe(signe=signe) == au_plus_tard


@pytest.mark.article("CCP", "R. 2183-1")
def test_rien_de_conclu_rien_a_annoncer_et_le_formulaire_inconnu_se_dit():
    vide = peut_ecrire(conclus=0, sans_attributaire=0, choisis=0, forme="nationale")
    social = peut_ecrire(
        conclus=1, sans_attributaire=0, choisis=1, forme="europeenne", social_d_un_reseau=True
    )

    assert not vide.favorable and not social.favorable
    assert "formulaire 34" in str(social.motifs[0])
    assert peut_ecrire(
        conclus=1, sans_attributaire=0, choisis=1, forme="nationale", social_d_un_reseau=True
    ).favorable
