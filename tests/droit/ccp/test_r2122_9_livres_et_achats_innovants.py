"""CCP, art. R. 2122-9 et R. 2122-9-1 :
des livres non scolaires, une innovation, dispensés sous un montant qui leur est propre.

La plateforme ne les suppose pas :
elle les montre parmi les voies, avec leur montant, à qui en a le cas.
"""

import pytest

from tests.droit.besoins import articles, propose

pytestmark = [pytest.mark.article("CCP", "R. 2122-9"), pytest.mark.article("CCP", "R. 2122-9-1")]
LIVRES, INNOVATION = "CCP, art. R. 2122-9", "CCP, art. R. 2122-9-1"


def dispenses(montant: int, **change) -> list[str]:
    voies = propose(montant, **change).procedure.alternatives
    return [
        article
        for voie in voies
        if voie.valeurs == ("sans_publicite",)
        for article in articles([voie.consequence])
    ]


@pytest.mark.parametrize(
    "montant,prestation,attendues",
    [
        (89_999, "fournitures", [LIVRES, INNOVATION]),
        (90_000, "fournitures", [INNOVATION]),
        (99_999, "services", [INNOVATION]),
        (100_000, "services", []),
    ],
)
def test_chacun_se_montre_sous_son_montant_et_pas_au_dessus(montant, prestation, attendues):
    assert dispenses(montant, prestation=prestation) == attendues


def test_la_procedure_proposee_reste_celle_du_cas_ordinaire():
    assert propose(89_999, prestation="fournitures").procedure.valeur == "procedure_adaptee_ouverte"


def test_la_defense_n_est_pas_dispensee_par_ces_articles():
    assert dispenses(80_000, contrat="défense ou sécurité") == []
