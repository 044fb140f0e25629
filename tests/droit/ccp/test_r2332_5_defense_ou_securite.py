"""CCP, art. R. 2332-5 : les marchés de défense ou de sécurité ont leurs règles propres ;
hors d'usage tant que l'exploitant ne les a pas permis, et jamais tus.
"""

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.achat.preparation import queries, services
from beffroi.achat.preparation.rules.defense import DEFENSE, peut_etre_prepare
from beffroi.achat.preparation.rules.reponses import Nature
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from tests.droit.besoins import articles, propose

pytestmark = pytest.mark.article("CCP", "R. 2332-5")
ACHAT = {
    "titre": "Porte blindée",
    "objet": "Une porte.",
    "prestation": "fournitures",
    "lieu": "Bomy",
    "defense": "on",
}


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.mark.parametrize(
    "contrat,permise,favorable",
    [(DEFENSE, False, False), (DEFENSE, True, True), ("marché", False, True)],
)
def test_elle_ne_se_prepare_que_la_ou_l_exploitant_l_a_permise(contrat, permise, favorable):
    decision = peut_etre_prepare(contrat=contrat, permise=permise)

    assert decision.favorable is favorable
    assert [str(motif.source) for motif in decision.motifs] == (
        [] if favorable else ["CCP, art. R. 2332-5"]
    )


def test_hors_d_usage_le_service_la_refuse_et_dit_pourquoi(scene):
    brouillon = scene.brouillon()

    with pytest.raises(RegleEnfreinte, match="ne se prépare pas ici"):
        services.repondre(
            consultation=brouillon,
            reponse=Nature(prestation="services", contrat=DEFENSE),
            par=scene.martine.acteur,
            maintenant=scene.le,
        )


def test_hors_d_usage_la_case_est_montree_fermee_avec_sa_raison(client):
    page = client.get("/consultations/nouvelle/")
    client.post("/consultations/nouvelle/", ACHAT)

    assert page.context["form"]["defense"].field.disabled
    assert "exploitant de ce service ne les a pas permis" in page.content.decode()
    assert queries.reponses_de(Consultation.toutes.get().preparation).nature.contrat == "marché"


@pytest.mark.parametrize("permise,mot", [(False, "Pas permise ici"), (True, "Menée ici en partie")])
def test_la_liste_des_procedures_la_montre_toujours(client, settings, permise, mot):
    settings.DEFENSE_OU_SECURITE = permise
    client.post("/consultations/nouvelle/", {**ACHAT, "defense": ""})

    page = client.get(
        f"/consultations/{Consultation.toutes.get().reference}/preparer/procedures/"
    ).content.decode()
    assert "Marché de défense ou de sécurité" in page and mot in page


def test_permise_elle_se_dit_d_une_case_et_la_proposition_previent(client, settings):
    settings.DEFENSE_OU_SECURITE = True
    client.post("/consultations/nouvelle/", ACHAT)
    consultation = Consultation.toutes.get()

    page = client.post(
        f"/consultations/{consultation.reference}/preparer/montant/",
        {"estime": "150000", "duree_en_mois": "4"},
        follow=True,
    ).content.decode()
    assert queries.reponses_de(consultation.preparation).nature.contrat == DEFENSE
    assert "Les marchés de défense ont leurs règles propres" in page


def test_une_dispense_qui_n_est_pas_de_son_livre_ne_lui_est_pas_proposee():
    assert propose(1_000, contrat=DEFENSE).procedure.valeur == "procedure_adaptee_ouverte"
    assert propose(1_000).procedure.valeur == "sans_publicite"


@pytest.mark.parametrize(
    "montant,attendue",
    [(431_999, "procedure_adaptee_ouverte"), (432_000, "appel_offres_restreint")],
)
def test_au_dessus_de_son_seuil_elle_n_a_pas_d_appel_d_offres_ouvert(montant, attendue):
    proposee = propose(montant, contrat=DEFENSE).procedure

    assert proposee.valeur == attendue
    assert ("Directive 2009/81/CE, art. 25" in articles(proposee.pourquoi)) is (
        attendue == "appel_offres_restreint"
    )
