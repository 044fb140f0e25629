"""Le code, les limites, le texte accepté : sur des valeurs nues."""

import pytest

from beffroi.service.teleassistance import rules


@pytest.mark.parametrize("tape", ["482915", "482 915", " 48 29 15 "])
def test_un_code_se_tape_avec_ou_sans_espaces(tape):
    assert rules.code_tape(tape) == "482915"


@pytest.mark.parametrize("tape", ["", "48291", "4829155", "48291a", "٤٨٢٩١٥"])
def test_un_code_qui_n_a_pas_six_chiffres_n_en_est_pas_un(tape):
    assert rules.code_tape(tape) == ""


def test_le_code_se_dicte_en_deux_groupes():
    assert rules.code_dicte("482915") == "482 915"


def test_un_code_designe_le_partage_qui_l_attend_et_aucun_autre():
    codes = {"TA-A": "111111", "TA-B": "222222"}

    assert rules.designe("222222", codes) == "TA-B"
    assert rules.designe("333333", codes) == ""
    assert rules.designe("", codes) == ""


def test_cinq_codes_faux_font_attendre():
    assert rules.peut_essayer(manques=4).favorable
    assert not rules.peut_essayer(manques=5).favorable


def test_trop_de_codes_ensemble_se_refusent():
    assert rules.peut_attendre(en_attente=199).favorable
    assert not rules.peut_attendre(en_attente=200).favorable


@pytest.mark.parametrize("budget", [rules.ACCORDS_D_INCONNUS, rules.ACCORDS_PAR_LIEN])
def test_un_inconnu_donne_cinq_accords_en_dix_minutes_et_laisse_la_moitie_des_places(budget):
    assert (budget.par_reseau, budget.pendant) == (5, rules.VIE_DU_CODE)
    assert 2 * budget.en_tout <= rules.EN_ATTENTE_AU_PLUS
    assert budget.lignes == 0


@pytest.mark.parametrize(
    ("cote", "genre", "octets", "deja", "recu"),
    [
        ("personne", "offre", 16384, 63, True),
        ("personne", "offre", 16385, 0, False),
        ("personne", "offre", 10, 64, False),
        ("personne", "reponse", 10, 0, False),
        ("personne", "pret", 10, 0, False),
        ("centre", "pret", 10, 0, True),
        ("centre", "offre", 10, 0, False),
        ("centre", "image", 10, 0, False),
    ],
)
def test_un_signal_est_court_rare_et_du_bon_cote(cote, genre, octets, deja, recu):
    assert (
        rules.signal_recevable(cote=cote, genre=genre, octets=octets, deja=deja).favorable is recu
    )


def test_le_texte_accepte_dit_ce_qui_compte():
    texte = " ".join(rules.CE_QUI_EST_ACCEPTE)

    for dit in (
        "Il voit seulement",
        "Rien n'est enregistré",
        "arrêtez quand vous voulez",
        "votre micro reste coupé tant que",
        "floutent",
    ):
        assert dit in texte
    assert len(rules.empreinte_du_texte()) == 64


def test_un_texte_paru_ne_se_recrit_pas():
    """Les accords donnés gardent son empreinte : le changer les rendrait illisibles."""
    premiere = "59156e87d2a59e25"

    assert rules.empreinte_du_texte(rules.VERSIONS[0]).startswith(premiere)
    assert len({rules.empreinte_du_texte(texte) for texte in rules.VERSIONS}) == len(rules.VERSIONS)


def test_qui_a_accepte_le_telephone_n_a_pas_accepte_le_micro():
    assert not rules.peut_parler_ici(texte_accepte=rules.empreinte_du_texte(rules.VERSIONS[0]))
    assert rules.peut_parler_ici(texte_accepte=rules.empreinte_du_texte())
    assert not rules.peut_parler_ici(texte_accepte="")
