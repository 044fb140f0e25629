"""CCP, art. R. 2152-7, L. 2152-7, R. 3124-4, L. 2112-2, L. 2112-2-1 et L. 3114-2 :
depuis le 21 août 2026 (RC-23, RC-24).
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from droit.achat import Critere, Durabilite
from tests.droit.achats import achat, constats, criteres, execution, exige, gravites, rapport

pytestmark = [pytest.mark.article("CCP", "R. 2152-7"), pytest.mark.article("CCP", "L. 2152-7")]
PRIX, TECHNIQUE, VERT = criteres()
SANS_VERT = (replace(PRIX, poids=Decimal(60)), replace(TECHNIQUE, poids=Decimal(40)))
PRIX_SEUL = (Critere(nom="Prix", sorte="prix", poids=Decimal(100)),)
VEILLE, JOUR = date(2026, 8, 20), date(2026, 8, 21)


@pytest.mark.parametrize("proposes", [SANS_VERT, PRIX_SEUL])
@pytest.mark.parametrize("jour,attendues", [(VEILLE, []), (JOUR, ["bloquant"])])
def test_l_obligation_commence_le_21_aout_2026(proposes, jour, attendues):
    assert gravites(constats("RC-23", achat(criteres=proposes), jour=jour)) == attendues


def test_sans_critere_environnemental_le_constat_dit_quoi_faire():
    quoi = "Aucun critère ne porte sur l'environnement."
    remede = "Ajoutez un critère, ou dites quel critère porte sur l'environnement."

    exige("RC-23", "bloquant", "criteres", quoi, remede, projet=achat(criteres=SANS_VERT))


def test_le_prix_seul_bloque():
    exige(
        "RC-23",
        "bloquant",
        "criteres",
        "Le prix est le seul critère.",
        "Ajoutez au moins un critère sur l'environnement.",
        projet=achat(criteres=PRIX_SEUL),
    )


@pytest.mark.parametrize(
    "proposes",
    [
        (PRIX, replace(TECHNIQUE, environnement=True)),
        (Critere(nom="Coût du cycle de vie", sorte="coût", poids=Decimal(100)),),
    ],
)
def test_un_critere_technique_environnemental_ou_le_cout_complet_suffisent(proposes):
    assert constats("RC-23", achat(criteres=proposes)) == ()


def test_la_defense_en_est_exclue():
    assert constats("RC-23", achat(contrat="défense ou sécurité", criteres=SANS_VERT)) == ()


@pytest.mark.article("CCP", "R. 3124-4")
@pytest.mark.parametrize("jour,attendues", [(VEILLE, []), (JOUR, ["bloquant"])])
def test_une_concession_y_est_tenue_le_meme_jour(jour, attendues):
    projet = achat(contrat="concession", procedure="concession_sous_le_seuil", criteres=SANS_VERT)

    assert gravites(constats("RC-23", projet, jour=jour)) == attendues


@pytest.mark.article("CCP", "L. 2112-2")
@pytest.mark.article("CCP", "L. 3114-2")
@pytest.mark.parametrize(
    "change",
    [{}, {"contrat": "concession", "procedure": "concession_sous_le_seuil"}],
    ids=["marché", "concession"],
)
@pytest.mark.parametrize("jour,attendues", [(VEILLE, []), (JOUR, ["bloquant"])])
def test_une_condition_environnementale_est_exigee_le_21_aout_2026(change, jour, attendues):
    projet = achat(execution=execution(durabilite=Durabilite()), **change)

    assert gravites(constats("RC-24", projet, jour=jour)) == attendues


@pytest.mark.article("CCP", "L. 2112-2")
def test_la_condition_manquante_dit_quoi_faire():
    quoi = "Aucune condition d'exécution ne porte sur l'environnement."
    remede = "Décrivez la condition : déchets, transport, matériaux ou énergie."
    champ = "execution.durabilite.condition_environnementale"

    exige(
        "RC-24",
        "bloquant",
        champ,
        quoi,
        remede,
        projet=achat(execution=execution(durabilite=Durabilite())),
    )


def social(montant: int, **change):
    durabilite = Durabilite(condition_environnementale="Tri des déchets.", **change)
    return achat(valeur_estimee=Decimal(montant), execution=execution(durabilite=durabilite))


@pytest.mark.article("CCP", "L. 2112-2-1")
@pytest.mark.parametrize("montant,attendues", [(5_403_999, []), (5_404_000, ["bloquant"])])
def test_une_condition_sociale_est_exigee_au_dessus_du_seuil_europeen(montant, attendues):
    assert gravites(constats("RC-24", social(montant))) == attendues


@pytest.mark.article("CCP", "L. 3114-2-1")
@pytest.mark.parametrize("montant,attendues", [(5_403_999, []), (5_404_000, ["bloquant"])])
def test_une_concession_a_aussi_sa_condition_sociale_au_dessus_du_seuil(montant, attendues):
    concession = replace(
        social(montant), contrat="concession", procedure="concession_au_dessus_du_seuil"
    )

    assert gravites(constats("RC-24", concession)) == attendues


@pytest.mark.article("CCP", "L. 2112-2-1")
@pytest.mark.parametrize(
    "change,gravite,champ,quoi,remede",
    [
        (
            {},
            "bloquant",
            "execution.durabilite.condition_sociale",
            "Aucune condition d'exécution ne porte sur l'emploi ou le social.",
            "Ajoutez une condition sociale, ou choisissez l'exception qui s'applique.",
        ),
        (
            {"exception_sociale": "solution immédiatement disponible"},
            "avertissement",
            "execution.durabilite.motif_de_l_exception",
            "L'exception à la condition sociale n'est pas expliquée.",
            "Écrivez pourquoi cette exception s'applique.",
        ),
        (
            {
                "exception_sociale": "travaux de moins de six mois",
                "motif_de_l_exception": "Chantier court.",
            },
            "bloquant",
            "execution.durabilite.exception_sociale",
            "L'exception des travaux de moins de six mois ne va pas avec cet achat.",
            "Choisissez une autre exception, ou ajoutez une condition sociale.",
        ),
    ],
)
def test_une_exception_sociale_se_choisit_et_s_explique(change, gravite, champ, quoi, remede):
    exige("RC-24", gravite, champ, quoi, remede, projet=social(6_000_000, **change))


@pytest.mark.article("CCP", "L. 2112-2-1")
def test_une_exception_expliquee_ne_dit_rien():
    projet = social(
        6_000_000,
        exception_sociale="solution immédiatement disponible",
        motif_de_l_exception="Sur étagère.",
    )

    assert constats("RC-24", projet) == ()


@pytest.mark.article("CCP", "L. 2112-2-1")
def test_sans_montant_on_ne_sait_pas_si_la_condition_sociale_est_exigee():
    assert any(n.code == "RC-24" for n in rapport(achat(valeur_estimee=None)).non_joues)
