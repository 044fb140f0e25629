"""CCP, art. R. 2123-5, R. 2123-6, R. 2161-5, -17 et -18 :
négocier si la procédure le permet (RC-32), n'en nommer qu'une (RC-33).
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

    exige(
        "RC-32",
        "avertissement",
        "offre.negociation.attribution_sans_negociation",
        quoi,
        remede,
        projet=projet,
    )


@pytest.mark.article("CCP", "R. 2161-17")
@pytest.mark.article("CCP", "R. 2161-18")
def test_une_procedure_avec_negociation_sans_negociation_bloque():
    quoi = "La procédure est négociée, et aucune négociation n'est prévue."
    remede = "Prévoyez la négociation, ou choisissez un appel d'offres."

    exige(
        "RC-32",
        "bloquant",
        PREVUE,
        quoi,
        remede,
        projet=achat(procedure="procedure_avec_negociation", offre=SANS),
    )


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
            (
                "La procédure est celle des articles R. 2124-2 et R. "
                "2161-2 du code de la commande publique."
            ),
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
    exige(
        "RC-33",
        "bloquant",
        "procedure",
        quoi,
        remede,
        projet=achat(),
        lu=reglement(en_plus=(phrase,)),
    )


@pytest.mark.parametrize(
    "phrase",
    [
        (
            "La procédure est celle des articles R. "
            "2123-1 et suivants du code de la commande publique."
        ),
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


FORMALISES = "Le règlement cite un article d'une procédure formalisée."


@pytest.mark.parametrize(
    "phrase",
    [
        (
            "La consultation est passée en application des articles L. 2124-2 et R. "
            "2124-2 du code de la commande publique."
        ),
        "Procédure soumise à l'article L. 2124-3 du code de la commande publique.",
        "Le marché suit les dispositions de l'article L2124-4 du Code de la commande publique.",
        "La présente procédure est régie par les articles R. 2161-2 à R. 2161-5 du CCP.",
        (
            "Consultation en vertu des articles L.2124-2, "
            "R.2124-2 1° et R.2161-2 du code de la commande publique."
        ),
    ],
)
def test_une_procedure_adaptee_qui_cite_un_article_formalise_bloque(phrase):
    trouves = constats("RC-33", achat(), lu=reglement(en_plus=(phrase,)))

    assert FORMALISES in [constat.quoi for constat in trouves]
    assert "bloquant" in gravites(trouves)


@pytest.mark.parametrize(
    "phrase",
    [
        (
            "Le montant est inférieur aux seuils de l'article L. "
            "2124-1 du code de la commande publique."
        ),
        (
            "La valeur estimée est sous les seuils de l'article R. "
            "2124-1 du code de la commande publique."
        ),
        (
            "La procédure adaptée suit les articles L. 2123-1 et R. 2123-1 à R. "
            "2123-7 du code de la commande publique."
        ),
        "Les articles L. 2124-2 et suivants du code de la commande publique ne s'appliquent pas.",
        (
            "Les offres anormalement basses suivent l'article L. "
            "2152-5 du code de la commande publique."
        ),
    ],
)
def test_citer_un_seuil_ou_la_procedure_adaptee_ne_dit_rien(phrase):
    assert constats("RC-33", achat(), lu=reglement(en_plus=(phrase,))) == ()


SANS_FACULTE = (
    "Le règlement ne dit pas que vous pouvez attribuer sans négocier : il faudra négocier."
)


@pytest.mark.article("CCP", "R. 2123-5")
@pytest.mark.parametrize(
    "phrase",
    [
        "L'acheteur négociera avec les candidats.",
        "Une négociation est prévue avec les trois meilleures offres.",
        "L'acheteur peut engager des négociations, par écrit.",
        "Les offres pourront être négociées sur tous leurs éléments.",
        "La commune se réserve le droit de négocier.",
    ],
)
def test_une_negociation_sans_la_faculte_de_s_en_passer_avertit(phrase):
    lu = reglement({"L'acheteur peut négocier": phrase})

    assert SANS_FACULTE in [constat.quoi for constat in constats("RC-32", achat(), lu=lu)]


@pytest.mark.article("CCP", "R. 2123-5")
@pytest.mark.parametrize(
    "phrase",
    [
        "L'acheteur peut négocier, ou attribuer le marché sur la base des offres initiales.",
        (
            "Le pouvoir adjudicateur se réserve la possibilité d'attribuer le marché sans "
            "négociation ; il peut négocier."
        ),
        "La commune peut négocier ; elle peut aussi attribuer sans négocier.",
        (
            "Une négociation pourra être engagée. "
            "Le marché pourra être attribué sur la base des offres initiales."
        ),
        "L'acheteur négociera s'il le juge utile et se réserve d'attribuer sans négociation.",
    ],
)
def test_chaque_facon_de_se_reserver_de_ne_pas_negocier_se_tait(phrase):
    assert constats("RC-32", achat(), lu=reglement({"L'acheteur peut négocier": phrase})) == ()


@pytest.mark.article("CCP", "R. 2123-5")
def test_un_reglement_qui_exclut_la_negociation_prevue_bloque():
    lu = reglement({"L'acheteur peut négocier": "Aucune négociation n'aura lieu."})

    trouves = constats("RC-32", achat(), lu=lu)

    assert [(c.quoi, c.gravite.value) for c in trouves] == [
        ("Le règlement exclut la négociation ; la consultation la prévoit.", "bloquant")
    ]


@pytest.mark.article("CCP", "R. 2161-18")
def test_des_phases_qui_eliminent_s_annoncent():
    negociation = Negociation(
        prevue=True,
        attribution_sans_negociation=True,
        phases="En deux phases, la seconde avec deux candidats.",
    )

    (constat,) = constats("RC-32", achat(offre=offre(negociation=negociation)), lu=reglement())

    assert (
        constat.quoi
        == "La négociation élimine par phases, et le règlement n'annonce pas de phases."
    )
