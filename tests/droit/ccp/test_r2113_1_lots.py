"""CCP, art. R. 2113-1, L. 2113-11, R. 2113-2, R. 2113-3, R. 2113-7 et R. 2113-8 :
les lots (RC-18, RC-19, RC-42).
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from droit.achat import Allotissement, Candidature
from tests.droit.achats import achat, allotissement, constats, exige, gravites, reglement

pytestmark = pytest.mark.article("CCP", "R. 2113-1")
PREMIER, SECOND = allotissement().lots
LOTS = "allotissement.lots"


def avec(*lots, **change):
    return achat(allotissement=allotissement(lots=lots or (PREMIER, SECOND), **change))


@pytest.mark.parametrize(
    "projet,gravite,champ,quoi,remede",
    [
        (
            avec(PREMIER, replace(SECOND, code_cpv="")),
            "bloquant",
            LOTS,
            "Le lot 2 n'a pas de code CPV valable.",
            "Choisissez le code CPV de ce lot.",
        ),
        (
            avec(PREMIER, replace(SECOND, numero=1)),
            "bloquant",
            LOTS,
            "Deux lots portent le numéro 1.",
            "Numérotez chaque lot une seule fois.",
        ),
        (
            avec(PREMIER, replace(SECOND, intitule=" ")),
            "bloquant",
            LOTS,
            "Le lot 2 n'a pas d'intitulé.",
            "Donnez un intitulé à ce lot.",
        ),
        (
            avec(PREMIER, replace(SECOND, montant_estime=None)),
            "avertissement",
            LOTS,
            "Le montant estimé du lot 2 n'est pas dit.",
            "Estimez ce lot : seul un avis européen publie ce montant.",
        ),
        (
            avec(PREMIER, replace(SECOND, montant_estime=Decimal(60_001))),
            "bloquant",
            "valeur_estimee",
            "Les lots valent ensemble plus que l'achat entier.",
            "Corrigez le montant de l'achat, ou celui des lots.",
        ),
        (
            avec(maximum_de_lots_attribues=1),
            "bloquant",
            "allotissement.regle_si_plus_de_lots_gagnes",
            "Un nombre maximal de lots est fixé, sans dire comment choisir au-delà.",
            "Écrivez la règle : par exemple, l'ordre des lots que le candidat préfère.",
        ),
        (
            avec(maximum_de_lots_attribues=3, regle_si_plus_de_lots_gagnes="L'ordre préféré."),
            "bloquant",
            "allotissement.maximum_de_lots_attribues",
            "Le nombre maximal de lots attribués ne va pas avec le nombre de lots.",
            "Corrigez ce nombre.",
        ),
        (
            avec(maximum_de_lots_soumis=None),
            "avertissement",
            "allotissement.maximum_de_lots_soumis",
            "On ne sait pas à combien de lots une entreprise peut répondre.",
            "Dites-le : tous les lots, si vous n'avez pas de raison de limiter.",
        ),
    ],
)
def test_des_lots_mal_decrits_se_disent(projet, gravite, champ, quoi, remede):
    exige("RC-18", gravite, champ, quoi, remede, projet=projet)


def test_un_maximum_avec_sa_regle_ne_dit_rien():
    assert (
        constats(
            "RC-18",
            avec(maximum_de_lots_attribues=2, regle_si_plus_de_lots_gagnes="L'ordre préféré."),
        )
        == ()
    )


def test_un_autre_nombre_de_lots_dans_le_reglement_bloque():
    lu = reglement({"2 lots": "Le marché est décomposé en 3 lots."})
    quoi = "Le règlement et la consultation n'ont pas le même nombre de lots."

    exige(
        "RC-18",
        "bloquant",
        LOTS,
        quoi,
        "Corrigez le règlement, ou les lots de la consultation.",
        projet=achat(),
        lu=lu,
    )


def test_un_lot_inconnu_dans_le_reglement_bloque():
    lu = reglement(en_plus=("Lot n° 3 : Plomberie",))
    quoi = "Le règlement parle d'un lot 3 que la consultation n'a pas."

    exige(
        "RC-18",
        "bloquant",
        LOTS,
        quoi,
        "Corrigez le règlement, ou ajoutez ce lot.",
        projet=achat(),
        lu=lu,
    )


def test_un_intitule_sans_mot_commun_avertit():
    lu = reglement(en_plus=("Lot n° 2 : Plomberie",))
    quoi, remede = (
        "Le lot 2 n'a pas le même intitulé dans le règlement.",
        "Reprenez le même intitulé partout.",
    )

    assert exige("RC-18", "avertissement", LOTS, quoi, remede, projet=achat(), lu=lu).doute


@pytest.mark.article("CCP", "L. 2113-11")
@pytest.mark.article("CCP", "R. 2113-2")
@pytest.mark.article("CCP", "R. 2113-3")
def test_sans_lot_ni_raison_avertit():
    quoi = "L'achat n'est pas divisé en lots, et la raison n'est pas dite."
    remede = "Divisez en lots, ou écrivez pourquoi vous ne le faites pas."

    exige(
        "RC-19",
        "avertissement",
        "allotissement.motif_sans_lot",
        quoi,
        remede,
        projet=achat(allotissement=Allotissement()),
    )


@pytest.mark.article("CCP", "L. 2113-11")
@pytest.mark.parametrize(
    "projet",
    [
        achat(allotissement=Allotissement(motif_sans_lot="Un seul ouvrage, une seule entreprise.")),
        achat(
            contrat="concession",
            procedure="concession_sous_le_seuil",
            allotissement=Allotissement(),
        ),
    ],
)
def test_une_raison_ou_une_concession_ne_dit_rien(projet):
    assert constats("RC-19", projet) == ()


def test_un_reglement_qui_nie_les_lots_avertit():
    lu = reglement(en_plus=("Le marché n'est pas alloti.",))
    quoi = "Le règlement dit qu'il n'y a pas de lots ; la consultation en a."

    exige(
        "RC-19",
        "avertissement",
        "allotissement.motif_sans_lot",
        quoi,
        "Corrigez le règlement.",
        projet=achat(),
        lu=lu,
    )


RESERVE = achat(candidature=Candidature(reserve_a="entreprises adaptées"))


@pytest.mark.article("CCP", "R. 2113-7")
@pytest.mark.article("CCP", "R. 2113-8")
def test_une_reserve_tue_avertit_et_dit_son_doute():
    quoi = "Le règlement ne dit pas que le marché est réservé."
    remede = "Ajoutez la réserve et son article, dans le règlement et dans l'avis."

    assert exige(
        "RC-42",
        "avertissement",
        "candidature.reserve_a",
        quoi,
        remede,
        projet=RESERVE,
        lu=reglement(),
    ).doute


@pytest.mark.article("CCP", "R. 2113-7")
def test_une_reserve_sans_article_avertit():
    lu = reglement(en_plus=("Ce marché est réservé aux entreprises adaptées.",))
    quoi = "Le règlement réserve le marché sans citer l'article qui le permet."

    exige(
        "RC-42",
        "avertissement",
        "candidature.reserve_a",
        quoi,
        "Ajoutez l'article.",
        projet=RESERVE,
        lu=lu,
    )


@pytest.mark.article("CCP", "R. 2113-7")
def test_une_reserve_dite_avec_son_article_ne_dit_rien():
    lu = reglement(
        en_plus=("Ce marché est réservé aux entreprises adaptées (article L. 2113-12).",)
    )

    assert constats("RC-42", RESERVE, lu=lu) == ()


@pytest.mark.article("CCP", "R. 2113-7")
def test_une_reserve_que_la_consultation_n_a_pas_avertit():
    lu = reglement(en_plus=("Ce marché est réservé (article L. 2113-12).",))
    quoi = "Le règlement parle d'un marché réservé ; la consultation ne l'est pas."
    remede = "Corrigez le règlement, ou dites la réserve dans la consultation."

    exige("RC-42", "avertissement", "candidature.reserve_a", quoi, remede, projet=achat(), lu=lu)


def maxima(**change):
    return achat(allotissement=allotissement(**change))


LIMITES = "Le règlement et la consultation ne limitent pas de même les lots"


@pytest.mark.parametrize(
    "phrase",
    [
        "Un candidat peut répondre à un seul lot par entreprise.",
        "Un même candidat ne peut soumissionner qu'à un lot.",
        "Le nombre de lots auxquels un candidat peut soumissionner est limité à un.",
        "Chaque candidat peut présenter une offre pour 1 lot au maximum.",
        "Nombre maximum de lots auxquels un candidat peut répondre : 1.",
        "Un seul lot pourra être attribué à chaque soumissionnaire.",
        "Le nombre maximal de lots pouvant être attribués à un même soumissionnaire est de 1.",
    ],
)
def test_une_autre_limite_de_lots_dans_le_reglement_bloque(phrase):
    trouves = constats("RC-18", achat(), lu=reglement({"répondre à tous les lots": phrase}))

    assert [c.gravite.value for c in trouves if c.quoi.startswith(LIMITES)] == ["bloquant"]


@pytest.mark.parametrize(
    "phrase",
    [
        "Un candidat peut présenter une offre pour un, plusieurs ou tous les lots.",
        (
            "Les candidats peuvent soumissionner pour un seul lot ou pour les deux, "
            "et être attributaires des deux."
        ),
        "Les candidats peuvent répondre à un ou plusieurs lots.",
        "Il peut se voir attribuer tous les lots pour lesquels son offre est classée première.",
        "Chaque lot sera attribué à un seul titulaire.",
        "Chaque candidat est autorisé à présenter une offre pour un ou deux lots.",
        "Il ne sera conclu qu'un seul marché si le même candidat obtient plusieurs lots.",
        "Le candidat qui répond à plusieurs lots remet un seul dossier de candidature.",
        "Les candidats pourront répondre pour un lot, plusieurs lots ou l'ensemble des lots.",
    ],
)
def test_tous_les_lots_permis_ne_disent_rien(phrase):
    assert constats("RC-18", achat(), lu=reglement({"répondre à tous les lots": phrase})) == ()


def test_un_maximum_attribue_absent_de_la_consultation_veut_dire_tous():
    lu = reglement(en_plus=("Un candidat peut se voir attribuer tous les lots.",))

    assert constats("RC-18", maxima(maximum_de_lots_attribues=None), lu=lu) == ()


def test_une_limite_attribuee_que_le_reglement_tait_avertit():
    regle = "L'ordre de préférence du candidat."
    projet = maxima(maximum_de_lots_attribues=1, regle_si_plus_de_lots_gagnes=regle)

    assert [c.quoi for c in constats("RC-18", projet, lu=reglement())] == [
        "Le règlement ne dit pas la limite : 1 lots attribués au plus.",
        (
            "Le règlement ne dit pas comment se choisissent les lots d'un candidat "
            "premier sur trop de lots."
        ),
    ]


def test_la_meme_limite_et_sa_regle_ne_disent_rien():
    projet = maxima(
        maximum_de_lots_attribues=1, regle_si_plus_de_lots_gagnes="L'ordre de préférence."
    )
    lu = reglement(
        en_plus=(
            "Un candidat n'obtient qu'un lot : le premier de ses lots dans l'ordre de "
            "préférence qu'il donne.",
        )
    )

    assert constats("RC-18", projet, lu=lu) == ()


def test_un_lot_que_le_reglement_ne_presente_pas_bloque():
    lu = reglement({"La consultation comporte 2 lots": "Lot n° 1 : Couverture et zinguerie"})
    quoi, remede = (
        "Le règlement ne présente pas le lot 2.",
        "Ajoutez ce lot au règlement, ou ôtez-le de la consultation.",
    )

    exige("RC-18", "bloquant", LOTS, quoi, remede, projet=achat(), lu=lu)


@pytest.mark.parametrize(
    "suite", ["Les lots 1 à 2 sont attribués séparément.", "Le lot n° 2 est décrit au CCTP."]
)
def test_un_lot_nomme_sans_etre_presente_laisse_un_doute(suite):
    lu = reglement(
        {"La consultation comporte 2 lots": "Lot n° 1 : Couverture et zinguerie"}, en_plus=(suite,)
    )

    assert gravites(constats("RC-18", achat(), lu=lu)) == ["avertissement"]


def test_un_reglement_qui_ne_parle_d_aucun_lot_avertit():
    muet = {ligne: "" for ligne in ("La consultation comporte 2 lots", "répondre à tous les lots")}
    lu = reglement(
        muet | {"Si plusieurs offres": "Seule la dernière offre reçue dans le délai est ouverte."}
    )
    quoi = "La consultation est en lots, et le règlement n'en parle pas."
    remede = "Présentez chaque lot dans le règlement, ou ôtez les lots de la consultation."

    exige("RC-18", "avertissement", LOTS, quoi, remede, projet=achat(), lu=lu)


@pytest.mark.parametrize(
    ("ligne", "attendues"),
    [
        ("Lot n° 1 : Couverture, zinguerie (CPV 45261210)", []),
        ("Lot n° 1 : Couverture, zinguerie (CPV 45261210-9, 45262650)", []),
        ("Lot n° 1 : Couverture, zinguerie (CPV 45000000)", ["bloquant"]),
        ("Lot n° 1 : Couverture, zinguerie, montant estimé 120 000 € HT", []),
        ("Lot n° 1 : Couverture, zinguerie, montant estimé 90 000 € HT", ["bloquant"]),
        ("Lot n° 1 : Couverture, zinguerie, 90 000 € HT", ["avertissement"]),
        ("Lot n° 1 : Couverture, zinguerie, de 60 000 € HT à 150 000 € HT", []),
    ],
)
def test_le_code_et_le_montant_d_un_lot_sont_ceux_de_la_consultation(ligne, attendues):
    premier, second = allotissement().lots
    lots = (replace(premier, code_cpv="45261210"), second)

    assert (
        gravites(
            constats(
                "RC-18", maxima(lots=lots), lu=reglement(en_plus=(ligne, "Lot n° 2 : Isolation"))
            )
        )
        == attendues
    )
