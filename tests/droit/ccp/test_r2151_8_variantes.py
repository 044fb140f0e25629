"""CCP, art. R. 2151-8 à R. 2151-10 :
les variantes, leur régime par défaut, leurs exigences (RC-29).
"""

import pytest

from droit.achat import Variantes
from tests.droit.achats import achat, acheteur, constats, exige, gravites, offre, reglement

pytestmark = [pytest.mark.article("CCP", "R. 2151-8"), pytest.mark.article("CCP", "R. 2151-9")]
REGIME = "offre.variantes.regime"


def avec(regime=None, **change):
    return achat(offre=offre(variantes=Variantes(regime=regime)), **change)


@pytest.mark.article("CCP", "R. 2151-10")
@pytest.mark.parametrize("regime", ["autorisées", "exigées"])
def test_des_variantes_sans_exigences_minimales_bloquent(regime):
    quoi = f"Les variantes sont {regime}, sans exigences minimales."
    remede = "Écrivez les exigences minimales, ou interdisez les variantes."

    exige(
        "RC-29",
        "bloquant",
        "offre.variantes.exigences_minimales",
        quoi,
        remede,
        projet=avec(regime),
    )


@pytest.mark.article("CCP", "R. 2151-10")
def test_des_variantes_avec_exigences_ne_disent_rien():
    variantes = Variantes(
        regime="autorisées", exigences_minimales="Même pente, même durée de garantie."
    )

    assert constats("RC-29", achat(offre=offre(variantes=variantes))) == ()


@pytest.mark.parametrize(
    "change,defaut",
    [
        ({}, "autorisées"),
        ({"procedure": "appel_offres_ouvert"}, "interdites"),
        (
            {
                "procedure": "appel_offres_ouvert",
                "acheteur": acheteur(type_d_acheteur="entité adjudicatrice"),
            },
            "autorisées",
        ),
    ],
)
def test_sans_rien_dire_le_code_repond_pour_l_acheteur(change, defaut):
    quoi = f"Vous n'avez rien dit des variantes : elles sont {defaut}."

    exige(
        "RC-29",
        "information",
        REGIME,
        quoi,
        "Choisissez : autorisées, interdites ou exigées.",
        projet=avec(**change),
    )


def test_une_concession_n_a_pas_de_regime_lu():
    assert constats("RC-29", avec(contrat="concession", procedure="concession_sous_le_seuil")) == ()


def test_un_reglement_qui_les_autorise_quand_la_consultation_les_interdit_bloque():
    lu = reglement({"Les variantes": "Les variantes sont autorisées."})
    quoi = "Le règlement et la consultation ne disent pas la même chose des variantes."

    exige("RC-29", "bloquant", REGIME, quoi, "Dites la même chose partout.", projet=achat(), lu=lu)


def test_une_phrase_sur_un_lot_laisse_un_doute():
    lu = reglement({"Les variantes": "Les variantes sont autorisées pour le lot 2."})

    assert gravites(constats("RC-29", achat(), lu=lu)) == ["avertissement"]


@pytest.mark.parametrize(
    ("procedure", "defaut"),
    [("procedure_adaptee_ouverte", "autorisées"), ("appel_offres_ouvert", "interdites")],
)
@pytest.mark.parametrize("regime", ["interdites", "autorisées"])
def test_un_reglement_muet_laisse_repondre_le_code(regime, procedure, defaut):
    variantes = Variantes(regime=regime, exigences_minimales="Même pente.")
    projet = achat(procedure=procedure, offre=offre(variantes=variantes))
    quoi = f"Le règlement ne dit rien des variantes : elles seraient {defaut}."

    exige(
        "RC-29",
        "avertissement",
        REGIME,
        quoi,
        "Écrivez-le dans le règlement.",
        projet=projet,
        lu=sans_variantes(),
    )


def sans_variantes():
    return reglement({"Les variantes": ""})


@pytest.mark.parametrize(
    "phrase",
    [
        "Variantes : non.",
        "Les variantes sont interdites.",
        "Les candidats ne sont pas autorisés à présenter de variantes.",
        "Aucune variante n'est admise.",
        "Il n'est pas prévu de variantes.",
        "Les offres comportant des variantes seront rejetées.",
    ],
)
def test_chaque_facon_d_interdire_les_variantes_se_tait(phrase):
    assert constats("RC-29", achat(), lu=reglement({"Les variantes": phrase})) == ()


def test_un_titre_seul_ne_dit_rien_des_variantes():
    lu = reglement({"Les variantes": "Article 4 : Variantes"})

    assert gravites(constats("RC-29", achat(), lu=lu)) == ["avertissement"]


@pytest.mark.article("CCP", "R. 2151-10")
def test_des_variantes_permises_sans_exigences_dans_le_reglement_avertissent():
    projet = achat(
        offre=offre(variantes=Variantes(regime="autorisées", exigences_minimales="Même pente."))
    )
    lu = reglement({"Les variantes": "Les variantes sont autorisées."})

    assert gravites(constats("RC-29", projet, lu=lu)) == ["avertissement"]


@pytest.mark.article("CCP", "R. 2151-10")
@pytest.mark.parametrize(
    "phrase",
    [
        "Les variantes sont autorisées. Elles respectent la pente et la durée de garantie du CCTP.",
        "Les variantes sont admises ; les exigences minimales sont la pente et la garantie.",
        "Des variantes peuvent être proposées ; elles doivent garder la pente d'origine.",
        "Variantes autorisées. Conditions minimales : même pente.",
        (
            "Les variantes sont autorisées sous réserve du respect des caractéristiques "
            "minimales du CCTP."
        ),
    ],
)
def test_des_variantes_permises_avec_leurs_exigences_se_taisent(phrase):
    projet = achat(
        offre=offre(variantes=Variantes(regime="autorisées", exigences_minimales="Même pente."))
    )

    assert constats("RC-29", projet, lu=reglement({"Les variantes": phrase})) == ()


PROPOSEES = Variantes(regime="interdites", proposees=True)


def test_un_regime_propose_se_lit_sans_rien_demander():
    quoi = "Vous n'avez rien dit des variantes : elles sont interdites, et le règlement le dit."
    remede = "Laissez ainsi, ou autorisez-les en disant ce qu'elles doivent respecter."

    exige(
        "RC-29", "information", REGIME, quoi, remede, projet=achat(offre=offre(variantes=PROPOSEES))
    )


def test_un_reglement_apporte_qui_les_autorise_avertit_qui_n_a_rien_choisi():
    lu = reglement(
        {"Les variantes": "Les variantes sont autorisées. Elles doivent respecter la même pente."}
    )
    trouves = constats("RC-29", achat(offre=offre(variantes=PROPOSEES)), lu=lu)

    assert gravites(trouves) == ["information", "avertissement"]
