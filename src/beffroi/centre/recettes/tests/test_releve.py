"""Le relevé et la balance :
au centime, ce qui est appelé se retrouve dans ce qui est rendu, payé et dû.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.centre.recettes import lecture, queries, releve, suivi
from beffroi.centre.recettes.services.paiements import contre_passer
from beffroi.centre.recettes.tests.gestes import (
    EN_MARS,
    LE_15_MARS,
    appelee,
    avoir,
    paiement,
    recue,
    titre,
)

pytestmark = pytest.mark.django_db
SOMMES = st.lists(st.integers(1, 20_000), max_size=5)


def du_releve(nom="Ville de Béthune"):
    return releve.mouvements(queries.appels_de(appelee(nom).adherent), le=LE_15_MARS)


def balance(le=LE_15_MARS):
    return suivi.balance(queries.appels_de_l_annee(2027), le=le)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(payes=SOMMES, contre_passes=SOMMES, rendus=SOMMES)
def test_au_centime_le_dernier_solde_du_releve_est_ce_que_la_balance_dit(
    emis, solange, olivier, payes, contre_passes, rendus
):
    """Chaque exemple ajoute au même appel :
    le solde se compare à chaque fois à tout ce qui précède.
    """
    du = lecture.titre_en_cours(appelee()) or titre(solange)
    for centimes in (*payes, *contre_passes):
        somme = min(Decimal(centimes) / 100, lecture.reste_du(appelee(), le=LE_15_MARS))
        if somme:
            note = paiement(solange, du, str(somme), numero=f"V{du.paiements.count()}")
            if centimes in contre_passes:
                contre_passer(
                    paiement=note, le=LE_15_MARS, motif="Erreur", par=solange, maintenant=EN_MARS
                )
    for centimes in rendus[:1]:
        if appelee().avoirs.count() < 5:
            avoir(olivier, str(Decimal(centimes) / 100))

    solde = lecture.solde(appelee(), le=LE_15_MARS)

    assert solde.appele == solde.avoirs + solde.paye + solde.reste - solde.trop_percu
    assert du_releve()[-1].solde == solde.reste - solde.trop_percu


def test_le_releve_dit_chaque_mouvement_dans_l_ordre(emis, solange, olivier):
    du = titre(solange)
    note = paiement(solange, du, "400")
    avoir(olivier, "12.50")
    contre_passer(
        paiement=note, le=date(2027, 3, 1), motif="Payé par Avion", par=solange, maintenant=EN_MARS
    )

    lus = [(un.sorte, un.solde) for un in du_releve()]

    net = Decimal("987.50")
    attendus = [
        ("Appel", 1000),
        ("Avoir", net),
        ("Titre de recette", net),
        ("Paiement", net - 400),
        ("Contre-passation", net),
    ]
    assert lus == attendus


def test_la_balance_range_chaque_reste_dans_la_colonne_de_son_retard(emis, solange):
    recue(date(2027, 1, 10), par=solange)

    ages = {age.mot: age.reste for age in suivi.ages(balance())}

    assert ages["31 à 60 jours"] == 1000
    assert ages["Pas échu"] == 500
    assert (
        sum(ages.values()) == suivi.totaux(un for ligne in balance() for un in ligne.suivis).reste
    )


def test_la_balance_dit_ou_en_est_chacun_et_ce_qui_manque(emis, solange):
    recue(date(2027, 1, 10), par=solange)
    paiement(solange, titre(solange, nom="Ville d'Avion"), "500")

    etats = {ligne.nom: (ligne.etat[1], ligne.manque) for ligne in balance()}

    assert etats == {
        "Ville de Béthune": ("En retard de 34 jours", "titre à noter"),
        "Ville d'Avion": ("Soldé", ""),
    }


@pytest.mark.parametrize(
    ("voir", "montres"),
    [("", 1), ("tous", 2), ("en_retard", 0), ("a_completer", 1), ("trop_percus", 0)],
)
def test_la_balance_se_filtre(emis, solange, voir, montres):
    paiement(solange, titre(solange, nom="Ville d'Avion"), "500")

    assert len(suivi.filtrees(balance(), voir=voir, nom="ville")) == montres


def test_un_trop_percu_ne_cache_pas_ce_qu_un_autre_doit(emis, solange, olivier):
    du = titre(solange)
    paiement(solange, du, "1000")
    avoir(olivier, "500", le=EN_MARS)

    totaux = suivi.totaux(un for ligne in balance() for un in ligne.suivis)

    assert (totaux.reste, totaux.trop_percu) == (500, 500)


def test_la_balance_se_lit_en_un_nombre_constant_de_lectures(
    emis, solange, django_assert_num_queries
):
    for nom, numero in (("Ville de Béthune", 118), ("Ville d'Avion", 119)):
        paiement(solange, titre(solange, nom=nom, numero=numero), "1", numero=nom)

    with django_assert_num_queries(4):
        assert [ligne.totaux.paye for ligne in balance()] == [1, 1]


def test_la_veille_du_paiement_tout_est_encore_du(emis, solange):
    paiement(solange, titre(solange), "1000", le=LE_15_MARS)

    assert lecture.reste_du(appelee(), le=LE_15_MARS - timedelta(days=1)) == 1000
