"""CCP, art. R. 2142-16, -17, -21, -22 et R. 2151-7 : assez de candidats, des groupements libres (RC-30, RC-31)."""

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
            "candidature.candidats_minimum", "Le nombre minimal de candidats est trop bas.",
            "Relevez le nombre minimal de candidats.",
        ),
        (
            limite("appel_offres_restreint", None, candidats_maximum=8),
            "candidature.candidats_minimum", "Le nombre de candidats est limité, sans nombre minimal.",
            "Dites combien de candidats vous inviterez au moins.",
        ),
        (
            limite("appel_offres_restreint", 6, candidats_maximum=5),
            "candidature.candidats_maximum", "Le nombre maximal de candidats est plus petit que le minimum.",
            "Corrigez ces deux nombres.",
        ),
        (
            limite("appel_offres_restreint", 5, criteres_de_selection=()),
            "candidature.criteres_de_selection",
            "Le nombre de candidats est limité, sans dire comment ils seront choisis.",
            "Ajoutez les critères qui choisissent les candidats.",
        ),
    ],
)  # fmt: skip
def test_une_limite_mal_dite_bloque(projet, champ, quoi, remede):
    exige("RC-30", "bloquant", champ, quoi, remede, projet=projet)


def test_une_entite_adjudicatrice_n_a_pas_de_plancher():
    projet = limite("appel_offres_restreint", 2)
    entite = acheteur(type_d_acheteur="entité adjudicatrice")

    assert constats("RC-30", achat(procedure=projet.procedure, candidature=projet.candidature, acheteur=entite)) == ()


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

    exige("RC-31", "avertissement", "candidature.forme_de_groupement", quoi, remede, projet=achat(), lu=lu)


@pytest.mark.article("CCP", "R. 2142-22")
def test_l_exiger_apres_l_attribution_ne_dit_rien():
    lu = reglement(en_plus=("Après l'attribution, le groupement devra être solidaire pour la bonne exécution.",))

    assert constats("RC-31", achat(), lu=lu) == ()


@pytest.mark.article("CCP", "R. 2142-21")
@pytest.mark.article("CCP", "R. 2151-7")
def test_un_cumul_interdit_se_dit_dans_le_reglement():
    projet = achat(candidature=Candidature(cumul_de_candidatures_interdit=True))
    quoi = "Le règlement ne dit pas qu'une entreprise ne peut pas répondre à plusieurs titres."
    remede = "Ajoutez cette interdiction : sans elle, le cumul est permis."
    lu = reglement({"Si plusieurs offres": ""})

    exige("RC-31", "avertissement", "candidature.cumul_de_candidatures_interdit", quoi, remede, projet=projet, lu=lu)
