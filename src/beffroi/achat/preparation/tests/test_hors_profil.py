"""Des documents qui ne sont pas en ligne, un outil peu courant :
dits une fois, ils vont partout où la loi les attend.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries, services
from beffroi.achat.preparation.queries.panneau import panneau
from beffroi.achat.preparation.rules.reponses import Particularites
from beffroi.achat.preparation.tests.test_views import ACHAT, adresse, repondre
from beffroi.personnes.comptes.tests.personnes import connecter
from droit.achat import (
    RAISONS_HORS_PROFIL,
    RAISONS_HORS_PROFIL_EN_CONCESSION,
    DocumentHorsProfil,
    OutilParticulier,
)
from formats.blancs_html import serrer

DOCUMENTS = {
    "documents_hors_profil": "Plans de la chaufferie\nRelevé des réseaux",
    "raison_hors_profil": "sécurité",
    "acces_hors_profil": "Par courriel, à marches@bomy.example, dans la journée.",
    "engagement_hors_profil": "Un engagement à signer.",
}
OUTIL = {
    "outil": "Maquette numérique, au format IFC",
    "acces_a_l_outil": "jeton",
    "adresse_de_l_outil": "https://bim.example/jetons",
    "conditions_de_l_outil": "Jusqu'à l'heure limite.",
}
PLAN = DocumentHorsProfil(
    intitule="Plans", raison="volume", moyen_d_acces="Sur clé USB.", cle_de_la_raison="volume"
)


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(client):
    client.post("/consultations/nouvelle/", ACHAT)
    return Consultation.toutes.get(titre="Toiture de l'école")


def achat_de(consultation):
    consultation.refresh_from_db()
    return queries.achat_de(consultation, le=consultation.creee_le)


@pytest.mark.article("CCP", "R. 2132-5")
def test_des_documents_hors_du_profil_gardent_leur_raison_et_leur_acces(client, consultation):
    repondre(client, consultation, "particularites", DOCUMENTS)

    plans, releve = achat_de(consultation).documents_hors_profil
    assert (plans.intitule, releve.intitule) == ("Plans de la chaufferie", "Relevé des réseaux")
    assert plans.raison == "des informations particulièrement sensibles"
    assert plans.moyen_d_acces.startswith("Par courriel") and plans.engagement_de_confidentialite


@pytest.mark.article("CCP", "R. 2132-14")
def test_un_outil_peu_courant_garde_ce_que_l_acheteur_offre(client, consultation):
    repondre(client, consultation, "particularites", OUTIL)

    assert achat_de(consultation).outils_particuliers == (
        OutilParticulier(
            nom="Maquette numérique, au format IFC",
            acces="jeton",
            adresse="https://bim.example/jetons",
            conditions="Jusqu'à l'heure limite.",
        ),
    )


def test_ce_qui_est_garde_se_relit_a_l_ecran(client, consultation):
    saisie = {**DOCUMENTS, **OUTIL}
    repondre(client, consultation, "particularites", saisie)

    form = client.get(adresse(consultation, "particularites")).context["form"]
    assert {nom: form[nom].value() for nom in saisie} == saisie


@pytest.mark.parametrize(
    "saisie,phrase",
    [
        ({**DOCUMENTS, "raison_hors_profil": ""}, "l’avis doit le dire"),
        ({**DOCUMENTS, "acces_hors_profil": ""}, "Dites comment les obtenir"),
        (
            {**DOCUMENTS, "documents_hors_profil": ""},
            "Nommez les documents qui ne seront pas en ligne",
        ),
        ({**DOCUMENTS, "raison_hors_profil": "commodité"}, "Sélectionnez un choix valide"),
        ({**OUTIL, "acces_a_l_outil": ""}, "Dites ce que vous offrez à qui n’a pas cet outil"),
        ({**OUTIL, "adresse_de_l_outil": ""}, "Donnez l’adresse où l’obtenir"),
        ({**OUTIL, "outil": ""}, "Nommez l’outil que cette adresse donne"),
    ],
)
def test_une_exception_a_moitie_dite_se_corrige(client, consultation, saisie, phrase):
    reponse = repondre(client, consultation, "particularites", saisie)

    assert reponse.status_code == 422 and phrase in reponse.content.decode()


@pytest.mark.article("CCP", "R. 2132-12")
def test_les_raisons_sont_celles_du_code_et_l_avis_europeen_a_leur_code():
    articles = {str(raison.article) for raison in RAISONS_HORS_PROFIL.values()}

    assert articles == {
        "CCP, art. R. 2132-5",
        *(f"CCP, art. R. 2132-12, {rang}°" for rang in range(3, 8)),
    }
    assert {raison.code for raison in RAISONS_HORS_PROFIL.values()} == {
        "",
        "sen-info",
        "tdf-non-av",
        "ipr-iss",
        "sp-of-eq",
        "phy-mod",
    }


@pytest.mark.article("CCP", "R. 2132-12")
def test_chaque_raison_proposee_dit_son_article(client, consultation):
    form = client.get(adresse(consultation, "particularites")).context["form"]

    choix = [libelle for cle, libelle in form.fields["raison_hors_profil"].choices if cle]
    assert len(choix) == len(RAISONS_HORS_PROFIL)
    assert "Des informations particulièrement sensibles (R. 2132-12, 7°)" in choix


@pytest.fixture
def camping(client):
    client.post(
        "/consultations/nouvelle/", {**ACHAT, "titre": "Camping", "prestation": "concession"}
    )
    return Consultation.toutes.get(titre="Camping")


@pytest.mark.article("CCP", "R. 3122-11")
def test_une_concession_a_ses_trois_raisons_et_pas_celles_d_un_marche(client, camping):
    form = client.get(adresse(camping, "particularites")).context["form"]
    d_un_marche = repondre(client, camping, "particularites", DOCUMENTS)
    de_concession = {**DOCUMENTS, "raison_hors_profil": "information commerciale"}

    assert [cle for cle, _ in form.fields["raison_hors_profil"].choices if cle] == [
        *RAISONS_HORS_PROFIL_EN_CONCESSION
    ]
    assert (
        d_un_marche.status_code == 422
        and "Sélectionnez un choix valide" in d_un_marche.content.decode()
    )
    assert repondre(client, camping, "particularites", de_concession).status_code == 302
    assert achat_de(camping).documents_hors_profil[0].cle_de_la_raison == "information commerciale"


def test_sans_raison_une_concession_lit_aussi_son_article(client, camping):
    page = repondre(
        client, camping, "particularites", {**DOCUMENTS, "raison_hors_profil": ""}
    ).content.decode()

    dit = page.replace("\N{NO-BREAK SPACE}", " ")
    assert "l’avis doit le dire (CCP, art. R. 2132-5 et R. 3122-11)" in dit


@pytest.fixture
def en_septembre(monkeypatch):
    """Loin des fêtes, qui repoussent d'elles-mêmes une date conseillée."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 9, 7, 8, 0, tzinfo=UTC))


@pytest.mark.article("CCP", "R. 2151-2")
@pytest.mark.usefixtures("en_septembre")
def test_cinq_jours_s_ajoutent_au_calendrier_propose_et_au_panneau(client, consultation, scene):
    repondre(client, consultation, "montant", {"estime": "5 404 000", "duree_en_mois": "14"})
    avant = client.get(adresse(consultation, "calendrier")).context["form"]["jour_limite"].value()
    repondre(client, consultation, "particularites", DOCUMENTS)
    apres = client.get(adresse(consultation, "calendrier")).context["form"]["jour_limite"].value()

    dits = [
        raison.texte
        for ligne in panneau(Consultation.toutes.get(), le=scene.le).calendrier
        for raison in ligne.raisons
    ]
    assert apres - avant >= timedelta(days=5)
    assert any("5 jours s'ajoutent" in dit for dit in dits)


def test_la_page_publique_dit_ce_qui_n_est_pas_en_ligne_et_comment_l_obtenir(scene):
    brouillon = scene.brouillon()
    outil = OutilParticulier(nom="Maquette IFC", acces="gratuit", adresse="https://bim.example/")
    services.repondre(
        consultation=brouillon,
        reponse=Particularites(documents_hors_profil=(PLAN,), outils=(outil,)),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    scene.completer(brouillon)
    hors_profil = serrer(services_de_la_page(brouillon))

    assert "Plans" in hors_profil and "Sur clé USB." in hors_profil
    assert "Raison : volume (CCP, art. R. 2132-5)." in hors_profil
    assert "Maquette IFC" in hors_profil and "https://bim.example/" in hors_profil


def services_de_la_page(consultation):
    from beffroi.achat.preparation.etapes import hors_profil

    consultation.refresh_from_db()
    return hors_profil(consultation)


@pytest.mark.parametrize("page", ["", "documents/"])
def test_une_consultation_ordinaire_n_a_rien_hors_ligne(client, scene, page):
    lue = Client().get(f"/consultations/{scene.publiee().reference}/{page}").content.decode()

    assert "Ce qui n’est pas en ligne" not in lue
