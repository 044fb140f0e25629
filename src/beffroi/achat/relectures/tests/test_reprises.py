"""Une remarque suit son passage d'une version à l'autre, par son texte ;
sinon l'écran dit qu'il a disparu.
"""

import pytest

from beffroi.achat.relectures.rules.ancrage import retrouver
from beffroi.achat.relectures.tests.gestes import joindre
from beffroi.achat.relectures.tests.test_views import chez_l_acheteur, demander, prise

HEURE = "Les offres arrivent avant le 15 décembre 2026 à 16 h."
VISITE = "La visite du site est obligatoire, sur rendez-vous avec les services techniques."


@pytest.mark.parametrize(
    "paragraphes,attendu",
    [
        ((HEURE, VISITE), 2),
        ((VISITE, HEURE), 1),
        (
            (
                HEURE,
                "La visite du site est facultative, sur rendez-vous avec les services techniques.",
            ),
            2,
        ),
        (
            (
                HEURE,
                "LA VISITE DU SITE EST OBLIGATOIRE, sur rendez-vous avec les services techniques",
            ),
            2,
        ),
        ((HEURE, "La visite est supprimée."), None),
        ((), None),
    ],
    ids=["au même endroit", "déplacé", "récrit un peu", "autre casse", "disparu", "texte vide"],
)
def test_un_passage_se_retrouve_par_ses_mots(paragraphes, attendu):
    assert retrouver(VISITE, 2, paragraphes) == attendu


def test_entre_deux_passages_pareils_le_plus_proche_l_emporte():
    assert retrouver(HEURE, 5, (HEURE, "a", "b", HEURE, "c")) == 4


def test_un_passage_sans_mots_ne_se_retrouve_nulle_part():
    assert retrouver("—", 1, ("—", "…")) is None


def soumettre(martine, claire, scene, consultation, *paragraphes, remarque="Accordez les heures."):
    """Une première version commentée et rendue, puis une seconde soumise avec ces paragraphes."""
    premiere = prise(martine, claire, consultation)
    adresse = f"/cdg/relectures/{premiere.reference}/"
    claire.post(f"{adresse}commenter/", {"paragraphe": "1", "texte": remarque})
    claire.post(f"{adresse}rendre/", {"avis": "a_corriger", "observation": ""})
    consultation.pieces.all().delete()
    joindre(consultation, scene, *paragraphes)
    return premiere, demander(martine, consultation)


def test_une_remarque_suit_son_paragraphe_deplace(martine, claire, scene, consultation):
    _, seconde = soumettre(
        martine, claire, scene, consultation, VISITE, HEURE.replace("16 h", "12 h")
    )

    page = claire.get(f"/cdg/relectures/{seconde.reference}/")
    passage = next(passage for passage in page.context["paragraphes"] if passage["reprises"])

    assert (passage["numero"], passage["reprises"][0].version) == (2, 1)
    assert "Remarque sur la version 1" in page.content.decode()
    assert page.context["disparues"] == []


def test_une_remarque_sans_passage_dit_qu_il_a_disparu(martine, claire, scene, consultation):
    _, seconde = soumettre(martine, claire, scene, consultation, "Tout autre chose.")

    page = claire.get(f"/cdg/relectures/{seconde.reference}/")

    assert [reprise.passage for reprise in page.context["disparues"]] == [HEURE]
    assert (
        "Passage disparu" in page.content.decode()
        and "Accordez les heures." in page.content.decode()
    )


def test_l_acheteur_revoit_sa_reponse_a_cote_du_passage(martine, claire, scene, consultation):
    premiere, seconde = soumettre(martine, claire, scene, consultation, HEURE)
    remarque = premiere.commentaires.get()
    martine.post(
        chez_l_acheteur(consultation, f"{premiere.reference}/"),
        {"commentaire": remarque.reference, "reponse": "L'heure est celle du bureau."},
    )

    page = martine.get(chez_l_acheteur(consultation, f"{seconde.reference}/")).content.decode()

    assert "Remarque sur la version 1" in page and "heure est celle du bureau" in page


def test_l_acheteur_ne_voit_pas_ce_qu_une_demande_retiree_portait(
    martine, claire, scene, consultation
):
    premiere = prise(martine, claire, consultation)
    claire.post(
        f"/cdg/relectures/{premiere.reference}/commenter/",
        {"paragraphe": "1", "texte": "Note du juriste."},
    )
    martine.post(chez_l_acheteur(consultation, f"{premiere.reference}/retirer/"))
    seconde = demander(martine, consultation)

    vue = martine.get(chez_l_acheteur(consultation, f"{seconde.reference}/")).content.decode()

    assert "Note du juriste" not in vue
    assert "Note du juriste" in claire.get(f"/cdg/relectures/{seconde.reference}/").content.decode()
