"""CCP, art. R. 2123-5, R. 2123-6, R. 2161-5, -17 et -18 : négocier si la procédure le permet (RC-32), n'en nommer qu'une
(RC-33).
"""

import pytest

from droit.achat import Negociation
from tests.droit.achats import achat, constats, exige, gravites, offre, reglement

pytestmark = pytest.mark.article("CCP", "R. 2123-6")
PREVUE = "offre.negociation.prevue"
SANS = offre(negociation=Negociation())


@pytest.mark.article("CCP", "R. 2161-5")
def test_negocier_en_appel_d_offres_bloque():
    quoi = "La négociation est prévue ; en appel d'offres ouvert, elle est interdite."

    exige(
        "RC-32",
        "bloquant",
        PREVUE,
        quoi,
        "Ôtez la négociation, ou changez de procédure.",
        projet=achat(procedure="appel_offres_ouvert"),
    )


@pytest.mark.article("CCP", "R. 2123-5")
def test_ne_pas_se_reserver_d_attribuer_sans_negocier_avertit():
    quoi = "Vous ne vous réservez pas d'attribuer sans négocier : il faudra négocier."
    remede = "Cochez cette faculté si vous voulez la garder."
    projet = achat(offre=offre(negociation=Negociation(prevue=True)))

    exige("RC-32", "avertissement", "offre.negociation.attribution_sans_negociation", quoi, remede, projet=projet)


@pytest.mark.article("CCP", "R. 2161-17")
@pytest.mark.article("CCP", "R. 2161-18")
def test_une_procedure_avec_negociation_sans_negociation_bloque():
    quoi = "La procédure est négociée, et aucune négociation n'est prévue."
    remede = "Prévoyez la négociation, ou choisissez un appel d'offres."

    exige("RC-32", "bloquant", PREVUE, quoi, remede, projet=achat(procedure="procedure_avec_negociation", offre=SANS))


@pytest.mark.article("CCP", "R. 2161-5")
def test_un_reglement_d_appel_d_offres_qui_negocie_bloque():
    projet = achat(procedure="appel_offres_ouvert", offre=SANS)
    quoi = "Le règlement prévoit une négociation que la procédure interdit."

    exige("RC-32", "bloquant", PREVUE, quoi, "Ôtez cette phrase.", projet=projet, lu=reglement())


@pytest.mark.article("CCP", "R. 2161-5")
def test_dire_qu_on_ne_negocie_pas_ne_dit_rien():
    lu = reglement({"L'acheteur peut négocier": "Aucune négociation n'est possible."})

    assert constats("RC-32", achat(procedure="appel_offres_ouvert", offre=SANS), lu=lu) == ()


@pytest.mark.article("CCP", "R. 2123-5")
@pytest.mark.parametrize(
    "projet,lu,quoi,remede",
    [
        (
            achat(),
            reglement({"L'acheteur peut négocier": ""}),
            "La négociation est prévue, et le règlement n'en parle pas.",
            "Ajoutez-la au règlement : elle doit y être annoncée.",
        ),
        (
            achat(offre=SANS),
            reglement(),
            "Le règlement prévoit une négociation ; la consultation n'en prévoit pas.",
            "Prévoyez-la aussi dans la consultation, ou ôtez-la du règlement.",
        ),
    ],
)
def test_la_negociation_se_dit_pareil_partout(projet, lu, quoi, remede):
    exige("RC-32", "avertissement", PREVUE, quoi, remede, projet=projet, lu=lu)


@pytest.mark.parametrize(
    "phrase,quoi,remede",
    [
        (
            "La procédure est celle des articles R. 2124-2 et R. 2161-2 du code de la commande publique.",
            "Le règlement cite un article d'une procédure formalisée.",
            "Remplacez cet article, sinon cette procédure s'imposera entièrement.",
        ),
        (
            "La consultation est passée en appel d'offres ouvert.",
            "Le règlement nomme une procédure formalisée.",
            "Nommez la procédure adaptée, sinon l'autre s'imposera entièrement.",
        ),
    ],
)
def test_nommer_une_procedure_formalisee_bloque(phrase, quoi, remede):
    exige("RC-33", "bloquant", "procedure", quoi, remede, projet=achat(), lu=reglement(en_plus=(phrase,)))


@pytest.mark.parametrize(
    "phrase",
    [
        "La procédure est celle des articles R. 2123-1 et suivants du code de la commande publique.",
        "Cette consultation n'est pas un appel d'offres ouvert.",
        "La commission d'appel d'offres n'intervient pas.",
    ],
)
def test_la_procedure_adaptee_bien_nommee_ne_dit_rien(phrase):
    assert constats("RC-33", achat(), lu=reglement(en_plus=(phrase,))) == ()


def test_une_citation_incertaine_avertit_seulement():
    lu = reglement(en_plus=("Ce marché ressemble à un appel d'offres ouvert.",))

    assert gravites(constats("RC-33", achat(), lu=lu)) == ["avertissement"]


def test_un_appel_d_offres_peut_se_nommer():
    lu = reglement(en_plus=("La consultation est passée en appel d'offres ouvert.",))

    assert constats("RC-33", achat(procedure="appel_offres_ouvert"), lu=lu) == ()
