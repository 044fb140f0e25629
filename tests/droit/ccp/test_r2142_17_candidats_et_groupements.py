"""CCP, art. R. 2142-16, -17, -21, -22 et R. 2151-7 :
assez de candidats, des groupements libres (RC-30, RC-31).
"""

import pytest

from droit.achat import Candidature
from tests.droit.achats import achat, acheteur, constats, exige, gravites, reglement

pytestmark = [pytest.mark.article("CCP", "R. 2142-17"), pytest.mark.article("CCP", "R. 2142-16")]
SELECTION = ("Références de moins de trois ans",)


def limite(procedure: str, minimum: int | None, **change):
    complet = {"candidats_minimum": minimum, "criteres_de_selection": SELECTION, **change}
    return achat(procedure=procedure, candidature=Candidature(**complet))


@pytest.mark.parametrize(
    "procedure,minimum,attendues",
    [
        ("appel_offres_restreint", 4, ["bloquant"]),
        ("appel_offres_restreint", 5, []),
        ("procedure_avec_negociation", 2, ["bloquant"]),
        ("procedure_avec_negociation", 3, []),
        ("dialogue_competitif", 2, ["bloquant"]),
        ("dialogue_competitif", 3, []),
        ("procedure_adaptee_restreinte", 2, []),
    ],
)
def test_cinq_en_appel_d_offres_restreint_trois_ailleurs(procedure, minimum, attendues):
    assert gravites(constats("RC-30", limite(procedure, minimum))) == attendues


@pytest.mark.parametrize(
    "projet,champ,quoi,remede",
    [
        (
            limite("appel_offres_restreint", 4),
            "candidature.candidats_minimum",
            "Le nombre minimal de candidats est trop bas.",
            "Relevez le nombre minimal de candidats.",
        ),
        (
            limite("appel_offres_restreint", None, candidats_maximum=8),
            "candidature.candidats_minimum",
            "Le nombre de candidats est limité, sans nombre minimal.",
            "Dites combien de candidats vous inviterez au moins.",
        ),
        (
            limite("appel_offres_restreint", 6, candidats_maximum=5),
            "candidature.candidats_maximum",
            "Le nombre maximal de candidats est plus petit que le minimum.",
            "Corrigez ces deux nombres.",
        ),
        (
            limite("appel_offres_restreint", 5, criteres_de_selection=()),
            "candidature.criteres_de_selection",
            "Le nombre de candidats est limité, sans dire comment ils seront choisis.",
            "Ajoutez les critères qui choisissent les candidats.",
        ),
    ],
)
def test_une_limite_mal_dite_bloque(projet, champ, quoi, remede):
    exige("RC-30", "bloquant", champ, quoi, remede, projet=projet)


def test_une_entite_adjudicatrice_n_a_pas_de_plancher():
    projet = limite("appel_offres_restreint", 2)
    entite = acheteur(type_d_acheteur="entité adjudicatrice")

    assert (
        constats(
            "RC-30",
            achat(procedure=projet.procedure, candidature=projet.candidature, acheteur=entite),
        )
        == ()
    )


@pytest.mark.article("CCP", "R. 2142-22")
def test_une_forme_de_groupement_se_justifie():
    projet = achat(candidature=Candidature(forme_de_groupement="solidaire"))
    quoi, remede = (
        "Une forme de groupement est exigée, sans dire pourquoi.",
        "Écrivez la raison, ou laissez la forme libre.",
    )

    exige("RC-31", "avertissement", "candidature.motif_de_la_forme", quoi, remede, projet=projet)


@pytest.mark.article("CCP", "R. 2142-22")
def test_un_reglement_qui_l_impose_au_depot_avertit():
    lu = reglement(en_plus=("Le groupement doit être solidaire.",))
    quoi = "Le règlement semble imposer une forme de groupement dès la candidature."
    remede = "Écrivez que la forme n'est exigée qu'après l'attribution, et pourquoi."

    exige(
        "RC-31",
        "avertissement",
        "candidature.forme_de_groupement",
        quoi,
        remede,
        projet=achat(),
        lu=lu,
    )


@pytest.mark.article("CCP", "R. 2142-22")
def test_l_exiger_apres_l_attribution_ne_dit_rien():
    lu = reglement(
        en_plus=(
            "Après l'attribution, le groupement devra être solidaire pour la bonne exécution.",
        )
    )

    assert constats("RC-31", achat(), lu=lu) == ()


@pytest.mark.article("CCP", "R. 2142-21")
@pytest.mark.article("CCP", "R. 2151-7")
def test_un_cumul_interdit_se_dit_dans_le_reglement():
    projet = achat(candidature=Candidature(cumul_de_candidatures_interdit=True))
    quoi = "Le règlement ne dit pas qu'une entreprise ne peut pas répondre à plusieurs titres."
    remede = "Ajoutez cette interdiction : sans elle, le cumul est permis."
    lu = reglement({"Si plusieurs offres": ""})

    exige(
        "RC-31",
        "avertissement",
        "candidature.cumul_de_candidatures_interdit",
        quoi,
        remede,
        projet=projet,
        lu=lu,
    )


@pytest.mark.article("CCP", "R. 2142-22")
@pytest.mark.parametrize(
    "phrase",
    [
        "Les candidats groupés doivent se présenter sous la forme d'un groupement solidaire.",
        "Le groupement devra obligatoirement être solidaire.",
        "La forme du groupement est imposée : groupement conjoint.",
        "Seuls les groupements solidaires sont admis.",
        "Le groupement ne peut être que solidaire.",
        (
            "Les groupements doivent prendre la forme d'un groupement conjoint avec "
            "mandataire solidaire."
        ),
        (
            "Le groupement devra être solidaire, "
            "le mandataire étant désigné dans la lettre de candidature."
        ),
    ],
)
def test_une_forme_imposee_des_la_candidature_avertit(phrase):
    assert gravites(constats("RC-31", achat(), lu=reglement(en_plus=(phrase,)))) == [
        "avertissement"
    ]


@pytest.mark.article("CCP", "R. 2142-22")
@pytest.mark.parametrize(
    "phrase",
    [
        "En cas de groupement conjoint, le mandataire doit être solidaire.",
        "Le mandataire du groupement doit être solidaire de chacun des membres.",
        "Le mandataire du groupement conjoint est obligatoirement solidaire de ses cotraitants.",
        (
            "Les membres du groupement doivent désigner un mandataire ; "
            "le groupement peut être conjoint ou solidaire."
        ),
        "Les candidats doivent préciser si le groupement est conjoint ou solidaire.",
        "La forme solidaire du groupement n'est pas exigée à la candidature.",
        (
            "Après l'attribution, le groupement devra être solidaire pour la bonne "
            "exécution du marché."
        ),
        "En cas de groupement solidaire, chaque membre doit fournir une déclaration.",
    ],
)
def test_un_mandataire_solidaire_ou_une_forme_libre_ne_dit_rien(phrase):
    assert constats("RC-31", achat(), lu=reglement(en_plus=(phrase,))) == ()


RESTREINTE = limite("procedure_adaptee_restreinte", 3, candidats_maximum=5)


@pytest.mark.parametrize(
    "phrase",
    [
        "Le nombre de candidats admis à présenter une offre est limité à quatre.",
        "L'acheteur retiendra entre 2 et 5 candidats.",
        "Le nombre minimum de candidats invités à remettre une offre est de 2.",
        "Nombre maximal de candidats admis à soumissionner : 6.",
        "Deux candidats au moins seront invités à remettre une offre.",
    ],
)
def test_un_autre_nombre_de_candidats_dans_le_reglement_bloque(phrase):
    trouves = constats("RC-30", RESTREINTE, lu=reglement(en_plus=(phrase,)))

    assert [(c.quoi, c.gravite.value) for c in trouves] == [
        ("Le règlement donne un autre nombre de candidats que la consultation.", "bloquant")
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "Le nombre de candidats admis à présenter une offre est limité à cinq (5).",
        "L'acheteur retiendra entre trois et cinq candidats.",
        "Trois candidats au moins seront invités à remettre une offre.",
        "Le nombre maximum de candidats invités à remettre une offre est de 5.",
        "Nombre minimal de candidats admis : 3.",
        "L'acheteur limite le nombre de candidats invités. Il en invite au moins 3, au plus 5.",
    ],
)
def test_le_meme_nombre_de_candidats_ne_dit_rien(phrase):
    assert constats("RC-30", RESTREINTE, lu=reglement(en_plus=(phrase,))) == ()


def test_une_limite_que_le_reglement_tait_avertit():
    assert gravites(constats("RC-30", RESTREINTE, lu=reglement())) == ["avertissement"]


@pytest.mark.parametrize(
    "phrase",
    [
        "L'acheteur peut négocier avec les trois candidats les mieux classés.",
        "Les candidats admis reçoivent une invitation à soumissionner.",
        "Les candidats non retenus sont informés du rejet.",
        "Les candidats retenus disposent d'un délai de 6 jours.",
        "Chaque candidat est invité à remettre un exemplaire unique de sa réponse.",
        "Les deux candidats retenus à l'issue de cette analyse présentent une maquette.",
        "Les trois premiers candidats seront admis à négocier.",
        "Une audition des deux candidats sélectionnés est organisée en mairie.",
    ],
)
def test_parler_des_candidats_sans_les_compter_ne_dit_rien(phrase):
    assert constats("RC-30", achat(), lu=reglement(en_plus=(phrase,))) == ()


def test_une_limite_dont_on_ne_sait_pas_si_elle_vise_les_offres_avertit():
    lu = reglement(en_plus=("L'acheteur sélectionnera trois candidats au plus.",))

    assert gravites(constats("RC-30", achat(), lu=lu)) == ["avertissement"]


def test_une_limite_que_la_consultation_n_a_pas_bloque():
    lu = reglement(
        en_plus=("Le nombre de candidats admis à présenter une offre est limité à trois.",)
    )

    assert gravites(constats("RC-30", achat(), lu=lu)) == ["bloquant"]
