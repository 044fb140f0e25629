"""CGCT, art. L. 1411-5 : la composition de la commission, ses suppléants, et ses voix."""

import pytest

from beffroi.choix.commissions.rules import (
    Personne,
    Place,
    Vote,
    composition,
    est_adoptee,
    vote_recevable,
)

pytestmark = pytest.mark.article("CGCT", "L. 1411-5")


def cao(titulaires: int, suppleants: int) -> list[Personne]:
    membres = [Personne("Présidente", "president")]
    membres += [Personne(f"Titulaire {n}", "titulaire") for n in range(titulaires)]
    return membres + [Personne(f"Suppléant {n}", "suppleant") for n in range(suppleants)]


@pytest.mark.parametrize("titulaires", [3, 5])
def test_trois_ou_cinq_titulaires_et_autant_de_suppleants_n_appellent_aucune_remarque(titulaires):
    assert composition("cao", cao(titulaires, titulaires)) == ()


def test_quatre_titulaires_et_moins_de_suppleants_se_disent():
    assert len(composition("cao", cao(4, 3))) == 2


def test_une_commission_sans_president_se_dit():
    assert "président" in composition("cao", cao(3, 3)[1:])[0].texte


def table(presents: int, consultatifs: int = 0) -> list[Place]:
    places = [
        Place(f"Titulaire {n}", "titulaire", "present" if n < presents else "absent")
        for n in range(5)
    ]
    return places + [Place(f"Comptable {n}", "consultatif", "present") for n in range(consultatifs)]


def test_une_voix_consultative_ne_vote_pas_et_ne_fait_pas_le_quorum():
    assert not vote_recevable(
        Vote(3, 0, 0), table(2, 1), seconde=False, preponderante=False
    ).favorable
    assert vote_recevable(Vote(3, 0, 0), table(3, 1), seconde=False, preponderante=False).favorable


def test_une_seconde_convocation_vote_sans_quorum():
    assert vote_recevable(Vote(1, 0, 0), table(1), seconde=True, preponderante=False).favorable


@pytest.mark.parametrize(
    "vote,preponderante,adoptee",
    [
        (Vote(3, 2, 0), False, True),
        (Vote(2, 2, 1), False, False),
        (Vote(2, 2, 1, True), False, False),
        (Vote(2, 2, 1, True), True, True),
        (Vote(2, 2, 1, False), True, False),
        (Vote(0, 0, 5, True), True, False),
    ],
)
def test_un_partage_ne_se_departage_que_par_la_voix_preponderante_du_reglement_interieur(
    vote, preponderante, adoptee
):
    assert est_adoptee(vote, preponderante=preponderante) is adoptee


def test_un_partage_a_departager_attend_la_voix_du_president():
    partage = vote_recevable(Vote(2, 2, 1), table(5), seconde=False, preponderante=True)

    assert "président" in partage.motifs[0].texte
