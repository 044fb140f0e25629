"""Tant par réseau, tant en tout, et le registre qui ne se remplit pas."""

from datetime import timedelta

import pytest

from beffroi.socle.budgets.rules import LIGNES_AU_REGISTRE, Budget, Depenses, duree, peut_agir

ECRIRE = Budget(acte="contact", par_reseau=5, en_tout=50, lignes=2)


@pytest.mark.parametrize(
    ("depenses", "dit"),
    [
        (Depenses(), ""),
        (Depenses(4, 49, LIGNES_AU_REGISTRE - 2), ""),
        (Depenses(5), "5 fois en 1 heure depuis votre réseau. Attendez 1 heure. Connectez-vous"),
        (Depenses(0, 50), "Trop de personnes sans compte"),
        (Depenses(0, 0, LIGNES_AU_REGISTRE - 1), "Le registre a déjà reçu"),
    ],
)
def test_chaque_borne_se_dit(depenses, dit):
    decision = peut_agir(ECRIRE, depenses)

    assert decision.favorable is (dit == "")
    assert dit in " ".join(motif.texte for motif in decision.motifs)


def test_un_acte_qui_n_ecrit_rien_au_registre_ne_l_attend_pas():
    muet = Budget(acte="suivi", par_reseau=5, en_tout=50)

    assert peut_agir(muet, Depenses(0, 0, LIGNES_AU_REGISTRE)).favorable


def test_un_lien_recu_se_dit_par_son_nom():
    budget = Budget(acte="suite", par_reseau=1, en_tout=50, par="lien")

    assert "par ce lien" in peut_agir(budget, Depenses(1)).motifs[0].texte
    assert budget.en_clair == "1 par lien et 50 en tout, en 1 heure"


def test_une_duree_se_dit_en_heures_ou_en_minutes():
    assert [duree(timedelta(minutes=n)) for n in (10, 60, 90, 480)] == [
        "10 minutes",
        "1 heure",
        "90 minutes",
        "8 heures",
    ]
