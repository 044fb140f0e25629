"""CCP, art. R. 2112-6, R. 2112-8 à R. 2112-14 :
la forme du prix, et ce qui peut le changer (PUB-14).

« Un prix ferme est un prix invariable pendant la durée du marché. » Pour des travaux, ses clauses
« doivent prévoir les modalités d'actualisation ». Un prix révisable fixe la date du prix initial,
le calcul et la périodicité.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from beffroi.achat.preparation.rules.prix import forme_usuelle, variation_usuelle
from beffroi.achat.preparation.rules.reponses import Montant, Nature
from beffroi.achat.redaction.tests.achats import CONCESSION, MAPA
from beffroi.achat.redaction.tests.textes import de_l_acte, du_reglement
from droit.achat import AccordCadre, Tranche
from tests.droit.achats import achat, constats, execution, exige, reglement

pytestmark = [
    pytest.mark.article("CCP", "R. 2112-6"),
    pytest.mark.article("CCP", "R. 2112-8"),
    pytest.mark.article("CCP", "R. 2112-10"),
    pytest.mark.article("CCP", "R. 2112-13"),
]
TRAVAUX, SERVICES = Nature(prestation="travaux"), Nature(prestation="services")
MAITRISE_D_OEUVRE = Nature(prestation="services", maitrise_d_oeuvre=True)


def avec(**change):
    return achat(execution=execution(**change))


def ecrit(**change):
    return du_reglement(replace(MAPA, execution=replace(MAPA.execution, **change)))


@pytest.mark.parametrize(
    "projet,champ,quoi,remede",
    [
        (
            avec(forme_de_prix=""),
            "execution.forme_de_prix",
            "La forme du prix n'est pas dite.",
            "Choisissez-la : l'acte d'engagement en dépend.",
        ),
        (
            avec(variation_de_prix=""),
            "execution.variation_de_prix",
            "On ne sait pas si le prix est ferme ou révisable.",
            "Dites-le : les entreprises en tiennent compte dans leur prix.",
        ),
        (
            avec(variation_de_prix="ferme"),
            "execution.variation_de_prix",
            "Un prix ferme de travaux s'actualise, et celui-ci ne le prévoit pas.",
            "Choisissez « ferme, actualisé » : le code l'exige pour des travaux (R. 2112-10).",
        ),
        (
            avec(variation_de_prix="révisable"),
            "execution.clause_de_prix",
            "Le prix est révisable, sans dire comment.",
            "Écrivez-les, ou nommez l'article du cahier des clauses qui les donne.",
        ),
        (
            replace(avec(), code_cpv="15300000-1"),
            "execution.variation_de_prix",
            "Le prix de produits agricoles ou alimentaires est ferme.",
            "Prévoyez une révision, si vous achetez des matières premières (R. 2112-13).",
        ),
    ],
)
def test_un_prix_mal_dit_se_signale(projet, champ, quoi, remede):
    exige("PUB-14", "avertissement", champ, quoi, remede, projet=projet)


@pytest.mark.parametrize(
    "projet",
    [
        replace(avec(variation_de_prix="ferme"), prestation="services"),
        avec(variation_de_prix="révisable", clause_de_prix="Index BT01, chaque mois."),
        replace(avec(variation_de_prix=""), prestation="services", maitrise_d_oeuvre=True),
        replace(avec(forme_de_prix="", variation_de_prix=""), contrat="concession"),
    ],
    ids=["services fermes", "révisable avec sa clause", "maîtrise d'œuvre", "concession"],
)
def test_un_prix_bien_dit_ne_se_signale_pas(projet):
    assert constats("PUB-14", projet) == ()


def test_un_reglement_qui_revise_un_prix_ferme_se_signale():
    lu = reglement(en_plus=("Le prix du marché est révisable chaque année.",))
    quoi = "Le règlement et la consultation ne disent pas la même évolution du prix."

    exige(
        "PUB-14",
        "avertissement",
        "execution.variation_de_prix",
        quoi,
        "Accordez-les.",
        projet=achat(),
        lu=lu,
    )


def test_un_reglement_qui_exclut_la_revision_va_avec_un_prix_ferme():
    assert (
        constats(
            "PUB-14", achat(), lu=reglement(en_plus=("Le prix du marché n'est pas révisable.",))
        )
        == ()
    )


def test_le_reglement_et_l_acte_d_engagement_disent_le_meme_prix():
    change = replace(
        MAPA, execution=replace(MAPA.execution, variation_de_prix="ferme actualisable")
    )
    phrase = (
        "Le prix est ferme et actualisable. Il est actualisé une fois si plus de "
        "trois mois séparent"
    )

    assert phrase in du_reglement(change) and phrase in de_l_acte(change)


def test_chaque_tranche_s_actualise_a_son_debut():
    tranches = (Tranche(intitule="A", ferme=True), Tranche(intitule="B"))

    lu = ecrit(variation_de_prix="ferme actualisable", tranches=tranches)

    assert "le début de la tranche" in lu and "R. 2112-9 à R. 2112-12" in lu


def test_un_prix_revisable_sans_clause_reste_a_completer():
    assert "Le prix est révisable. [À compléter" in ecrit(variation_de_prix="révisable")
    assert "Le prix est révisable. Index BT01." in ecrit(
        variation_de_prix="révisable", clause_de_prix="Index BT01"
    )


def test_une_concession_n_a_pas_de_prix():
    dite = replace(CONCESSION, execution=replace(CONCESSION.execution, variation_de_prix="ferme"))

    assert "prix est ferme" not in du_reglement(dite)


@pytest.mark.parametrize(
    "nature,change,cpv,forme,variation",
    [
        (TRAVAUX, {}, "45261210", "forfaitaire", "ferme actualisable"),
        (SERVICES, {}, "90911200", "forfaitaire", "ferme"),
        (SERVICES, {"accord_cadre": AccordCadre()}, "90911200", "unitaire", "ferme"),
        (
            SERVICES,
            {"reconductions": 1, "mois_par_reconduction": 12},
            "90911200",
            "forfaitaire",
            "",
        ),
        (SERVICES, {}, "15300000", "forfaitaire", ""),
        (MAITRISE_D_OEUVRE, {}, "71000000", "forfaitaire", ""),
        (replace(SERVICES, contrat="concession"), {}, "75125000", "", ""),
    ],
)
def test_sans_reponse_le_prix_suit_l_usage_ou_se_tait(nature, change, cpv, forme, variation):
    montant = Montant(estime=Decimal(1), duree_en_mois=12, **change)

    assert (forme_usuelle(nature, montant), variation_usuelle(nature, montant, cpv)) == (
        forme,
        variation,
    )
