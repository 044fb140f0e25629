"""CCP, art. R. 2151-8 et R. 2151-10 : une variante s'examine si elle est admise ;
tous se comparent sur le même périmètre.
"""

from decimal import Decimal as D

import pytest

from beffroi.choix.analyse.rules.variantes import (
    OffreChiffree,
    Pse,
    perimetre_est_juste,
    prix_compares,
    variante_est_recevable,
)

pytestmark = [pytest.mark.article("CCP", "R. 2151-8"), pytest.mark.article("CCP", "R. 2151-10")]
STORES, ALARME = Pse("stores", "Stores"), Pse("alarme", "Alarme", obligatoire=False)
BASE = OffreChiffree("dupont/0", "Dupont", D(100), pse={"stores": D(10), "alarme": D(5)})
VARIANTE = OffreChiffree("dupont/1", "Dupont", D(90), variante=1, pse={"stores": D(30)})
ADMISE = {
    "autorisee": True,
    "exigences_respectees": True,
    "base_remise": True,
    "base_exigee": True,
    "numero": 1,
    "au_plus": 1,
}


@pytest.mark.parametrize(
    "change,article",
    [
        ({"autorisee": False}, "R. 2151-8"),
        ({"exigences_respectees": False}, "R. 2151-10"),
        ({"base_remise": False}, "R. 2151-10"),
        ({"numero": 2}, "R. 2151-10"),
    ],
)
def test_une_variante_hors_des_clous_n_est_pas_examinee(change, article):
    assert [m.source.numero for m in variante_est_recevable(**{**ADMISE, **change}).motifs] == [
        article
    ]


def test_une_variante_admise_s_examine_meme_sans_base_si_rien_ne_l_exige():
    assert variante_est_recevable(**ADMISE).favorable
    assert variante_est_recevable(
        **{**ADMISE, "base_remise": False, "base_exigee": False}
    ).favorable


def test_sans_pse_la_variante_est_la_moins_chere_et_avec_elle_c_est_la_base():
    assert [p.montant_ht for p in prix_compares([VARIANTE, BASE], [STORES], retenues=[])] == [
        100,
        90,
    ]
    assert [
        p.montant_ht for p in prix_compares([VARIANTE, BASE], [STORES], retenues=["stores"])
    ] == [110, 120]


def test_une_pse_due_et_non_chiffree_laisse_l_offre_sans_prix():
    nue = OffreChiffree("martin/0", "Martin", D(80))

    assert (
        prix_compares([nue], [STORES], retenues=["stores"])[0].phrase
        == "Elle ne chiffre pas « Stores », que le règlement demande."
    )
    assert (
        prix_compares([OffreChiffree("z", "Zoé", None)], [], retenues=[])[0].phrase
        == "L'offre n'a pas de prix."
    )


@pytest.mark.parametrize("retenue,mot", [("alarme", "avantagerait"), ("piscine", "annoncée")])
def test_une_pse_facultative_ou_inconnue_n_entre_pas_dans_la_comparaison(retenue, mot):
    assert mot in perimetre_est_juste([STORES, ALARME], [retenue]).motifs[0].texte
    with pytest.raises(ValueError, match=mot):
        prix_compares([BASE], [STORES, ALARME], retenues=[retenue])


def test_une_variante_interdite_n_est_refusee_que_pour_cela():
    refus = variante_est_recevable(**{**ADMISE, "autorisee": False, "exigences_respectees": False})

    assert [motif.source.numero for motif in refus.motifs] == ["R. 2151-8"]


def test_sans_nombre_fixe_toutes_les_variantes_s_examinent():
    assert variante_est_recevable(**{**ADMISE, "numero": 9, "au_plus": None}).favorable


def test_une_pse_offerte_est_chiffree_et_deux_manquantes_sont_nommees():
    bornes = Pse("bornes", "Bornes")
    offerte = OffreChiffree("dupont/0", "Dupont", D(100), pse={"stores": D(0), "bornes": D(7)})
    nue = OffreChiffree("martin/0", "Martin", D(80), pse={"stores": None})

    dupont, martin = prix_compares([nue, offerte], [STORES, bornes], retenues=["stores", "bornes"])

    assert (dupont.montant_ht, martin.montant_ht) == (107, None)
    assert martin.phrase == "Elle ne chiffre pas « Stores », « Bornes », que le règlement demande."
