"""CCP, art. R. 2172-2 :
la maîtrise d'œuvre au-dessus du seuil passe par un concours restreint, sauf cinq cas.
"""

import pytest

from tests.droit.besoins import articles, propose

pytestmark = pytest.mark.article("CCP", "R. 2172-2")


@pytest.mark.parametrize(
    "montant,attendue", [(215_999, "procedure_adaptee_ouverte"), (216_000, "concours")]
)
def test_le_concours_est_la_regle_a_partir_du_seuil(montant, attendue):
    assert propose(montant, maitrise_d_oeuvre=True).procedure.valeur == attendue


@pytest.mark.article("CCP", "R. 2122-6")
def test_le_marche_se_negocie_avec_le_laureat():
    assert "CCP, art. R. 2122-6" in articles(
        propose(300_000, maitrise_d_oeuvre=True).procedure.pourquoi
    )


def test_une_rehabilitation_en_dispense_et_la_conception_permet_de_negocier():
    proposition = propose(300_000, maitrise_d_oeuvre=True, dispense_de_concours=True)

    assert proposition.procedure.valeur == "procedure_avec_negociation"
    assert "CCP, art. R. 2124-3, 3°" in articles(proposition.procedure.pourquoi)


@pytest.mark.article("CCP", "R. 2172-3")
def test_un_acheteur_hors_du_livre_iv_n_y_est_pas_tenu():
    proposition = propose(300_000, maitrise_d_oeuvre=True, collectivite_territoriale=False)

    assert proposition.procedure.valeur == "procedure_avec_negociation"
    assert "CCP, art. R. 2172-3" in articles(proposition.procedure.pourquoi)


def test_le_concours_parait_au_boamp_et_au_joue():
    assert propose(300_000, maitrise_d_oeuvre=True).publicite.valeurs == ("BOAMP", "JOUE", "profil")


def test_l_attente_avant_signature_apres_un_concours_n_est_pas_supposee():
    assert propose(300_000, maitrise_d_oeuvre=True).suspension.est_a_verifier
