"""CCP, art. R. 2162-4, L. 2125-1, R. 2122-7, R. 2192-10 et D. 2192-2 :
ce qui suit l'attribution (RC-34, -35, -37, -45).
"""

from decimal import Decimal

import pytest

from droit.achat import AccordCadre
from tests.droit.achats import (
    achat,
    acheteur,
    constats,
    execution,
    exige,
    gravites,
    rapport,
    reglement,
)

pytestmark = pytest.mark.article("CCP", "R. 2162-4")
BORNE = AccordCadre(maximum_en_valeur=Decimal(180_000))


def accord(accord_cadre=BORNE, mois=48, **change):
    return achat(execution=execution(accord_cadre=accord_cadre, duree_en_mois=mois), **change)


def test_un_accord_cadre_sans_maximum_bloque():
    champ = "execution.accord_cadre.maximum_en_valeur"

    exige(
        "RC-34",
        "bloquant",
        champ,
        "L'accord-cadre n'a pas de maximum.",
        "Fixez un maximum.",
        projet=accord(AccordCadre()),
    )


@pytest.mark.parametrize("borne", [BORNE, AccordCadre(maximum_en_quantite="500 repas par mois")])
def test_un_maximum_en_valeur_ou_en_quantite_suffit(borne):
    assert constats("RC-34", accord(borne)) == ()


def test_un_minimum_au_dessus_du_maximum_bloque():
    renverse = AccordCadre(maximum_en_valeur=Decimal(10), minimum_en_valeur=Decimal(11))
    quoi = "Le minimum de l'accord-cadre dépasse son maximum."

    exige(
        "RC-34",
        "bloquant",
        "execution.accord_cadre.minimum_en_valeur",
        quoi,
        "Corrigez ces deux montants.",
        projet=accord(renverse),
    )


@pytest.mark.article("CCP", "L. 2125-1")
@pytest.mark.parametrize(
    "type_d_acheteur,mois,attendues",
    [
        ("pouvoir adjudicateur", 48, []),
        ("pouvoir adjudicateur", 49, ["bloquant"]),
        ("entité adjudicatrice", 96, []),
        ("entité adjudicatrice", 97, ["bloquant"]),
    ],
)
def test_quatre_ans_huit_pour_une_entite_adjudicatrice(type_d_acheteur, mois, attendues):
    projet = accord(mois=mois, acheteur=acheteur(type_d_acheteur=type_d_acheteur))

    assert gravites(constats("RC-34", projet)) == attendues


@pytest.mark.article("CCP", "L. 2125-1")
def test_les_reconductions_comptent_dans_la_duree():
    projet = achat(
        execution=execution(
            accord_cadre=BORNE, duree_en_mois=12, reconductions=4, mois_par_reconduction=12
        )
    )
    quoi = "L'accord-cadre dure trop longtemps, et la raison n'est pas dite."
    remede = "Raccourcissez-le, ou écrivez ce qui justifie cette durée."

    exige("RC-34", "bloquant", "execution.duree_en_mois", quoi, remede, projet=projet)


@pytest.mark.article("CCP", "L. 2125-1")
def test_une_duree_justifiee_ne_dit_rien():
    justifie = AccordCadre(
        maximum_en_valeur=Decimal(9), justification_de_la_duree="Amortir les bacs."
    )

    assert constats("RC-34", accord(justifie, mois=60)) == ()


def test_sans_duree_le_controle_dit_ne_pas_avoir_ete_joue():
    assert any(n.code == "RC-34" for n in rapport(accord(mois=None)).non_joues)


SIMILAIRES = "execution.prestations_similaires"
PREVUES = achat(execution=execution(prestations_similaires=True))


@pytest.mark.article("CCP", "R. 2122-7")
@pytest.mark.parametrize(
    "projet,phrases,quoi,remede",
    [
        (
            PREVUES,
            (),
            "Des prestations similaires sont prévues, et le règlement ne les annonce pas.",
            "Annoncez-les : sans cela, vous ne pourrez pas les confier.",
        ),
        (
            PREVUES,
            ("Des prestations similaires pourront être confiées au titulaire.",),
            (
                "Le règlement ne dit pas que les prestations similaires se confient "
                "dans les trois ans."
            ),
            "Ajoutez ce délai.",
        ),
        (
            achat(),
            ("Des prestations similaires pourront être confiées au titulaire.",),
            "Le règlement annonce des prestations similaires que la consultation ne prévoit pas.",
            "Prévoyez-les dans la consultation, leur montant compris, ou ôtez la phrase.",
        ),
    ],
)
def test_les_prestations_similaires_s_annoncent(projet, phrases, quoi, remede):
    exige(
        "RC-35",
        "avertissement",
        SIMILAIRES,
        quoi,
        remede,
        projet=projet,
        lu=reglement(en_plus=phrases),
    )


@pytest.mark.article("CCP", "R. 2122-7")
def test_annoncees_avec_leurs_trois_ans_elles_ne_disent_rien():
    lu = reglement(
        en_plus=(
            "Des prestations similaires pourront être confiées dans les trois ans "
            "de la notification.",
        )
    )

    assert constats("RC-35", PREVUES, lu=lu) == ()


@pytest.mark.parametrize("ccag", ["", "CCAG Travaux 2009", "Marchés"])
def test_un_cahier_qui_n_est_pas_un_des_six_avertit(ccag):
    quoi = "Le cahier des clauses générales n'est pas un des six de 2021."

    exige(
        "RC-37",
        "avertissement",
        "execution.ccag",
        quoi,
        "Choisissez-en un, ou « Pas de CCAG ».",
        projet=achat(execution=execution(ccag=ccag)),
    )


@pytest.mark.parametrize(
    "ccag", ["Travaux", "Prestations intellectuelles", "MOE", "Maîtrise d'œuvre", "Pas de CCAG"]
)
def test_chacun_des_six_ou_aucun_ne_dit_rien(ccag):
    assert constats("RC-37", achat(execution=execution(ccag=ccag))) == ()


@pytest.mark.parametrize(
    "phrase,quoi,remede",
    [
        (
            "Le marché suit le CCAG Travaux (arrêté du 8 septembre 2009).",
            "Le règlement cite un cahier des clauses générales d'avant 2021.",
            "Citez celui de 2021.",
        ),
        (
            "Le marché suit le CCAG Prestations intellectuelles.",
            "Le règlement ne cite pas le même cahier des clauses générales.",
            "Citez le même partout.",
        ),
    ],
)
def test_un_reglement_qui_cite_un_autre_cahier_avertit(phrase, quoi, remede):
    lu = reglement({"Le marché suit": phrase})

    exige("RC-37", "avertissement", "execution.ccag", quoi, remede, projet=achat(), lu=lu)


@pytest.mark.article("CCP", "R. 2192-10")
@pytest.mark.article("CCP", "D. 2192-2")
@pytest.mark.parametrize(
    "projet,lu,champ,quoi,remede",
    [
        (
            achat(execution=execution(delai_de_paiement_en_jours=31)),
            None,
            "execution.delai_de_paiement_en_jours",
            "Le délai de paiement dépasse celui de la loi.",
            "Ramenez-le à 30 jours.",
        ),
        (
            achat(acheteur=acheteur(service_chorus="")),
            None,
            "acheteur.service_chorus",
            "Le code du service sur Chorus Pro n'est pas dit.",
            "Ajoutez-le si votre organisme en a un : les factures arriveront plus vite.",
        ),
        (
            None,
            reglement({"Chorus Pro": ""}),
            "execution.delai_de_paiement_en_jours",
            "Le règlement ne parle ni du délai de paiement, ni de Chorus Pro.",
            "Ajoutez le délai de 30 jours et l'envoi des factures par Chorus Pro.",
        ),
    ],
)
def test_le_paiement_informe(projet, lu, champ, quoi, remede):
    exige("RC-45", "information", champ, quoi, remede, projet=projet, lu=lu)


@pytest.mark.article("CCP", "R. 2192-10")
def test_trente_jours_est_permis():
    assert constats("RC-45", achat(execution=execution(delai_de_paiement_en_jours=30))) == ()
