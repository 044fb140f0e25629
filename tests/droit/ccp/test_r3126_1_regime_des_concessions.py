"""CCP, art. R. 3121-1, R. 3122-2, R. 3126-1 à R. 3126-5 :
règles complètes ou allégées d'une concession.
"""

import pytest

from tests.droit.besoins import articles, propose

pytestmark = pytest.mark.article("CCP", "R. 3126-1")
COMPLETE, ALLEGEE = "concession_au_dessus_du_seuil", "concession_sous_le_seuil"


def concession(montant, **change):
    return propose(montant, contrat="concession", type_d_acheteur="autorité concédante", **change)


@pytest.mark.parametrize("montant,attendue", [(5_403_999, ALLEGEE), (5_404_000, COMPLETE)])
def test_les_regles_completes_valent_a_partir_du_seuil(montant, attendue):
    assert concession(montant).procedure.valeur == attendue


@pytest.mark.article("CCP", "R. 3122-2")
def test_au_dessus_du_seuil_trois_avis_sont_exiges():
    proposition = concession(6_000_000)

    assert proposition.publicite.valeurs == ("JOUE", "BOAMP", "presse spécialisée", "profil")
    assert proposition.avis.valeur == "eforms_19"


@pytest.mark.article("CCP", "R. 3126-3")
@pytest.mark.article("CCP", "R. 3126-4")
def test_sous_le_seuil_un_avis_national_suffit():
    proposition = concession(500_000)

    assert proposition.publicite.valeurs == ("BOAMP", "profil")
    assert articles(proposition.publicite.pourquoi) == ["CCP, art. R. 3126-4"]
    assert proposition.avis.valeur == "national_concession"


@pytest.mark.article("CCP", "R. 3126-5")
def test_un_service_specifique_reste_allege_mais_parait_au_joue():
    proposition = concession(6_000_000, services_sociaux_ou_specifiques=True)

    assert proposition.procedure.valeur == ALLEGEE
    assert proposition.publicite.valeurs == ("JOUE", "BOAMP", "profil")


@pytest.mark.article("CCP", "R. 3122-9")
def test_les_documents_sont_toujours_sur_le_profil():
    proposition = concession(10_000)

    assert proposition.dossier.valeur == "exige"
    assert articles(proposition.dossier.pourquoi) == ["CCP, art. R. 3122-9"]


@pytest.mark.article("CCP", "R. 3126-11")
def test_sous_le_seuil_aucune_attente_n_est_exigee():
    proposition = concession(500_000)

    assert proposition.suspension.valeur == "0"
    assert articles(proposition.suspension.pourquoi) == ["CCP, art. R. 3126-11"]


@pytest.mark.article("CCP", "R. 3125-1")
def test_au_dessus_onze_jours():
    assert concession(6_000_000).suspension.valeur == "11"


@pytest.mark.article("CCP", "R. 3131-1")
def test_les_donnees_essentielles_paraissent_avant_l_execution():
    proposition = concession(6_000_000)

    assert articles(proposition.donnees_essentielles.pourquoi) == ["CCP, art. R. 3131-1"]
