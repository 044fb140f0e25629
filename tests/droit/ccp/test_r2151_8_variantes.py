"""CCP, art. R. 2151-8 à R. 2151-10 : les variantes, leur régime par défaut, leurs exigences (RC-29)."""

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

    exige("RC-29", "bloquant", "offre.variantes.exigences_minimales", quoi, remede, projet=avec(regime))


@pytest.mark.article("CCP", "R. 2151-10")
def test_des_variantes_avec_exigences_ne_disent_rien():
    variantes = Variantes(regime="autorisées", exigences_minimales="Même pente, même durée de garantie.")

    assert constats("RC-29", achat(offre=offre(variantes=variantes))) == ()


@pytest.mark.parametrize(
    "change,defaut",
    [
        ({}, "autorisées"),
        ({"procedure": "appel_offres_ouvert"}, "interdites"),
        (
            {"procedure": "appel_offres_ouvert", "acheteur": acheteur(type_d_acheteur="entité adjudicatrice")},
            "autorisées",
        ),
    ],
)
def test_sans_rien_dire_le_code_repond_pour_l_acheteur(change, defaut):
    quoi = f"Vous n'avez rien dit des variantes : elles sont {defaut}."

    exige(
        "RC-29", "information", REGIME, quoi, "Choisissez : autorisées, interdites ou exigées.", projet=avec(**change)
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
