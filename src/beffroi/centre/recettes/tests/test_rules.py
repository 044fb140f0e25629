"""Les règles pures :
au centime, ce qui est appelé se retrouve dans ce qui est rendu, payé et dû.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.recettes.rules import recevabilite, reperes
from beffroi.centre.recettes.rules.soldes import ANCIENNETES, Solde, anciennete
from formats.sommes import au_centime

CENTIMES = st.integers(0, 10**9).map(lambda centimes: Decimal(centimes) / 100)
ECHEANCE = date(2027, 3, 5)
NOTE = {
    "exercice": 2027,
    "emis_le": date(2027, 1, 20),
    "montant": Decimal(500),
    "appele": Decimal(500),
    "deja_titree": "",
    "aujourd_hui": date(2027, 2, 1),
}


@given(appele=CENTIMES, avoirs=CENTIMES, paye=CENTIMES)
def test_au_centime_appele_et_trop_percu_font_avoirs_paye_et_reste(appele, avoirs, paye):
    solde = Solde(appele, avoirs, paye)

    assert appele + solde.trop_percu == avoirs + paye + solde.reste


@given(appele=CENTIMES, avoirs=CENTIMES, paye=CENTIMES)
def test_on_ne_doit_pas_et_on_ne_se_fait_pas_rendre_a_la_fois(appele, avoirs, paye):
    solde = Solde(appele, avoirs, paye)

    assert min(solde.reste, solde.trop_percu) == 0 <= max(solde.reste, solde.trop_percu)


@pytest.mark.parametrize(
    ("jour", "colonne"),
    [
        (date(2027, 3, 5), 0),
        (date(2027, 3, 6), 1),
        (date(2027, 4, 4), 1),
        (date(2027, 4, 5), 2),
        (date(2027, 5, 4), 2),
        (date(2027, 5, 5), 3),
        (date(2027, 6, 3), 3),
        (date(2027, 6, 4), 4),
    ],
)
def test_l_anciennete_d_un_impaye_change_de_colonne_a_sa_borne(jour, colonne):
    assert anciennete(ECHEANCE, le=jour) == ANCIENNETES[colonne]


def test_sans_reception_rien_n_est_echu():
    assert anciennete(None, le=date(2099, 1, 1)) == "Pas échu"


@given(centimes=st.integers(1, 10**11))
def test_un_montant_dit_par_la_maison_se_relit_au_centime(centimes):
    somme = Decimal(centimes) / 100

    assert reperes.montant(au_centime(somme)) == reperes.montant(f"{somme:.2f}") == somme


@pytest.mark.parametrize(
    "ecrit", ["1 753,42 €", "1753.42", "1.753,42", "1,753.42", "1\N{NARROW NO-BREAK SPACE}753,42"]
)
def test_un_montant_se_lit_a_la_francaise_ou_au_point(ecrit):
    assert reperes.montant(ecrit) == Decimal("1753.42")


@pytest.mark.parametrize(
    "ecrit", ["", "gratuit", "12,345", "1.234", "0", "0,00", "-5", "1e3", "١٢", "12,", "9" * 11]
)
def test_ce_qui_n_est_pas_une_somme_au_centime_se_refuse(ecrit):
    with pytest.raises(reperes.Illisible):
        reperes.montant(ecrit)


@pytest.mark.parametrize("ecrit", ["2027-02-15", "15/02/2027", " 15/02/2027 "])
def test_une_date_se_lit_iso_ou_a_la_francaise(ecrit):
    assert reperes.jour(ecrit) == date(2027, 2, 15)


@pytest.mark.parametrize(
    "ecrit", ["", "15/02/27", "02/15/2027", "31/02/2027", "1899-01-01", "hier"]
)
def test_une_date_douteuse_se_refuse(ecrit):
    with pytest.raises(reperes.Illisible):
        reperes.jour(ecrit)


def test_un_appel_et_un_titre_se_nomment_de_plusieurs_facons():
    assert reperes.appel("c-2027-0031") == reperes.appel("C2027 0031") == reperes.Appel(2027, 31)
    assert reperes.titre("2027/118") == reperes.titre("2027-118") == reperes.Titre(2027, 118)
    assert (reperes.titre("118"), reperes.titre("T118"), reperes.appel("31")) == (
        reperes.Titre(None, 118),
        None,
        None,
    )


def test_le_meme_encaissement_ecrit_autrement_se_reconnait():
    assert reperes.numero_d_encaissement(" vir  0042\t") == "VIR 0042"


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"emis_le": date(2027, 2, 2)}, "date à venir"),
        ({"exercice": 2025}, "ne date pas de 2027"),
        ({"deja_titree": "2027-9"}, "a déjà le titre 2027-9"),
        ({"montant": Decimal("500.01")}, "l'appel 500\N{NO-BREAK SPACE}€ seulement"),
    ],
)
def test_un_titre_se_refuse_et_la_phrase_dit_pourquoi(change, dit):
    decision = recevabilite.peut_noter_un_titre(**{**NOTE, **change})

    assert [dit in motif.texte for motif in decision.motifs] == [True]


def test_un_titre_de_la_journee_complementaire_se_note():
    emis = {"emis_le": date(2028, 1, 25), "aujourd_hui": date(2028, 1, 31)}

    assert recevabilite.peut_noter_un_titre(**{**NOTE, **emis}).favorable


@given(reste=CENTIMES, montant=CENTIMES.filter(bool))
def test_un_paiement_se_recoit_si_et_seulement_s_il_ne_depasse_pas_le_reste(reste, montant):
    jour = date(2027, 2, 1)

    decision = recevabilite.peut_encaisser(
        recu_le=jour, montant=montant, reste=reste, aujourd_hui=jour
    )

    assert decision.favorable == (montant <= reste)
