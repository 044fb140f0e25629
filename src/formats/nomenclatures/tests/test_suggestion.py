"""Les mots d'une commune trouvent leur code,
avec nos seules tables puis avec la nomenclature entière.
"""

import pytest

from formats.nomenclatures import cpv
from formats.nomenclatures.suggestion import _table, groupe_de, proposer
from formats.tests.normes import NORMES, avec_les_normes

# Quarante achats courants, dits comme on les dit, et le groupe attendu.
ACHATS = [
    ("toiture", "452"),
    ("Réfection de la toiture de l'école", "452"),
    ("travaux de voirie", "452"),
    ("création d'une piste cyclable", "452"),
    ("remplacement de la chaudière de la mairie", "453"),
    ("travaux d'éclairage public", "453"),
    ("ravalement de façade", "454"),
    ("remplacement des fenêtres", "454"),
    ("peinture des salles de classe", "454"),
    ("désamiantage et démolition", "451"),
    ("cantine", "555"),
    ("restauration scolaire", "555"),
    ("portage de repas à domicile", "555"),
    ("fourniture de papier", "301"),
    ("fournitures de bureau", "301"),
    ("location de photocopieurs", "301"),
    ("ordinateurs pour les écoles", "302"),
    ("mobilier scolaire", "391"),
    ("produits d'entretien", "398"),
    ("aire de jeux", "375"),
    ("achat d'un camion", "341"),
    ("véhicules électriques", "341"),
    ("pneumatiques", "343"),
    ("tondeuse autoportée", "163"),
    ("carburants", "091"),
    ("électricité", "093"),
    ("gaz naturel", "091"),
    ("panneaux de signalisation", "349"),
    ("extincteurs", "351"),
    ("vêtements de travail", "181"),
    ("assurances de la commune", "665"),
    ("téléphonie mobile", "642"),
    ("maîtrise d'œuvre pour la salle des fêtes", "712"),
    ("révision du PLU", "714"),
    ("entretien des espaces verts", "773"),
    ("nettoyage des locaux", "909"),
    ("collecte des ordures ménagères", "905"),
    ("transport scolaire", "601"),
    ("impression du bulletin municipal", "798"),
    ("gestion de la crèche", "853"),
    ("feu d'artifice", "923"),
    ("formation des agents", "805"),
]


@pytest.mark.parametrize(("mots", "groupe"), ACHATS)
def test_nos_tables_proposent_d_abord_le_bon_groupe(mots, groupe):
    premiere = proposer(mots)[0]

    assert premiere.code == groupe.ljust(8, "0")


@avec_les_normes
@pytest.mark.parametrize(("mots", "groupe"), ACHATS)
def test_la_nomenclature_entiere_propose_parmi_les_trois_premiers_un_code_du_bon_groupe(
    mots, groupe
):
    complete = cpv.entiere(NORMES / "cpv" / "cpv_2008_fr.csv")

    propositions = proposer(mots, complete=complete)

    assert groupe.ljust(8, "0") in {groupe_de(proposition.code) for proposition in propositions[:3]}


@avec_les_normes
@pytest.mark.parametrize(
    ("mots", "code"),
    [
        ("travaux de couverture", "45261210"),
        ("fourniture de papier à lettres", "30197630"),
        ("services d'élagage des arbres", "77211500"),
        ("extincteurs", "35111300"),
    ],
)
def test_la_nomenclature_entiere_donne_parmi_les_premiers_le_code_precis(mots, code):
    complete = cpv.entiere(NORMES / "cpv" / "cpv_2008_fr.csv")

    assert code[:5] in {proposition.code[:5] for proposition in proposer(mots, complete=complete)}


@pytest.mark.parametrize(
    ("une", "autre"),
    [
        ("ÉLECTRICITÉ", "electricite"),
        ("vehicule", "véhicules"),
        ("travaux de menuiserie", "travaux de menuiseries"),
    ],
)
def test_accents_majuscules_et_pluriels_ne_comptent_pas(une, autre):
    assert proposer(une) == proposer(autre)


@pytest.mark.parametrize("mots", ["", "   ", "de la", "xyzzy", "achat de prestations"])
def test_des_mots_inconnus_ne_proposent_rien(mots):
    assert proposer(mots) == []


def test_le_nombre_de_propositions_est_borne():
    assert len(proposer("services de construction et d'entretien", nombre=3)) == 3


def test_notre_table_ne_nomme_que_des_groupes_connus():
    connus = {code.code[:3] for code in cpv.abregee()}

    assert set(_table()) - connus == set()
    assert [groupe for groupe, dites in _table().items() if not all(dites)] == []
