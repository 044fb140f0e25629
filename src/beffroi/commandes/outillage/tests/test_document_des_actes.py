"""La page « Où se fait quoi » : d'un verbe à l'acte, à l'écran, aux tests."""

from beffroi.commandes.outillage import document_des_actes


def test_d_un_verbe_on_va_a_l_acte_a_son_ecran_et_a_ses_essais():
    ligne = ligne_de("relancer", "echanges/services/suites.py")

    assert "echanges/views/suivi.py" in ligne
    assert "echanges/tests/test_services.py" in ligne


def test_un_acte_part_aussi_d_un_module_seul_et_se_joue_par_une_scene():
    assert "conventions/gestes_de_l_ecran.py" in ligne_de("relancer", "conventions/services")
    assert "impayes/tests/test_services.py" in ligne_de("relancer", "impayes/services")


def ligne_de(acte, module):
    (ligne,) = (
        ligne
        for ligne in document_des_actes.page().splitlines()
        if ligne.startswith(f"| [{acte}]") and module in ligne
    )
    return ligne


def test_chaque_lien_mene_a_un_fichier():
    page = document_des_actes.page()
    cibles = {suite.partition(")")[0] for suite in page.split("](")[1:]}

    assert len(cibles) > 300
    assert [c for c in cibles if not (document_des_actes.PAGE.parent / c).exists()] == []


def test_chaque_acte_dit_ce_qu_il_fait_en_une_phrase_qui_tient_sur_une_ligne():
    assert document_des_actes.premiere_phrase("Écrit\nde nouveau.\n\nPuis | dort.") == (
        "Écrit de nouveau."
    )
    assert document_des_actes.premiere_phrase("l'un | l'autre") == "l'un \\| l'autre"
