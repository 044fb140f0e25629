"""CCP, art. R. 2194-1 à R. 2194-10 :
modifier un marché sans le remettre en concurrence, dans quelles limites.
"""

from datetime import date
from decimal import Decimal

import pytest

from beffroi.contrat.marches.rules.modifications import (
    Base,
    Passee,
    calculer,
    modification_recevable,
)
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "R. 2194-1")
TRAVAUX = Base(initial=Decimal(100_000), prestation="travaux")
SERVICES = Base(initial=Decimal(100_000), prestation="services")
LE = date(2026, 11, 2)


def calcul(fondement: str, montant: str, base: Base = TRAVAUX, *deja: str):
    passees = [Passee("faible_montant", Decimal(somme)) for somme in deja]
    return calculer(fondement, Decimal(montant), base=base, passees=passees, signature=LE)


def refusee(dite) -> bool:
    return not modification_recevable(dite, motif="Un imprévu.", nouveau_titulaire="").favorable


@pytest.mark.article("CCP", "R. 2194-8")
def test_le_faible_montant_est_de_dix_pour_cent_ou_de_quinze_pour_des_travaux():
    assert bascule("modification.faible_montant.fournitures_services", CODE) == (INCONNUE, 10)
    assert bascule("modification.faible_montant.travaux", CODE) == (INCONNUE, 15)


@pytest.mark.article("CCP", "R. 2194-8")
@pytest.mark.parametrize(
    "base,montant,refus",
    [
        (TRAVAUX, "14999.99", False),
        (TRAVAUX, "15000", True),
        (SERVICES, "9999.99", False),
        (SERVICES, "10000", True),
    ],
)
def test_le_faible_montant_reste_strictement_sous_sa_part(base, montant, refus):
    assert refusee(calcul("faible_montant", montant, base)) is refus


@pytest.mark.article("CCP", "R. 2194-8")
def test_le_faible_montant_reste_aussi_sous_le_seuil_europeen():
    grand = Base(initial=Decimal(3_000_000), prestation="services")

    assert calcul("faible_montant", "215999.99", grand).tient
    assert not calcul("faible_montant", "216000", grand).tient


@pytest.mark.article("CCP", "R. 2194-9")
def test_les_faibles_montants_se_cumulent_et_le_calcul_se_lit():
    dite = calcul("faible_montant", "4000", SERVICES, "6000")

    assert refusee(dite)
    assert "6 000 € déjà conclus" in dite.phrase.replace("\xa0", " ").replace("\u202f", " ")
    assert "10 000 € en tout" in dite.phrase.replace("\xa0", " ").replace("\u202f", " ")
    assert "10 % de 100 000 €" in dite.phrase.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.article("CCP", "R. 2194-9")
def test_une_modification_d_un_autre_fondement_n_entre_pas_dans_le_cumul():
    passees = [Passee("imprevue", Decimal(40_000))]

    assert calculer(
        "faible_montant", Decimal(9_000), base=SERVICES, passees=passees, signature=LE
    ).tient


@pytest.mark.article("CCP", "R. 2194-3")
@pytest.mark.parametrize("fondement", ["supplementaire", "imprevue"])
def test_chaque_modification_necessaire_ou_imprevue_va_jusqu_a_la_moitie(fondement):
    assert calcul(fondement, "50000").tient
    assert refusee(calcul(fondement, "50000.01"))


@pytest.mark.article("CCP", "R. 2194-3")
def test_la_limite_de_moitie_vaut_pour_chacune_et_non_pour_leur_somme():
    passees = [Passee("imprevue", Decimal(50_000))]

    assert calculer("imprevue", Decimal(50_000), base=TRAVAUX, passees=passees, signature=LE).tient


@pytest.mark.article("CCP", "R. 2194-3")
def test_une_entite_adjudicatrice_n_a_pas_la_limite_de_moitie():
    assert calcul(
        "imprevue",
        "90000",
        Base(initial=Decimal(100_000), prestation="travaux", entite_adjudicatrice=True),
    ).tient


@pytest.mark.article("CCP", "R. 2194-10")
@pytest.mark.parametrize(
    "fondement,formalise,avis",
    [
        ("imprevue", True, True),
        ("supplementaire", True, True),
        ("imprevue", False, False),
        ("faible_montant", True, False),
    ],
)
def test_l_avis_de_modification_suit_la_procedure_formalisee_et_deux_fondements(
    fondement, formalise, avis
):
    assert (
        calcul(
            fondement,
            "100",
            Base(initial=Decimal(100_000), prestation="travaux", formalise=formalise),
        ).avis
        is avis
    )


@pytest.mark.article("CCP", "R. 2194-6")
def test_un_nouveau_titulaire_se_nomme():
    dite = calcul("substitution", "0")

    assert refusee(dite)
    assert modification_recevable(
        dite, motif="Fusion.", nouveau_titulaire="80295478500028"
    ).favorable
    assert not modification_recevable(
        dite, motif="Fusion.", nouveau_titulaire="80295478500028", remplace_connu=False
    ).favorable


@pytest.mark.article("CCP", "R. 2194-7")
def test_une_modification_non_substantielle_n_a_pas_de_limite_mais_un_motif():
    dite = calcul("non_substantielle", "60000")

    assert dite.tient
    assert not modification_recevable(dite, motif=" ", nouveau_titulaire="").favorable


@pytest.mark.article("CCP", "R. 3135-8")
def test_une_concession_a_dix_pour_cent():
    concession = Base(initial=Decimal(100_000), prestation="services", concession=True)

    assert calcul("faible_montant", "9999", concession).tient
    assert not calcul("faible_montant", "10000", concession).tient


@pytest.mark.article("CCP", "R. 3135-3")
def test_une_concession_va_jusqu_a_la_moitie_pour_un_imprevu():
    concession = Base(initial=Decimal(100_000), prestation="services", concession=True)

    assert calcul("imprevue", "50000", concession).tient
    assert not calcul("imprevue", "50001", concession).tient


@pytest.mark.article("CCP", "R. 2194-2")
@pytest.mark.article("CCP", "R. 2194-5")
@pytest.mark.article("CCP", "R. 3135-1")
@pytest.mark.article("CCP", "R. 3135-2")
@pytest.mark.article("CCP", "R. 3135-5")
@pytest.mark.article("CCP", "R. 3135-6")
@pytest.mark.article("CCP", "R. 3135-7")
@pytest.mark.parametrize(
    ("fondement", "marche", "concession"),
    [
        ("reexamen", "R. 2194-1", "R. 3135-1"),
        ("supplementaire", "R. 2194-2", "R. 3135-2"),
        ("imprevue", "R. 2194-5", "R. 3135-5"),
        ("substitution", "R. 2194-6", "R. 3135-6"),
        ("non_substantielle", "R. 2194-7", "R. 3135-7"),
        ("faible_montant", "R. 2194-8", "R. 3135-8"),
    ],
)
def test_le_calcul_cite_l_article_du_contrat_qu_il_modifie(fondement, marche, concession):
    en_concession = Base(initial=Decimal(100_000), prestation="services", concession=True)

    assert str(calcul(fondement, "100").article) == f"CCP, art. {marche}"
    assert str(calcul(fondement, "100", en_concession).article) == f"CCP, art. {concession}"


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        ("modification.faible_montant.concession", 10),
        ("modification.supplementaire_ou_imprevue", 50),
        ("modification.supplementaire_ou_imprevue.concession", 50),
    ],
)
def test_les_autres_limites_sont_connues_depuis_le_code(cle, valeur):
    assert bascule(cle, CODE) == (INCONNUE, valeur)


@pytest.mark.article("CCP", "R. 2194-8")
@pytest.mark.parametrize(
    ("base", "seuil"),
    [
        (Base(initial=Decimal(90_000_000), prestation="travaux"), 5_404_000),
        (Base(initial=Decimal(90_000_000), prestation="fournitures"), 216_000),
        (
            Base(initial=Decimal(90_000_000), prestation="services", entite_adjudicatrice=True),
            432_000,
        ),
        (
            Base(initial=Decimal(90_000_000), prestation="fournitures", entite_adjudicatrice=True),
            432_000,
        ),
        (
            Base(initial=Decimal(90_000_000), prestation="travaux", entite_adjudicatrice=True),
            5_404_000,
        ),
    ],
    ids=[
        "travaux",
        "fournitures",
        "services_d_une_entite",
        "fournitures_d_une_entite",
        "travaux_d_une_entite",
    ],
)
def test_le_seuil_europeen_est_celui_de_la_prestation_et_de_l_acheteur(base, seuil):
    assert calcul("faible_montant", str(seuil - Decimal("0.01")), base).tient
    assert not calcul("faible_montant", str(seuil), base).tient


@pytest.mark.article("CCP", "R. 3135-8")
@pytest.mark.parametrize("prestation", ["travaux", "services"])
def test_une_concession_a_son_seuil_et_sa_part_quelle_que_soit_la_prestation(prestation):
    grande = Base(initial=Decimal(90_000_000), prestation=prestation, concession=True)
    petite = Base(initial=Decimal(100_000), prestation=prestation, concession=True)

    assert calcul("faible_montant", "5403999.99", grande).tient
    assert not calcul("faible_montant", "5404000", grande).tient
    assert not calcul("faible_montant", "12000", petite).tient


@pytest.mark.article("CCP", "R. 2194-9")
def test_une_baisse_s_ajoute_au_cumul_avec_son_signe_et_se_borne_comme_une_hausse():
    assert calcul("faible_montant", "-9999.99", SERVICES).tient
    assert not calcul("faible_montant", "-10000", SERVICES).tient
    assert calcul("faible_montant", "12000", SERVICES, "-6000").tient


@pytest.mark.article("CCP", "R. 2194-3")
def test_la_moitie_d_un_montant_impair_s_arrondit_au_centime_inferieur():
    impair = Base(initial=Decimal("100000.01"), prestation="services")

    assert calcul("imprevue", "50000.00", impair).tient
    assert not calcul("imprevue", "50000.01", impair).tient


@pytest.mark.article("CCP", "R. 2194-1")
@pytest.mark.parametrize("fondement", ["reexamen", "substitution", "non_substantielle"])
def test_trois_fondements_n_ont_pas_de_limite_ni_d_avis(fondement):
    dite = calcul(
        fondement, "900000", Base(initial=Decimal(100_000), prestation="travaux", formalise=True)
    )

    assert dite.tient and dite.limite is None and not dite.avis
    assert modification_recevable(
        dite, motif="Prévu.", nouveau_titulaire="80295478500028"
    ).favorable


@pytest.mark.article("CCP", "R. 2194-2")
def test_une_modification_dans_sa_limite_et_motivee_est_recevable_sans_nouveau_titulaire():
    assert modification_recevable(
        calcul("supplementaire", "100"), motif="Un mur.", nouveau_titulaire=""
    ).favorable


@pytest.mark.article("CCP", "R. 2194-8")
def test_la_part_se_lit_en_pour_cent_du_montant_initial():
    assert "soit 12,35 % de 100 000 €" in calcul("faible_montant", "12345.67").phrase.replace(
        "\xa0", " "
    ).replace("\u202f", " ")
