"""CCP, art. R. 2113-4 à R. 2113-6 : une tranche ferme, des tranches
optionnelles ; et les options (PUB-15).
"""

from dataclasses import replace

import pytest

from beffroi.achat.redaction.tests.achats import MAPA, RESERVE
from beffroi.achat.redaction.tests.textes import du_reglement
from droit.achat import PrestationSupplementaire, Tranche
from tests.droit.achats import achat, constats, execution, exige, reglement

pytestmark = [
    pytest.mark.article("CCP", "R. 2113-4"),
    pytest.mark.article("CCP", "R. 2113-6"),
    pytest.mark.article("CCP", "R. 2121-1"),
]
FERME, OPTIONNELLE = Tranche(intitule="École", ferme=True), Tranche(intitule="Cantine")
DIT_LES_TRANCHES = "Le marché comporte une tranche ferme et une tranche optionnelle."


def avec(*tranches):
    return achat(execution=execution(tranches=tranches))


@pytest.mark.parametrize(
    "tranches", [(OPTIONNELLE,), (FERME, replace(FERME, intitule="Mairie"), OPTIONNELLE)]
)
def test_une_tranche_ferme_et_une_seule(tranches):
    quoi = "Un marché à tranches a une tranche ferme, et une seule."

    exige(
        "PUB-15",
        "bloquant",
        "execution.tranches",
        quoi,
        "Dites laquelle vous exécutez à coup sûr.",
        projet=avec(*tranches),
    )


def test_une_tranche_ferme_seule_n_en_est_pas_une():
    quoi = "Le marché a une tranche ferme, et aucune tranche optionnelle."
    remede = "Ajoutez une tranche optionnelle, ou effacez les tranches."

    exige("PUB-15", "avertissement", "execution.tranches", quoi, remede, projet=avec(FERME))


def test_des_tranches_bien_dites_ne_disent_rien():
    assert (
        constats("PUB-15", avec(FERME, OPTIONNELLE), lu=reglement(en_plus=(DIT_LES_TRANCHES,)))
        == ()
    )


def test_un_reglement_muet_sur_les_tranches_se_signale():
    quoi = "La consultation prévoit des tranches, et le règlement n'en parle pas."

    exige(
        "PUB-15",
        "avertissement",
        "execution.tranches",
        quoi,
        "Annoncez-le.",
        projet=avec(FERME, OPTIONNELLE),
        lu=reglement(),
    )


@pytest.mark.parametrize(
    "phrase,champ,quoi",
    [
        (DIT_LES_TRANCHES, "execution.tranches", "des tranches"),
        (
            "Le candidat chiffre les prestations supplémentaires éventuelles.",
            "execution.prestations_supplementaires",
            "des prestations supplémentaires éventuelles",
        ),
    ],
)
def test_un_reglement_qui_en_annonce_de_trop_se_signale(phrase, champ, quoi):
    dit = f"Le règlement annonce {quoi} que la consultation ne prévoit pas."
    remede = "Dites-le dans la consultation, ou ôtez la phrase."

    exige(
        "PUB-15",
        "avertissement",
        champ,
        dit,
        remede,
        projet=achat(),
        lu=reglement(en_plus=(phrase,)),
    )


def test_un_reglement_qui_les_exclut_va_avec_un_achat_sans_tranches():
    lu = reglement(
        en_plus=(
            "Le marché ne comporte pas de tranches optionnelles ni de prestations supplémentaires.",
        )
    )

    assert constats("PUB-15", achat(), lu=lu) == ()


def test_une_option_prevue_et_tue_se_signale():
    projet = achat(
        execution=execution(
            prestations_supplementaires=(PrestationSupplementaire(intitule="Gouttières"),)
        )
    )

    assert [c.champ for c in constats("PUB-15", projet, lu=reglement())] == [
        "execution.prestations_supplementaires"
    ]


def test_le_reglement_ecrit_dit_l_indemnite_ou_son_absence():
    prevue = replace(
        RESERVE,
        execution=replace(RESERVE.execution, indemnite_des_tranches="Deux pour cent de la tranche"),
    )

    assert "Aucune indemnité n'est due si une tranche attend" in du_reglement(RESERVE)
    assert (
        "Indemnité si une tranche attend ou ne se fait pas : deux pour cent de la tranche."
        in du_reglement(prevue)
    )
    assert "Indemnité" not in du_reglement(MAPA)
