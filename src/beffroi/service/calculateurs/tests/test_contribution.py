"""La calculatrice publique de la contribution dit le montant, la tranche et pourquoi ;
une faute se dit sous son champ.
"""

import pytest


def lire(client, **demande):
    return client.get("/outils/contribution/", demande)


def en_clair(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_sans_demande_la_page_montre_la_grille(client):
    page = en_clair(lire(client))

    assert "de 151 à 250 consultations" in page
    assert "Pourquoi ?" not in page


def test_une_annee_entiere(client):
    page = en_clair(lire(client, agents="420", volume="180", exercice="2027"))

    assert "Contribution 2027 : 1 000 €" in page
    assert "Tranche 3" in page and "Pourquoi ?" in page


def test_un_depart_dit_l_avoir(client):
    page = en_clair(lire(client, agents="420", volume="0", exercice="2026", fin="2026-03-31"))

    assert "Contribution 2026 : 61,64 €" in page
    assert "un avoir de 188,36 €" in page


@pytest.mark.parametrize(
    ("faute", "phrase"),
    [
        ({"agents": "-1"}, "ne descend pas sous zéro"),
        ({"agents": "350.5"}, "un nombre entier"),
        ({"agents": "environ 400"}, "un nombre entier"),
        ({"volume": ""}, "même zéro"),
        ({"volume": "10000000"}, "trop grand"),
        ({"exercice": "26"}, "à partir de 2020"),
        ({"effet": "2027-05-02", "fin": "2027-05-01"}, "avant de prendre effet"),
        ({"agents": "\x00"}, "Erreur"),
    ],
)
def test_une_demande_impossible_se_corrige(client, faute, phrase):
    reponse = lire(client, **({"agents": "420", "volume": "10", "exercice": "2027"} | faute))

    assert reponse.status_code == 422
    assert phrase in en_clair(reponse)


def test_ce_qui_etait_ecrit_reste_a_l_ecran(client):
    page = en_clair(lire(client, agents="environ 400", volume="10", exercice="2027"))

    assert 'value="environ 400"' in page
    assert 'type="number"' not in page


@pytest.mark.django_db
def test_l_ecran_ne_lit_pas_la_base(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lire(client, agents="420", volume="180", exercice="2027").status_code == 200
