"""Toutes les procédures se montrent ;
ce que la plateforme ne mène pas encore est dit, jamais tu.
"""

from html import unescape

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.tests.test_views import ACHAT, adresse, repondre
from beffroi.personnes.comptes.tests.personnes import connecter
from droit.tables import charger

# Chaque ligne du tableau des axes et des procédures (CCP,
# art. R. 2122 à R. 2126, R. 2161 à R. 2172, R. 3121 à R. 3126).
AXES_DU_DROIT = {
    "Sans publicité ni mise en concurrence": ["sans_publicite"],
    "Procédure adaptée, ouverte ou restreinte": [
        "procedure_adaptee_ouverte",
        "procedure_adaptee_restreinte",
    ],
    "Appel d'offres ouvert": ["appel_offres_ouvert"],
    "Appel d'offres restreint": ["appel_offres_restreint"],
    "Procédure avec négociation": ["procedure_avec_negociation"],
    "Dialogue compétitif": ["dialogue_competitif"],
    "Partenariat d'innovation": ["partenariat_innovation"],
    "Concours": ["concours"],
    "Accord-cadre": ["accord_cadre"],
    "Marché subséquent": ["marche_subsequent"],
    "Système d'acquisition dynamique et marché spécifique": [
        "systeme_acquisition_dynamique",
        "marche_specifique",
    ],
    "Système de qualification": ["systeme_de_qualification"],
    "Catalogue électronique, enchère": ["catalogue_electronique", "enchere_electronique"],
    "Achat innovant": ["achat_innovant"],
    "Marché réservé": ["marche_reserve"],
    "Services sociaux ou spécifiques": ["services_sociaux"],
    "Concession": ["concession_au_dessus_du_seuil", "concession_sous_le_seuil"],
    "Défense et sécurité": ["defense_securite"],
}
MOTS = {
    "entière": "Menée ici",
    "partielle": "Menée ici en partie",
    "plus tard": "Pas encore menée ici",
}


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def montrees(client):
    client.post("/consultations/nouvelle/", ACHAT)
    page = client.get(adresse(Consultation.toutes.get(), "procedures"))
    return {facon.cle: facon for _, facons in page.context["facons_d_acheter"] for facon in facons}


@pytest.mark.parametrize("cles", AXES_DU_DROIT.values(), ids=AXES_DU_DROIT)
def test_chaque_ligne_du_droit_est_a_l_ecran_avec_ce_que_la_plateforme_en_mene(montrees, cles):
    lignes = charger().procedures

    assert {cle: montrees[cle].etat for cle in cles} == {
        cle: "Pas permise ici" if cle == "defense_securite" else MOTS[lignes[cle].servie]
        for cle in cles
    }


def test_aucune_ligne_des_tables_ne_manque_a_l_ecran(montrees):
    assert montrees.keys() == charger().procedures.keys()
    assert montrees.keys() == {cle for cles in AXES_DU_DROIT.values() for cle in cles}


def test_la_page_nomme_chaque_procedure_et_son_article(client):
    client.post("/consultations/nouvelle/", ACHAT)
    page = unescape(
        client.get(adresse(Consultation.toutes.get(), "procedures")).content.decode()
    ).replace("’", "'")
    page = page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    assert [
        ligne.libelle for ligne in charger().procedures.values() if ligne.libelle not in page
    ] == []
    assert [
        ligne.cle for ligne in charger().procedures.values() if str(ligne.article) not in page
    ] == []
    assert "Pas encore menée ici" in page and "Retenue pour cet achat" in page
    assert "demandez conseil au centre de gestion" in page


def test_choisir_une_procedure_dit_celles_qui_viendront(client):
    client.post("/consultations/nouvelle/", ACHAT)
    consultation = Consultation.toutes.get()
    repondre(client, consultation, "montant", {"estime": "6 000 000", "duree_en_mois": "14"})

    page = client.get(adresse(consultation, "modifier/procedure"))

    assert set(page.context["a_venir"]) == {
        p.libelle
        for p in charger().procedures.values()
        if p.cle in {"appel_offres_restreint", "procedure_avec_negociation", "dialogue_competitif"}
        and p.servie == "plus tard"
    }
    assert "Dialogue compétitif" in page.content.decode()
