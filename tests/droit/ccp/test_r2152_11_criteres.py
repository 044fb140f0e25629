"""CCP, art. R. 2152-11, R. 2152-12 et R. 3124-5 :
des critères, les mêmes partout, et leurs poids (RC-20 à RC-22).
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from droit.achat import Critere, SousCritere
from tests.droit.achats import achat, allotissement, constats, criteres, exige, gravites, reglement

pytestmark = pytest.mark.article("CCP", "R. 2152-11")
PRIX, TECHNIQUE, VERT = criteres()


def test_sans_critere_rien_ne_dit_comment_juger():
    quoi = "Aucun critère ne dit comment les offres seront jugées."

    exige(
        "RC-20",
        "bloquant",
        "criteres",
        quoi,
        "Ajoutez les critères et leurs poids.",
        projet=achat(criteres=()),
    )


def test_des_lots_qui_ont_chacun_leurs_criteres_suffisent():
    lots = tuple(replace(lot, criteres=criteres()) for lot in allotissement().lots)

    assert constats("RC-20", achat(criteres=(), allotissement=allotissement(lots=lots))) == ()


def test_deux_criteres_de_meme_nom_bloquent():
    quoi = "Deux critères ont le même nom, ou un critère n'a pas de nom."

    exige(
        "RC-20",
        "bloquant",
        "criteres",
        quoi,
        "Donnez à chaque critère son nom.",
        projet=achat(criteres=(PRIX, PRIX, VERT)),
    )


def test_un_poids_qui_differe_dans_le_reglement_bloque():
    lu = reglement({"Prix : 50": "Prix : 60 %", "Valeur technique": "Valeur technique : 25 %"})
    quoi = "Le critère « Prix » n'a pas le même poids dans le règlement."
    constat = exige(
        "RC-20",
        "bloquant",
        "criteres",
        quoi,
        "Reprenez le même poids partout.",
        projet=achat(),
        lu=lu,
    )

    assert (constat.trouve, constat.attendu, constat.place) == ("60", "50", "page 1")


def test_un_critere_que_le_reglement_n_a_pas_avertit_et_dit_son_doute():
    lu = reglement({"Environnement": "", "Valeur technique": "Valeur technique : 50 %"})
    quoi = (
        "Le critère « Environnement : tri et réemploi des déchets » n'est pas dans les "
        "critères du règlement."
    )
    remede = "Ajoutez ce critère au règlement, ou ôtez-le de la consultation."

    assert exige("RC-20", "avertissement", "criteres", quoi, remede, projet=achat(), lu=lu).doute


def test_un_critere_en_trop_avertit():
    lu = reglement({"Valeur technique": "Valeur technique : 25 %"}, en_plus=())
    lu = replace(
        lu,
        paragraphes=(
            *lu.paragraphes[:19],
            replace(lu.paragraphes[19], texte="Délai : 10 %"),
            *lu.paragraphes[19:],
        ),
    )
    quoi = "Le règlement a un critère que la consultation n'a pas : « Délai »."
    remede = "Ôtez ce critère du règlement, ou ajoutez-le à la consultation."

    exige("RC-20", "avertissement", "criteres", quoi, remede, projet=achat(), lu=lu)


def test_le_meme_critere_sous_un_autre_nom_ne_dit_rien():
    lu = reglement({"Valeur technique": "Qualité du mémoire : 35 %"})

    assert constats("RC-20", achat(), lu=lu) == ()


def test_un_bareme_sur_vingt_se_compare_a_proportion():
    lu = reglement(
        {
            "Prix : 50": "Prix : 10 points",
            "Valeur technique": "Valeur technique : 7 points",
            "réemploi des déchets : 15": "Environnement : 3 points",
        }
    )

    assert constats("RC-20", achat(), lu=lu) == ()


def test_un_reglement_sans_critere_pondere_avertit():
    lu = reglement({"Prix : 50": "", "Valeur technique": "", "réemploi des déchets : 15": ""})
    quoi = "Aucun critère pondéré n'a été reconnu dans le règlement."

    exige(
        "RC-20",
        "avertissement",
        "criteres",
        quoi,
        "Écrivez chaque critère et son poids dans le règlement.",
        projet=achat(),
        lu=lu,
    )


@pytest.mark.article("CCP", "R. 2152-12")
@pytest.mark.parametrize("poids,attendues", [(34, ["bloquant"]), (35, []), (36, ["bloquant"])])
def test_les_poids_font_cent_ni_99_ni_101(poids, attendues):
    projet = achat(criteres=(PRIX, replace(TECHNIQUE, poids=Decimal(poids)), VERT))

    assert gravites(constats("RC-21", projet)) == attendues


@pytest.mark.article("CCP", "R. 2152-12")
def test_des_poids_a_99_nomment_la_somme_et_le_remede():
    projet = achat(criteres=(PRIX, replace(TECHNIQUE, poids=Decimal(34)), VERT))
    quoi, remede = (
        "Les poids des critères ne font pas 100.",
        "Corrigez les poids pour que leur somme fasse 100.",
    )

    assert exige("RC-21", "bloquant", "criteres", quoi, remede, projet=projet).trouve == "99"


@pytest.mark.article("CCP", "R. 2152-12")
def test_une_fourchette_qui_contient_cent_ne_dit_rien():
    large = replace(TECHNIQUE, poids=Decimal(30), poids_maximal=Decimal(40))

    assert constats("RC-21", achat(criteres=(PRIX, large, VERT))) == ()


@pytest.mark.article("CCP", "R. 2152-12")
def test_une_fourchette_renversee_bloque():
    renversee = replace(TECHNIQUE, poids=Decimal(40), poids_maximal=Decimal(35))
    quoi = "La fourchette de « Valeur technique » finit avant de commencer."

    exige(
        "RC-21",
        "bloquant",
        "criteres",
        quoi,
        "Corrigez la fourchette.",
        projet=achat(criteres=(PRIX, renversee, VERT)),
    )


@pytest.mark.article("CCP", "R. 2152-12")
@pytest.mark.parametrize("part,attendues", [(15, []), (14, ["bloquant"])])
def test_les_sous_criteres_font_le_poids_de_leur_critere(part, attendues):
    parts = (
        SousCritere(nom="Méthode", poids=Decimal(20)),
        SousCritere(nom="Moyens", poids=Decimal(part)),
    )

    assert (
        gravites(
            constats("RC-21", achat(criteres=(PRIX, replace(TECHNIQUE, sous_criteres=parts), VERT)))
        )
        == attendues
    )


@pytest.mark.article("CCP", "R. 2152-12")
def test_un_reglement_dont_les_poids_font_99_bloque():
    lu = reglement({"Valeur technique": "Valeur technique : 34 %"})
    quoi = "Les poids du règlement font 99, non 100."

    exige("RC-21", "bloquant", "criteres", quoi, "Corrigez les poids dans le règlement.", lu=lu)


@pytest.mark.article("CCP", "R. 2152-12")
def test_des_points_qui_font_99_le_disent_meme_sous_une_ligne_de_total():
    lu = reglement(
        {
            "Prix : 50": "Prix : 50 points",
            "Valeur technique": "Valeur technique : 34 points",
            "réemploi des déchets : 15": "Environnement : 15 points. Total : 99 points",
        }
    )

    assert [(c.quoi, c.gravite.value) for c in constats("RC-21", lu=lu)] == [
        ("Les poids du règlement font 99, non 100.", "bloquant")
    ]


@pytest.mark.article("CCP", "R. 2152-12")
@pytest.mark.parametrize(
    ("unite", "poids"), [("points", (10, 7, 3)), ("points", (5, 3, 2)), ("coefficient", (4, 3, 2))]
)
def test_un_bareme_sur_vingt_sur_dix_ou_en_coefficients_ne_dit_rien(unite, poids):
    ecrits = [f"coefficient {p}" if unite == "coefficient" else f"{p} points" for p in poids]
    lu = reglement(
        {
            "Prix : 50": f"Prix : {ecrits[0]}",
            "Valeur technique": f"Valeur technique : {ecrits[1]}",
            "réemploi des déchets : 15": f"Environnement : {ecrits[2]}",
        }
    )

    assert constats("RC-21", lu=lu) == ()


@pytest.mark.article("CCP", "R. 2152-12")
def test_une_somme_tres_loin_de_cent_laisse_un_doute():
    lu = reglement({"Valeur technique": ""})

    assert gravites(constats("RC-21", lu=lu)) == ["avertissement"]


def hierarchie(**change):
    return achat(
        procedure="appel_offres_ouvert",
        criteres=tuple(replace(c, poids=None) for c in criteres()),
        **change,
    )


@pytest.mark.article("CCP", "R. 2152-12")
def test_en_procedure_formalisee_un_ordre_sans_raison_bloque():
    quoi = "Des critères n'ont pas de poids, et la raison n'est pas dite."
    remede = "Donnez un poids à chaque critère, ou dites pourquoi c'est impossible."

    exige("RC-22", "bloquant", "motif_de_la_hierarchie", quoi, remede, projet=hierarchie())


@pytest.mark.article("CCP", "R. 2152-12")
@pytest.mark.article("CCP", "R. 3124-5")
@pytest.mark.parametrize(
    "projet",
    [
        hierarchie(motif_de_la_hierarchie="Besoin trop incertain pour pondérer."),
        achat(criteres=(Critere(nom="Prix", sorte="prix"), VERT)),
        replace(hierarchie(), contrat="concession", procedure="concession_au_dessus_du_seuil"),
    ],
    ids=["raison", "procédure adaptée", "concession"],
)
def test_un_ordre_motive_une_procedure_adaptee_une_concession_ne_disent_rien(projet):
    assert constats("RC-22", projet) == ()


SANS_POIDS = tuple(replace(critere, poids=None) for critere in criteres())
HIERARCHIE = achat(criteres=SANS_POIDS, motif_de_la_hierarchie="Les besoins sont trop divers.")
SANS_BAREME = {"Prix : 50": "", "Valeur technique": "", "réemploi des déchets : 15": ""}


@pytest.mark.parametrize(
    "phrase",
    [
        (
            "Les critères sont, par ordre décroissant : le prix, "
            "la valeur technique et l'environnement."
        ),
        (
            "1. Prix des prestations ; 2. Valeur technique de l'offre ; 3. Environnement : "
            "critères hiérarchisés."
        ),
        "Jugement des offres : prix, puis valeur technique, puis environnement.",
        (
            "Critères d'attribution : le prix ; la valeur technique ; "
            "la protection de l'environnement."
        ),
        "L'attribution se fait selon le prix, la technique et l'environnement.",
    ],
)
def test_des_criteres_sans_poids_nommes_dans_le_reglement_ne_disent_rien(phrase):
    assert constats("RC-20", HIERARCHIE, lu=reglement(SANS_BAREME, en_plus=(phrase,))) == ()


def test_un_critere_sans_poids_que_le_reglement_ne_nomme_pas_avertit():
    lu = reglement(SANS_BAREME, en_plus=("Les critères sont le prix et la valeur technique.",))

    (constat,) = constats("RC-20", HIERARCHIE, lu=lu)

    assert (constat.gravite.value, "Environnement" in constat.quoi) == ("avertissement", True)


def test_des_poids_que_la_consultation_n_a_pas_bloquent():
    (constat,) = constats("RC-20", HIERARCHIE, lu=reglement())

    assert (
        constat.quoi
        == "Le règlement donne des poids aux critères ; la consultation les range sans poids."
    )
    assert constat.bloque


def concession(*poids):
    choisis = tuple(
        replace(c, poids=p and Decimal(p)) for c, p in zip(criteres(), poids, strict=True)
    )
    return achat(contrat="concession", procedure="concession_sous_le_seuil", criteres=choisis)


@pytest.mark.article("CCP", "R. 3124-5")
@pytest.mark.parametrize(
    ("poids", "attendues"),
    [
        ((50, 35, 15), []),
        ((40, 40, 20), []),
        ((35, 50, 15), ["bloquant"]),
        ((None, None, None), []),
        ((50, None, 15), ["avertissement"]),
    ],
)
def test_une_concession_range_ses_criteres_du_plus_au_moins_important(poids, attendues):
    assert gravites(constats("RC-22", concession(*poids))) == attendues


@pytest.mark.article("CCP", "R. 3124-5")
@pytest.mark.parametrize(
    ("phrase", "attendues"),
    [
        (
            (
                "Les critères sont énoncés par ordre décroissant d'importance : prix, technique, "
                "environnement."
            ),
            [],
        ),
        ("Les critères suivants sont hiérarchisés : prix, technique, environnement.", []),
        (
            (
                "Les critères, classés du plus important au moins important : prix, technique, "
                "environnement."
            ),
            [],
        ),
        ("Par ordre de priorité, les critères sont : prix, technique, environnement.", []),
        ("Les critères sont le prix, la technique et l'environnement.", ["avertissement"]),
        (
            "Les critères, sans ordre d'importance, sont le prix, la technique et l'environnement.",
            ["bloquant"],
        ),
        ("Les critères ne sont pas hiérarchisés : prix, technique, environnement.", ["bloquant"]),
        (
            "Les critères, non hiérarchisés, sont le prix, la technique et l'environnement.",
            ["bloquant"],
        ),
    ],
)
def test_le_reglement_d_une_concession_dit_l_ordre_des_criteres(phrase, attendues):
    lu = reglement(SANS_BAREME, en_plus=(phrase,))

    assert gravites(constats("RC-22", concession(None, None, None), lu=lu))[:1] == attendues


@pytest.mark.article("CCP", "R. 3124-5")
def test_des_poids_suffisent_a_dire_l_ordre_d_une_concession():
    assert constats("RC-22", concession(50, 35, 15), lu=reglement()) == ()
