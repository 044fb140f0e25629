"""Les exemples chiffrés de la convention, chacun une phrase ;
et chaque paramètre, à chacune de ses valeurs.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.tarif.rules.contribution import Demande, calculer, fautes
from beffroi.centre.tarif.rules.grille import annexe_1, contribue, peut_etre_gardee
from beffroi.centre.tarif.rules.parametres import Parametres
from beffroi.centre.tarif.rules.prorata import Periode, prorata_temporis

PAYANT, GRATUIT = 351, 349


def due(
    agents: int, volume: int, exercice: int = 2026, *, effet=None, fin=None, **parametres
) -> Decimal:
    demande = Demande(agents=agents, volume=volume, exercice=exercice, effet=effet, fin=fin)
    return calculer(demande, parametres=Parametres(**parametres)).montant


@pytest.mark.parametrize(
    ("volumes", "montant"),
    [
        ((0, 1, 49), 250),
        ((50, 150), 500),
        ((151, 250), 1000),
        ((251, 350), 2000),
        ((351, 10_000), 4000),
    ],
)
def test_plus_de_350_agents_paient_selon_la_tranche_de_leur_volume(volumes, montant):
    assert [due(PAYANT, volume) for volume in volumes] == [Decimal(montant)] * len(volumes)


@pytest.mark.parametrize("volume", [0, 49, 50, 150, 250, 350, 351, 10_000])
@pytest.mark.parametrize("agents", [0, 1, 349, 350])
def test_jusqu_a_350_agents_rien_n_est_du_a_aucun_volume(agents, volume):
    assert due(agents, volume) == 0


def test_un_effet_au_1er_juillet_2026_en_tranche_2_doit_184_jours_soit_252_euros_05():
    assert due(PAYANT, 100, effet=date(2026, 7, 1)) == Decimal("252.05")


def test_un_effet_au_1er_mars_2028_bissextile_en_tranche_5_doit_306_jours_soit_3344_euros_26():
    assert due(PAYANT, 400, 2028, effet=date(2028, 3, 1)) == Decimal("3344.26")


def test_un_effet_au_31_decembre_2026_en_tranche_2_doit_un_jour_soit_1_euro_37():
    assert due(PAYANT, 100, effet=date(2026, 12, 31)) == Decimal("1.37")


def test_les_bornes_annuelles_ne_se_reduisent_pas_avec_l_annee_incomplete():
    contribution = calculer(Demande(PAYANT, 150, 2026, effet=date(2026, 12, 1)))

    assert contribution.tranche.numero == 2


@pytest.mark.article("code civil", "1190")
@pytest.mark.parametrize(
    ("borne", "montants"),
    [("tranche_inferieure", [500, 1000]), ("tranche_superieure", [1000, 2000])],
)
def test_150_et_250_vont_a_la_tranche_que_l_exploitant_a_choisie(borne, montants):
    assert [due(PAYANT, volume, borne_commune=borne) for volume in (150, 250)] == montants
    assert [due(PAYANT, volume, borne_commune=borne) for volume in (50, 350)] == [500, 2000]


@pytest.mark.parametrize(("choix", "montant"), [("gratuit", 0), ("payant", 250)])
def test_a_350_agents_tout_juste_l_exploitant_decide(choix, montant):
    assert due(350, 0, a_350_agents=choix) == montant
    assert (due(349, 0, a_350_agents=choix), due(351, 0, a_350_agents=choix)) == (0, 250)


@pytest.mark.parametrize(
    ("choix", "au_1er_decembre", "au_30_novembre"),
    [("jours", "21.23", "21.92"), ("mois_entame", "20.83", "41.67")],
)
def test_un_mois_commence_se_compte_en_jours_ou_entier(choix, au_1er_decembre, au_30_novembre):
    assert due(PAYANT, 0, effet=date(2026, 12, 1), prorata=choix) == Decimal(au_1er_decembre)
    assert due(PAYANT, 0, effet=date(2026, 11, 30), prorata=choix) == Decimal(au_30_novembre)


def test_une_moitie_de_centime_s_arrondit_vers_le_haut():
    six_mois = Periode(date(2027, 1, 1), date(2027, 6, 30))

    du = prorata_temporis(Decimal("250.01"), six_mois, Parametres(prorata="mois_entame"))

    assert du == Decimal("125.01")


def test_un_mois_commence_a_la_sortie_est_du_entier():
    assert due(PAYANT, 0, fin=date(2026, 3, 1), prorata="mois_entame") == Decimal("62.50")
    assert due(PAYANT, 0, fin=date(2026, 2, 28), prorata="mois_entame") == Decimal("41.67")


@pytest.mark.parametrize(("choix", "montant"), [("avoir", "61.64"), ("aucun", "250")])
def test_qui_part_en_cours_d_annee_a_un_avoir_ou_n_en_a_pas(choix, montant):
    assert due(PAYANT, 0, fin=date(2026, 3, 31), prorata_sortie=choix) == Decimal(montant)


def test_avant_l_effet_et_apres_la_fin_rien_n_est_du():
    assert due(PAYANT, 0, 2025, effet=date(2026, 1, 1)) == 0
    assert due(PAYANT, 0, 2027, effet=date(2026, 1, 1), fin=date(2026, 6, 30)) == 0


def test_chaque_reponse_dit_pourquoi_et_nomme_le_parametre_qui_a_decide():
    contribution = calculer(Demande(350, 150, 2026, effet=date(2026, 7, 1), fin=date(2026, 9, 30)))

    dits = " ".join(map(str, contribution.motifs))
    assert "borne_commune=tranche_inferieure" in dits
    assert "a_350_agents=gratuit" in dits
    assert "92/365" in dits
    assert "annexe 1" in dits


@pytest.mark.parametrize(
    "demande",
    [
        Demande(-1, 0, 2026),
        Demande(0, -1, 2026),
        Demande(0, 0, 2026, effet=date(2026, 5, 2), fin=date(2026, 5, 1)),
    ],
)
def test_une_demande_impossible_est_refusee_en_une_phrase(demande):
    (motif,) = fautes(demande).values()

    assert motif.texte.endswith(".")
    with pytest.raises(ValueError):
        calculer(demande)


# ---------------------------------------------------------------- pour tout adhérent, à toute date

jours = st.dates(date(2024, 1, 1), date(2035, 12, 31))
parametres = st.builds(
    Parametres,
    borne_commune=st.sampled_from(["tranche_inferieure", "tranche_superieure"]),
    a_350_agents=st.sampled_from(["gratuit", "payant"]),
    prorata=st.sampled_from(["jours", "mois_entame"]),
    prorata_sortie=st.sampled_from(["avoir", "aucun"]),
)


@given(volume=st.integers(0, 1_000_000), choix=parametres)
def test_chaque_volume_est_dans_une_tranche_et_une_seule(volume, choix):
    assert sum(tranche.contient(volume) for tranche in annexe_1(choix)) == 1


@given(choix=parametres)
def test_la_grille_de_l_annexe_peut_etre_gardee_a_tout_parametre(choix):
    assert peut_etre_gardee(annexe_1(choix)).favorable


@given(
    agents=st.integers(0, 5_000),
    volume=st.integers(0, 1_000),
    effet=jours,
    fin=jours,
    choix=parametres,
)
def test_le_du_et_l_avoir_font_l_appel_au_centime(agents, volume, effet, fin, choix):
    effet, fin = sorted((effet, fin))
    contribution = calculer(
        Demande(agents, volume, fin.year, effet=effet, fin=fin), parametres=choix
    )

    assert contribution.montant + contribution.avoir == contribution.appele
    assert 0 <= contribution.montant <= contribution.appele <= contribution.tranche.montant
    assert contribution.montant == contribution.montant.quantize(Decimal("0.01"))


@given(
    volume=st.integers(0, 1_000),
    dernier=jours.filter(lambda jour: (jour.month, jour.day) != (12, 31)),
)
def test_deux_periodes_qui_se_completent_font_l_annee(volume, dernier):
    lendemain = date.fromordinal(dernier.toordinal() + 1)
    debut, suite = (
        due(PAYANT, volume, dernier.year, fin=dernier),
        due(PAYANT, volume, dernier.year, effet=lendemain),
    )

    assert debut + suite == due(PAYANT, volume, dernier.year)


@given(agents=st.integers(0, 1_000), volume=st.integers(0, 1_000), plus=st.integers(0, 200))
def test_plus_de_volume_ou_plus_d_agents_ne_coute_jamais_moins(agents, volume, plus):
    assert due(agents, volume + plus) >= due(agents, volume)
    assert due(agents + plus, volume) >= due(agents, volume)


@given(
    demande=st.builds(
        Demande, st.integers(0, 999), st.integers(0, 999), st.integers(2024, 2035), effet=jours
    )
)
def test_la_meme_demande_rend_la_meme_reponse(demande):
    assert calculer(demande) == calculer(demande)


@given(agents=st.integers(0, 10_000).filter(lambda n: n != 350), choix=parametres)
def test_hors_de_350_aucun_parametre_ne_change_la_categorie(agents, choix):
    assert contribue(agents, choix) is (agents > 350)
