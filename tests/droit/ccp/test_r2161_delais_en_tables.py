"""CCP, art. R. 2161-2 à R. 2161-25 :
chaque délai minimal de remise, la veille et le jour de l'entrée en vigueur du code.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "R. 2161-25")


@pytest.mark.parametrize(
    ("cle", "jours"),
    [
        ("delai.appel_offres_ouvert.offres", 35),
        ("delai.appel_offres_ouvert.offres.electronique", 30),
        ("delai.appel_offres_ouvert.offres.preinformation", 15),
        ("delai.appel_offres_ouvert.offres.urgence", 15),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.candidatures", 30),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.candidatures.urgence", 15),
        ("delai.appel_offres_restreint.entite_adjudicatrice.candidatures", 15),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.offres", 30),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.offres.electronique", 25),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.offres.preinformation", 10),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.offres.urgence", 10),
        ("delai.appel_offres_restreint.pouvoir_adjudicateur.offres.sans_accord", 10),
        ("delai.appel_offres_restreint.entite_adjudicatrice.offres.sans_accord", 10),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.candidatures", 30),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.candidatures.urgence", 15),
        ("delai.procedure_avec_negociation.entite_adjudicatrice.candidatures", 15),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.offres", 30),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.offres.electronique", 25),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.offres.preinformation", 10),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.offres.urgence", 10),
        ("delai.procedure_avec_negociation.pouvoir_adjudicateur.offres.sans_accord", 10),
        ("delai.procedure_avec_negociation.entite_adjudicatrice.offres.sans_accord", 10),
        ("delai.dialogue_competitif.candidatures", 30),
        ("delai.documents_hors_profil", 5),
        ("delai.preinformation.avance_minimale", 35),
        ("delai.preinformation.avance_maximale", 12),
    ],
)
def test_le_delai_vaut_depuis_l_entree_en_vigueur_du_code(cle, jours):
    assert bascule(cle, CODE) == (INCONNUE, jours)
