"""L'entreprise remplit son DUME sans script :
prérempli, repris, confirmé, rendu aussitôt, jamais gardé.
"""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from beffroi.achat.consultations.models import PieceAttendue
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.dume.demandes import demande_de
from beffroi.reponse.dume.forms import REPONDEZ, SIMPLIFIE_REFUSE
from beffroi.reponse.dume.tests.saisies import champ, saisie
from beffroi.socle.fondations import horloge
from formats.dume import ecrire, lire, verifier_nos_regles
from formats.dume.tests.exemples import reponse as exemple

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidat():
    consultation = factories.consultation(limite=horloge.maintenant() + timedelta(hours=1))
    intitule = "Attestation d'assurance de responsabilité civile"
    PieceAttendue.objects.create(
        consultation=consultation, intitule=intitule, enveloppe="candidature", formats="pdf"
    )
    return factories.Candidat(consultation)


@pytest.fixture
def client(candidat):
    return connecter(Client(), candidat.personne)


@pytest.fixture
def adresse(candidat):
    return f"/reponses/{candidat.commence(le=horloge.maintenant()).reference}/dume/"


@pytest.fixture
def complete(candidat):
    """Tout est rempli ; l'assurance, dont le détail est exigé, comprise."""
    assurance = {champ("indem-insu", "RG1/RSG1/QSG2/Q1"): "1500000"}
    return saisie(demande_de(candidat.consultation), **assurance)


def noter_un_groupement(candidat, membres):
    BrouillonDeReponse.objects.filter(consultation=candidat.consultation).update(
        groupement={"membres": membres}
    )


def texte(reponse):
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_la_page_est_preremplie_et_dit_que_rien_n_est_garde(client, adresse, candidat):
    page = texte(client.get(adresse))

    assert candidat.membre.equipe.identifiant in page and "Nous ne gardons rien" in page
    assert "n'est pas permis" in page and "Attestation d'assurance" in page


@pytest.mark.article("CCP", "R. 2143-3")
def test_rempli_il_rend_un_dume_que_nos_regles_acceptent(client, adresse, complete, candidat):
    reponse = client.post(adresse, complete)

    assert reponse.status_code == 200 and "DUME.xml" in reponse["Content-Disposition"]
    lu = lire(reponse.content)
    assert verifier_nos_regles(lu) == [] and lu.consultation == candidat.consultation.reference
    assert (
        lu.operateur.partie.nom == "Atelier du Faîtage"
        and lu.operateur.representants[0].prenom == "Sophie"
    )


@pytest.mark.article("CCP", "R. 2143-3")
def test_sans_declaration_sur_l_honneur_rien_n_est_rendu(client, adresse, complete):
    reponse = client.post(
        adresse, {nom: dit for nom, dit in complete.items() if nom != "sur_l_honneur"}
    )

    assert reponse.status_code == 422 and "Cochez cette déclaration" in texte(reponse)


def test_une_exclusion_cochee_appelle_ses_precisions(client, adresse, complete):
    reponse = client.post(adresse, {**complete, "exclu-corruption": "on"})
    page = texte(reponse)

    assert (
        reponse.status_code == 422
        and page.count(f'<a href="#id_{champ("corruption", "QG1/QSG1/Q1")}"') == 1
    )
    assert REPONDEZ in page


def test_une_exclusion_declaree_se_relit(client, adresse, complete):
    dits = {
        "exclu-partic-confl": "on",
        champ("partic-confl", "QG1/QSG1/Q1"): "Un frère adjoint au maire",
    }
    lu = lire(client.post(adresse, {**complete, **dits}).content)

    assert (
        lu.reponse("C20_EG_partic-confl/QG1/Q1").texte == "true" and verifier_nos_regles(lu) == []
    )
    assert lu.reponse("C20_EG_partic-confl/QG1/QSG1/Q1").texte == "Un frère adjoint au maire"


@pytest.mark.article("CCP", "R. 2143-4")
def test_sans_dume_simplifie_un_oui_ne_suffit_pas(client, adresse, candidat):
    reponse = client.post(adresse, saisie(demande_de(candidat.consultation)))

    assert reponse.status_code == 422 and SIMPLIFIE_REFUSE in texte(reponse)


@pytest.mark.article("CCP", "R. 2143-4")
def test_le_dume_simplifie_se_contente_d_un_oui(client, adresse, candidat, monkeypatch):
    monkeypatch.setattr("beffroi.reponse.dume.forms.permet_le_simplifie", lambda _demande: True)
    reponse = client.post(adresse, saisie(demande_de(candidat.consultation)))

    assert reponse.status_code == 200 and verifier_nos_regles(lire(reponse.content)) == []


def test_en_groupement_le_mandataire_nomme_les_autres(client, adresse, complete):
    assert client.post(adresse, {**complete, "role": "group-lead"}).status_code == 422

    dits = {
        "role": "group-lead",
        "groupement": "Toits unis",
        "membres": "Zingueurs, 21620178000014",
    }
    lu = lire(client.post(adresse, {**complete, **dits}).content)
    assert lu.operateur.groupement == "Toits unis" and verifier_nos_regles(lu) == []


def test_chaque_membre_du_groupement_a_son_dume_prerempli(client, adresse, complete, candidat):
    noter_un_groupement(candidat, [{"nom": "Zingueurs", "identifiant": "21620178000014"}])
    page = texte(client.get(f"{adresse}?membre=1"))
    dits = {"raison_sociale": "Zingueurs", "identifiant": "21620178000014", "role": "group-mem"}
    rendu = client.post(
        f"{adresse}?membre=1",
        {**complete, **dits, "groupement": "Toits unis", "membres": "Atelier"},
    )

    assert (
        'value="21620178000014"' in page
        and "De qui est ce DUME" in page
        and "Atelier du Faîtage, " in page
    )
    assert "DUME-membre-1.xml" in rendu["Content-Disposition"]
    assert lire(rendu.content).operateur.role == "group-mem"
    assert 'value="21620178000014"' not in texte(client.get(f"{adresse}?membre=2"))


def test_une_pme_dit_son_effectif(client, adresse, complete):
    assert client.post(adresse, {**complete, "taille": "small"}).status_code == 422

    dits = {
        "taille": "small",
        champ("sme", "QG1/QSG1/Q1"): "12",
        champ("sme", "QG1/QSG1/Q2"): "900000",
    }
    assert verifier_nos_regles(lire(client.post(adresse, {**complete, **dits}).content)) == []


@pytest.mark.article("CCP", "R. 2143-4")
def test_un_dume_deja_fait_preremplit_et_se_confirme_encore(client, adresse):
    reponse = client.post(f"{adresse}reprendre/", {"ancien": fichier(ecrire(exemple()))})
    page = texte(reponse)

    assert reponse.status_code == 200 and "Le frère de la gérante est adjoint au maire." in page
    assert 'value="Sophie"' in page and "checked" not in page.partition('name="confirme"')[2][:60]


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (
            (
                b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM '
                b'"file:///etc/passwd">]><a>&e;</a>'
            ),
            "il n'est pas lu",
        ),
        (b"%PDF-1.7 \xff", "UTF-8"),
        (b"<a>" + b" " * 5_000_001 + b"</a>", "5 Mo"),
    ],
)
def test_un_fichier_repris_hostile_recoit_une_phrase(client, adresse, contenu, phrase):
    reponse = client.post(f"{adresse}reprendre/", {"ancien": fichier(contenu)})

    assert reponse.status_code == 422 and phrase in texte(reponse)


def fichier(contenu):
    flux = BytesIO(contenu)
    flux.name = "ancien.xml"
    return flux
