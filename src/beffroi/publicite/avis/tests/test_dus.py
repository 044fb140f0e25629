"""Un avis national dû et que rien ne prépare se dit avant de publier,
avec le lien qui mène à la publicité.
"""

import pytest

from beffroi.achat.consultations.queries import faits_de_publication
from beffroi.achat.consultations.rules.publication import AVERTISSEMENT, controles
from beffroi.publicite.avis.dus import avis_dus
from beffroi.publicite.avis.tests import achats
from beffroi.publicite.avis.tests.test_views import ecrire, lire, retenir

pytestmark = pytest.mark.article("CCP", "R. 2131-12")


def phrases(consultation, scene):
    return [controle.texte for controle in avis_dus(consultation, le=scene.le)]


def test_un_avis_du_et_pas_ecrit_avertit_et_mene_a_la_publicite(consultation, scene):
    (controle,) = avis_dus(consultation, le=scene.le)

    assert controle.gravite == AVERTISSEMENT and "aucun avis n'est écrit : BOAMP" in controle.texte
    assert controle.source == "CCP, art. R. 2131-12"
    assert controle.url == f"/consultations/{consultation.reference}/publicite/"
    assert controle in controles(faits_de_publication(consultation, scene.le))


def test_un_avis_ecrit_sans_parution_preparee_avertit_encore(consultation, scene, martine):
    ecrire(martine, consultation)

    assert "sa parution n'est pas préparée : BOAMP" in phrases(consultation, scene)[0]


@pytest.mark.parametrize(("support", "nom"), [("boamp", ""), ("jal", "La Voix du Nord")])
def test_une_parution_preparee_la_ou_la_loi_le_permet_n_avertit_plus(
    consultation, scene, martine, support, nom
):
    retenir(martine, consultation, ecrire(martine, consultation), support, nom_du_support=nom)

    assert phrases(consultation, scene) == []


def test_sous_le_seuil_rien_n_est_du(scene):
    achats.donner_les_coordonnees(scene)

    assert phrases(achats.preparer(scene, achats.LIBRE), scene) == []


def test_sans_les_questions_rien_n_est_du(scene):
    assert phrases(scene.brouillon(), scene) == []


def test_un_achat_europeen_doit_aussi_son_avis_national(scene):
    achats.donner_les_coordonnees(scene)

    assert "BOAMP" in phrases(achats.preparer(scene, achats.EUROPEEN), scene)[0]


def test_verifier_montre_le_point_et_son_lien(consultation, martine):
    page = lire(martine, f"/consultations/{consultation.reference}/preparer/verifier/")

    assert page.count("aucun avis n'est écrit : BOAMP") == 1
    assert (
        f'<a href="/consultations/{consultation.reference}/publicite/">Préparer l\'avis</a>' in page
    )


def test_publier_montre_le_point_sans_empecher(consultation, martine, scene):
    scene.completer(consultation)
    adresse = f"/consultations/{consultation.reference}/preparer/publier/"

    page = lire(martine, adresse)
    assert (
        "L'avis reste à préparer" in page
        and f"/consultations/{consultation.reference}/publicite/" in page
    )
    assert "Publier</button>" in page
