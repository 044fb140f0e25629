"""CCP, art. R. 2162-4 : un accord-cadre a un maximum, et rien ne se commande au-delà.

L. 2193-3 : sous-traiter une partie.
"""

from decimal import Decimal

import pytest

from beffroi.contrat.marches.rules.consommation import (
    Consommation,
    commande_recevable,
    destinataire_dit,
    sous_traitance_recevable,
)
from beffroi.contrat.marches.rules.numero import numero_propose, numero_recevable
from beffroi.contrat.marches.rules.termes import recevables
from droit.en_vigueur import Droit
from tests.droit.bornes import LECTURE

pytestmark = pytest.mark.article("CCP", "R. 2162-4")
DROIT = Droit.au(LECTURE)
MARCHE = {
    "montant": Decimal(1),
    "maximum": None,
    "procedure": "sans_publicite",
    "titulaires": ["80295478500028"],
    "groupement": "",
    "accord_cadre": False,
}


def test_une_commande_va_jusqu_au_maximum_et_pas_au_dela():
    reste = Consommation(maximum=Decimal(50_000), commande=Decimal(42_000))

    assert commande_recevable(Decimal(8_000), consommation=reste).favorable
    assert not commande_recevable(Decimal("8000.01"), consommation=reste).favorable


@pytest.mark.article("CCP", "R. 2162-14")
def test_une_commande_dit_lequel_des_titulaires_elle_vise():
    refus = destinataire_dit(titulaires=2, nomme=False)

    assert refus.motifs[0].source.numero == "R. 2162-14"
    assert destinataire_dit(titulaires=2, nomme=True).favorable
    assert destinataire_dit(titulaires=1, nomme=False).favorable


def test_un_accord_cadre_a_un_maximum():
    assert not recevables(nature="accord_cadre", **MARCHE).favorable
    assert recevables(nature="accord_cadre", **{**MARCHE, "maximum": Decimal(9)}).favorable


@pytest.mark.article("CCP", "R. 2162-7")
def test_un_marche_subsequent_a_son_accord_cadre():
    assert not recevables(nature="marche_subsequent", **MARCHE).favorable
    assert recevables(nature="marche_subsequent", **{**MARCHE, "accord_cadre": True}).favorable


@pytest.mark.article("CCP", "L. 2193-3")
def test_un_marche_ne_se_sous_traite_pas_en_entier():
    assert sous_traitance_recevable(Decimal(40), deja=Decimal(59), marche=Decimal(100)).favorable
    assert not sous_traitance_recevable(
        Decimal(41), deja=Decimal(59), marche=Decimal(100)
    ).favorable


@pytest.mark.parametrize("numero", ["", "2026-0000000000001", "marché 1", "-1"])
def test_un_numero_se_refuse_vide_trop_long_ou_illisible(numero):
    assert not numero_recevable(numero, deja=(), droit=DROIT).favorable


def test_un_numero_de_seize_signes_passe_une_fois():
    assert numero_recevable("2026-00000000001", deja=(), droit=DROIT).favorable
    assert not numero_recevable(
        "2026-00000000001", deja={"2026-00000000001"}, droit=DROIT
    ).favorable


def test_le_numero_propose_suit_le_plus_grand_de_l_annee():
    assert (
        numero_propose(2026, deja={"2026-009", "2026-012-L1", "2025-400"}, lot=2) == "2026-013-L2"
    )


def test_la_part_commandee_se_lit_en_pour_cent_sans_depasser_cent():
    def pourcent(commande, maximum=50_000):
        return Consommation(maximum=Decimal(maximum), commande=Decimal(commande)).pourcent

    assert [pourcent(0), pourcent("499.99"), pourcent(500), pourcent(25_000), pourcent(50_000)] == [
        0,
        0,
        1,
        50,
        100,
    ]
    assert pourcent(60_000) == 100
    assert pourcent(0, maximum=0) == 100


def test_un_maximum_depasse_ne_laisse_rien_a_commander():
    depasse = Consommation(maximum=Decimal(50_000), commande=Decimal(50_000))

    assert depasse.reste == 0
    assert not commande_recevable(Decimal("0.01"), consommation=depasse).favorable


@pytest.mark.parametrize(
    "change",
    [
        {"montant": Decimal(0)},
        {"montant": Decimal("-0.01")},
        {"titulaires": []},
        {"titulaires": ["8029547850002"]},
        {"titulaires": ["802954785000281"]},
        {"titulaires": ["80295478500028", "inconnu"], "groupement": "solidaire"},
        {"titulaires": ["80295478500028", "BE0123456789"]},
        {"procedure": "concession_sous_le_seuil"},
    ],
)
def test_un_contrat_s_inscrit_avec_un_montant_et_des_titulaires_que_l_on_reconnait(change):
    assert not recevables(nature="marche", **{**MARCHE, **change}).favorable


def test_un_groupement_dit_et_un_titulaire_etranger_s_inscrivent():
    ensemble = {"titulaires": ["80295478500028", "BE0123456789"], "groupement": "solidaire"}

    assert recevables(nature="marche", **MARCHE).favorable
    assert recevables(nature="marche", **{**MARCHE, **ensemble}).favorable


def test_une_concession_se_passe_selon_une_procedure_de_concession():
    assert not recevables(nature="concession", **MARCHE).favorable
    assert recevables(
        nature="concession", **{**MARCHE, "procedure": "concession_sous_le_seuil"}
    ).favorable


def test_le_premier_numero_de_l_annee_n_a_pas_de_lot():
    assert numero_propose(2027, deja={"2026-009"}) == "2027-001"


@pytest.mark.article("CCP", "R. 2162-7")
@pytest.mark.article("CCP", "L. 2193-3")
def test_chaque_refus_cite_son_article():
    depasse = commande_recevable(
        Decimal(2), consommation=Consommation(maximum=Decimal(1), commande=Decimal(0))
    )
    sous_traite = sous_traitance_recevable(Decimal(41), deja=Decimal(59), marche=Decimal(100))

    assert depasse.motifs[0].source.numero == "R. 2162-4"
    assert sous_traite.motifs[0].source.numero == "L. 2193-3" and "100 €" in sous_traite.motifs[
        0
    ].texte.replace("\xa0", " ")
    assert recevables(nature="accord_cadre", **MARCHE).motifs[0].source.numero == "R. 2162-4"
    assert recevables(nature="marche_subsequent", **MARCHE).motifs[0].source.numero == "R. 2162-7"


def test_un_numero_vide_ne_se_refuse_que_pour_cela():
    (motif,) = numero_recevable("", deja=(), droit=DROIT).motifs

    assert motif.texte == "Donnez un numéro au contrat."
