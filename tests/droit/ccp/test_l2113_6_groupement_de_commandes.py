"""CCP, art. L. 2113-6 et L. 2113-7 :
plusieurs acheteurs, une convention signée, un coordonnateur (PUB-16).
"""

import json
from dataclasses import replace

import pytest

from beffroi.achat.redaction.tests.achats import MAPA
from beffroi.achat.redaction.tests.textes import du_reglement
from droit.achat import GroupementDeCommandes, ecrire, lire
from tests.droit.achats import achat, acheteur, constats, exige, reglement

pytestmark = [pytest.mark.article("CCP", "L. 2113-6"), pytest.mark.article("CCP", "L. 2113-7")]
GROUPEMENT = GroupementDeCommandes(
    coordonnateur=acheteur().nom,
    membres=("Commune de Coyecques",),
    convention="Convention du 3 mars 2026",
)
ANNONCE = (
    "La consultation est passée en groupement de commandes, "
    "coordonné par la commune de Saint-Ambroise."
)


def avec(**change):
    return achat(groupement_de_commandes=replace(GROUPEMENT, **change))


@pytest.mark.parametrize(
    "projet,champ,quoi,remede",
    [
        (
            avec(membres=()),
            "membres",
            "Le groupement de commandes n'a pas de membres.",
            "Nommez les autres acheteurs, ou effacez le groupement.",
        ),
        (
            avec(convention=""),
            "convention",
            "La convention du groupement de commandes n'est pas citée.",
            "Donnez sa date. Sans convention, le groupement n'existe pas encore.",
        ),
        (
            avec(coordonnateur="Commune de Coyecques"),
            "coordonnateur",
            "Le coordonnateur n'est pas l'organisme qui publie.",
            "Publiez depuis l'organisme coordonnateur, ou corrigez son nom.",
        ),
    ],
)
def test_un_groupement_incomplet_se_signale(projet, champ, quoi, remede):
    exige(
        "PUB-16", "avertissement", f"groupement_de_commandes.{champ}", quoi, remede, projet=projet
    )


def test_un_groupement_annonce_ne_se_signale_pas():
    assert constats("PUB-16", avec(), lu=reglement(en_plus=(ANNONCE,))) == ()


def test_un_groupement_que_le_reglement_tait_se_signale():
    quoi = "La consultation prévoit un groupement de commandes, et le règlement n'en parle pas."

    exige(
        "PUB-16",
        "avertissement",
        "groupement_de_commandes",
        quoi,
        "Annoncez-le.",
        projet=avec(),
        lu=reglement(),
    )


def test_un_reglement_qui_en_annonce_un_de_trop_se_signale():
    quoi = "Le règlement annonce un groupement de commandes que la consultation ne prévoit pas."
    remede = "Dites-le dans la consultation, ou ôtez la phrase."

    exige(
        "PUB-16",
        "avertissement",
        "groupement_de_commandes",
        quoi,
        remede,
        projet=achat(),
        lu=reglement(en_plus=(ANNONCE,)),
    )


def test_le_reglement_ecrit_nomme_le_coordonnateur_les_membres_et_la_convention():
    lu = du_reglement(replace(MAPA, groupement_de_commandes=GROUPEMENT))

    assert (
        "réunis en groupement de commandes. Le coordonnateur est : Commune de Saint-Ambroise." in lu
    )
    assert (
        "Commune de Coyecques" in lu
        and "Convention du groupement : Convention du 3 mars 2026." in lu
    )
    assert "Chaque membre suit ensuite l'exécution de sa part." in lu


def test_le_coordonnateur_peut_suivre_le_marche_pour_tous():
    seul = replace(GROUPEMENT, chacun_execute=False)

    assert "Il en suit aussi l'exécution pour tous." in du_reglement(
        replace(MAPA, groupement_de_commandes=seul)
    )


def test_un_groupement_ecrit_avant_ces_champs_se_relit():
    ancien = json.loads(ecrire(avec()))
    for nouveau in ("convention", "chacun_execute"):
        del ancien["groupement_de_commandes"][nouveau]

    assert lire(json.dumps(ancien)).groupement_de_commandes == replace(GROUPEMENT, convention="")
