"""L'annexe 1 imprimée est la grille qui calcule : rien ne se tape deux fois."""

from datetime import date
from decimal import Decimal

import pytest

from beffroi.centre.contributions.annexe import annexe_au, lignes
from beffroi.centre.contributions.tests.gestes import garder_la_grille, sans_insecables
from beffroi.centre.conventions import actes
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.tests import gestes
from beffroi.centre.tarif.rules.grille import Tarif, TrancheTarifaire, tarif_de_l_annexe
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.fondations.erreurs import RegleEnfreinte


def test_les_cinq_tranches_de_la_convention_et_leurs_montants():
    imprimees = [(une.consultations, une.plus_de_350) for une in lignes(tarif_de_l_annexe())]

    assert [quoi for quoi, _ in imprimees] == [
        "Moins de 50",
        "De 50 à 150",
        "De 151 à 250",
        "De 251 à 350",
        "Plus de 350",
    ]
    assert [sans_insecables(prix) for _, prix in imprimees] == [
        "250 €",
        "500 €",
        "1 000 €",
        "2 000 €",
        "4 000 €",
    ]
    assert {une.moins_de_350 for une in lignes(tarif_de_l_annexe())} == {"Gratuit"}


def test_deux_categories_aux_tranches_differentes_se_lisent_sur_les_memes_lignes():
    tarif = Tarif(
        au_dela=(
            TrancheTarifaire(1, 0, 9, Decimal(100)),
            TrancheTarifaire(2, 10, None, Decimal(200)),
        ),
        jusqu_au_seuil=(
            TrancheTarifaire(1, 0, 19, Decimal(0)),
            TrancheTarifaire(2, 20, None, Decimal(50)),
        ),
    )

    assert [(une.consultations, sans_insecables(une.moins_de_350)) for une in lignes(tarif)] == [
        ("Moins de 10", "Gratuit"),
        ("De 10 à 19", "Gratuit"),
        ("Plus de 19", "50 €"),
    ]


@pytest.mark.django_db
def test_sans_grille_adoptee_celle_des_parametres_s_imprime(fanny):
    gestes.decider_de_tout(fanny)

    assert annexe_au(date(2026, 11, 2)) == ()
    faits = actes.faits(gestes.demande(), le=date(2026, 11, 2))
    assert faits.grille[1].consultations == "De 50 à 150"


@pytest.mark.django_db
def test_adoptee_elle_s_imprime_et_ne_se_tape_plus(fanny):
    gestes.decider_de_tout(fanny)
    garder_la_grille(fanny)
    faits = actes.faits(gestes.demande(), le=date(2026, 11, 2))

    assert faits.grille == annexe_au(date(2026, 11, 2)) != ()
    assert faits.grille[2].consultations == "De 151 à 250"
    with pytest.raises(RegleEnfreinte, match="adoptez-en une autre"):
        decider(
            nom="grille",
            valeur="Tranche 1 | Tous | Gratuit | 999 €",
            effet_le=date(2026, 1, 1),
            deliberation="",
            par=fanny,
            maintenant=LUNDI,
        )
