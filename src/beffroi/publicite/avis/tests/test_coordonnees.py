"""Les coordonnées d'un avis :
ce qui est déjà su est rempli, le reste se dit une fois pour tout l'organisme.
"""

import pytest

from beffroi.achat.preparation.rules.reponses import Particularites
from beffroi.achat.preparation.services import repondre
from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.avis.models import CoordonneesDAvis
from beffroi.publicite.avis.tests import achats
from beffroi.publicite.avis.tests.test_views import chez, lire
from droit.achat import GroupementDeCommandes

DE_LA_COMMUNE = {
    "code_commune": "62153",
    "adresse": "1 place de la Mairie",
    "code_postal": "62960",
    "ville": "Bomy",
    "courriel": "marches@bomy.example",
    "telephone": "03 21 00 00 00",
}


@pytest.fixture
def europeenne(scene):
    Organisme.objects.filter(pk=scene.organisme.pk).update(**DE_LA_COMMUNE)
    return achats.preparer(scene, achats.EUROPEEN)


def remplie(martine, consultation):
    form = martine.get(chez(consultation, "coordonnees/")).context["form"]
    return {nom: form[nom].value() for nom in form.fields}


@pytest.mark.article("CJA", "R. 221-3")
def test_ce_que_l_organisme_et_les_tables_savent_est_deja_rempli(martine, europeenne):
    dits = remplie(martine, europeenne)

    assert (dits["ville"], dits["code_nuts"], dits["courriel"]) == (
        "Bomy",
        "FRE12",
        "marches@bomy.example",
    )
    assert (dits["tribunal_ville"], dits["tribunal_code_nuts"]) == ("Lille", "FRE11")
    assert [nom for nom, dit in dits.items() if not dit] == [
        "tribunal_siret",
        "tribunal_code_postal",
    ]


def test_il_ne_manque_a_l_avis_europeen_que_ce_que_nos_tables_n_ont_pas_et_la_page_dit_ou_l_avoir(
    martine, europeenne
):
    martine.post(
        chez(europeenne, "coordonnees/"), {**remplie(martine, europeenne), "tribunal_siret": ""}
    )

    avis = lire(martine, chez(europeenne, "ecrire/europeenne/"))
    page = lire(martine, chez(europeenne, "coordonnees/"))

    assert avis.count(chez(europeenne, "coordonnees/")) == 2
    assert "annuaire-entreprises.data.gouv.fr" in page and "sur son site" in page


def test_ce_qui_se_deduit_n_est_pas_recopie_et_suit_l_organisme(martine, europeenne, scene):
    saisie = {
        **remplie(martine, europeenne),
        "tribunal_siret": "17590034400019",
        "tribunal_code_postal": "59014",
    }
    martine.post(chez(europeenne, "coordonnees/"), saisie)
    Organisme.objects.filter(pk=scene.organisme.pk).update(telephone="03 21 99 99 99")

    gardees = CoordonneesDAvis.objects.get()
    assert (gardees.tribunal_siret, gardees.tribunal_code_postal) == ("17590034400019", "59014")
    assert (gardees.ville, gardees.telephone, gardees.tribunal_ville) == ("", "", "")
    assert remplie(martine, europeenne)["telephone"] == "03 21 99 99 99"
    assert "Écrire cet avis" in lire(martine, chez(europeenne, "ecrire/europeenne/"))


def test_dit_une_fois_c_est_rempli_pour_une_autre_consultation_du_meme_organisme(
    martine, europeenne, scene
):
    saisie = {
        **remplie(martine, europeenne),
        "tribunal_siret": "17590034400019",
        "tribunal_code_postal": "59014",
    }
    martine.post(chez(europeenne, "coordonnees/"), saisie)

    autre = remplie(martine, achats.preparer(scene))

    assert (autre["tribunal_siret"], autre["tribunal_code_postal"]) == ("17590034400019", "59014")


COYECQUES = "Commune de Coyecques (SIRET 21620254900013)"


def grouper(scene, consultation, *membres):
    groupement = GroupementDeCommandes(coordonnateur="Commune de Bomy", membres=membres)
    repondre(
        consultation=consultation,
        reponse=Particularites(groupement_de_commandes=groupement),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )


@pytest.fixture
def coyecques(scene):
    return Organisme.objects.create(
        nom="Commune de Coyecques",
        siret="21620254900013",
        code_commune="62254",
        ville="Coyecques",
        cree_le=scene.le,
    )


@pytest.mark.article("CCP", "L. 2113-7")
def test_des_membres_que_l_avis_europeen_ne_nomme_qu_en_texte_se_disent_ou_on_les_saisit(
    martine, europeenne, scene, coyecques
):
    adresse = f"/consultations/{europeenne.reference}/preparer/particularites/"
    saisie = {"membres": "21620254900013\nCommune d'Enquin", "coordonnateur": "Commune de Bomy"}

    reponse = martine.post(adresse, saisie, follow=True)

    page = reponse.content.decode().replace("’", "'").replace("\N{NO-BREAK SPACE}", " ")
    assert (
        reponse.redirect_chain == [(adresse, 302)] and "ne comptera pas tous les acheteurs" in page
    )
    assert (
        "<b>Commune de Coyecques</b> : il manque son code postal, son courriel et son téléphone."
        in page
    )
    assert "<b>Commune d&#x27;Enquin</b>" in page or "<b>Commune d'Enquin</b>" in page


def test_la_page_de_l_avis_europeen_les_dit_aussi(martine, europeenne, scene, coyecques):
    grouper(scene, europeenne, COYECQUES)

    assert "il manque son code postal, son courriel et son téléphone" in lire(
        martine, chez(europeenne, "ecrire/europeenne/")
    )
    assert "en texte seulement" not in lire(martine, chez(europeenne, "ecrire/nationale/"))


def test_un_membre_dont_on_sait_tout_ne_se_dit_pas(martine, europeenne, scene, coyecques):
    Organisme.objects.filter(pk=coyecques.pk).update(
        code_postal="62560", courriel="m@c.example", telephone="03 21 00 00 01"
    )

    grouper(scene, europeenne, COYECQUES)

    assert "en texte seulement" not in lire(martine, chez(europeenne, "ecrire/europeenne/"))


def test_sans_avis_europeen_exige_nommer_des_membres_mene_a_la_suite(martine, scene):
    consultation = achats.preparer(scene)

    reponse = martine.post(
        f"/consultations/{consultation.reference}/preparer/particularites/",
        {"membres": "Commune d'Enquin", "coordonnateur": "Commune de Bomy"},
    )

    assert reponse["Location"].endswith("/preparer/pieces/")
