"""Reconnaître une entreprise."""

import pytest

from beffroi.personnes.entreprises import rules


@pytest.mark.parametrize(
    "siret", ["73282932000074", "40483304800022", "35600000000048", "35600000049837"]
)
def test_un_siret_juste_est_accepte(siret):
    assert rules.siret_valide(siret)


@pytest.mark.parametrize(
    "siret", ["73282932000075", "7328293200007", "732829320000741", "7328293200007A", "²" * 14, ""]
)
def test_un_siret_faux_est_refuse(siret):
    assert not rules.siret_valide(siret)


def test_un_bureau_de_poste_dont_la_somme_n_est_pas_multiple_de_cinq_est_refuse():
    assert not rules.siret_valide("35600000049838")


def test_la_regle_de_la_poste_ne_vaut_que_pour_elle():
    assert sum(map(int, "73282932000078")) % 5 != 0
    assert not rules.siret_valide("73282932000011")


def test_un_siret_dont_seul_le_siren_est_faux_est_refuse():
    assert not rules.siret_valide("73282932100073")


@pytest.mark.parametrize(
    ("siret", "raison"),
    [
        ("7328293200007", "en a 13"),
        ("732829320OO074", "que des chiffres"),
        ("73282932000047", "inversés"),
    ],
)
def test_un_siret_refuse_dit_pourquoi(siret, raison):
    assert raison in rules.controle_du_siret(siret).motifs[0].texte


def test_les_espaces_d_un_siret_copie_ne_comptent_pas():
    assert rules.chiffres("732\u00a0829\u202f320 00074") == "73282932000074"


def test_la_tva_se_calcule_du_siren():
    assert rules.tva("732829320") == "FR44732829320"
    assert rules.tva_valide("FR44732829320", pays="FR")


@pytest.mark.parametrize(
    ("pays", "identifiant", "nature"),
    [
        ("FR", "73282932000074", "francaise"),
        ("BE", "BE0403170701", "union"),
        ("GR", "EL094259216", "union"),
        ("BE", "REGISTRE123", "etrangere"),
        ("CH", "CHE107787577", "etrangere"),
    ],
)
def test_la_nature_se_deduit_du_pays_et_du_numero(pays, identifiant, nature):
    assert rules.nature_de_l_entreprise(pays=pays, identifiant=identifiant) == nature


def test_une_tva_de_l_union_mal_recopiee_est_signalee():
    assert (
        "TVA"
        in rules.controle_de_l_identifiant(pays="BE", identifiant="BE0403170702").motifs[0].texte
    )


def test_hors_de_l_union_tout_numero_officiel_convient():
    assert rules.controle_de_l_identifiant(pays="MA", identifiant="RC45871").favorable
    assert not rules.controle_de_l_identifiant(pays="MA", identifiant="1").favorable


@pytest.mark.parametrize(
    "saisi",
    [
        "732829320",
        "732 829 320",
        "73282932000074",
        "732 829 320 00074",
        "fr44732829320",
        "FR 44 732 829 320",
    ],
)
def test_siret_siren_et_tva_disent_la_meme_entreprise(saisi):
    assert rules.identite_d_un_membre(saisi) == "732829320"


@pytest.mark.parametrize("saisi", ["DE 811 569 869", "de811569869"])
def test_un_numero_etranger_reste_entier(saisi):
    assert rules.identite_d_un_membre(saisi) == "DE811569869"


def test_une_tva_francaise_a_la_cle_fausse_n_est_pas_lue_comme_un_siren():
    assert rules.identite_d_un_membre("FR00732829320") == "FR00732829320"


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("732829321", "Ce SIREN n'existe pas"),
        ("73282932000075", "Ce SIRET n'existe pas"),
        ("12", "de 3 à 40 signes"),
    ],
)
def test_un_membre_mal_saisi_se_corrige(saisi, phrase):
    assert phrase in rules.controle_d_un_membre(saisi).motifs[0].texte


@pytest.mark.parametrize("saisi", ["732829320", "73282932000074", "GB123456789", "DE811569869"])
def test_un_membre_bien_saisi_est_accepte(saisi):
    assert rules.controle_d_un_membre(saisi).favorable


def test_la_premiere_equipe_d_une_personne_ne_s_arrete_jamais():
    assert rules.peut_fonder(fondees_aujourd_hui=0, du_reseau=10_000).favorable


def test_au_dela_de_quelques_equipes_en_un_jour_on_attend_demain():
    trop = rules.peut_fonder(fondees_aujourd_hui=rules.EQUIPES_PAR_JOUR, du_reseau=0)
    nuee = rules.peut_fonder(fondees_aujourd_hui=1, du_reseau=rules.EQUIPES_PAR_RESEAU)

    assert rules.peut_fonder(
        fondees_aujourd_hui=rules.EQUIPES_PAR_JOUR - 1, du_reseau=rules.EQUIPES_PAR_RESEAU - 1
    ).favorable
    assert "Reprenez demain" in trop.motifs[0].texte
    assert "votre réseau" in nuee.motifs[0].texte


@pytest.mark.parametrize(
    "change",
    [
        {"habitee": True},
        {"reunie": True},
        {"compte_ouvert": False},
        {"adresse_prouvee": False},
        {"soi_meme": True},
    ],
)
def test_une_equipe_vide_se_rouvre_a_qui_l_on_sait_joindre(change):
    dits = {
        "habitee": False,
        "reunie": False,
        "compte_ouvert": True,
        "adresse_prouvee": True,
        "soi_meme": False,
    }
    assert rules.peut_rouvrir(**dits).favorable
    assert not rules.peut_rouvrir(**{**dits, **change}).favorable
