"""L'écran d'un acheteur, vu du centre :
le temps de sa demande, par qui l'aide, avec ses droits à lui, et inscrit.
"""

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.centre.interventions.tests.theatre import agent, centre, en_service
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import retirer_habilitation
from beffroi.publicite.avis.services import ecrire_un_avis
from beffroi.publicite.avis.tests import contenus
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.assistance.services.reponses import repondre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return planter_la_scene(le=maintenant())


@pytest.fixture
def samir():
    return agent(centre(), "Samir Technicien", "technicien")


@pytest.fixture
def chez_samir(samir):
    return connecter(Client(), samir)


def page(reponse) -> str:
    return " ".join(
        reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'").split()
    )


def de(personne, consultation):
    saisie = Saisie(texte="Je ne trouve pas le bouton", cle="k", objet=consultation.reference)
    return demander(
        saisie=saisie, personne=Personne(compte=personne), canal="web", maintenant=maintenant()
    )


def vue(demande, ecran="consultation") -> str:
    return f"/cdg/assistance/demandes/{demande.reference}/ce-qu-elle-voit/{ecran}/"


def regards():
    return Ecriture.objects.filter(acte="consultation.regarder")


def test_le_technicien_voit_son_brouillon_comme_elle_et_rien_n_y_agit(scene, chez_samir, samir):
    brouillon = scene.brouillon("Curage du fossé du Bois")
    demande = de(scene.martine, brouillon)
    assert (
        vue(demande)
        in chez_samir.get(f"/cdg/assistance/demandes/{demande.reference}/").content.decode()
    )

    lue = page(chez_samir.get(vue(demande)))
    elle = page(
        connecter(Client(), scene.martine).get(f"/consultations/{brouillon.reference}/preparer/")
    )
    vu = lue.partition('<div class="vu-du-centre">')[2].partition("</main>")[0]
    assert "Curage du fossé du Bois" in vu and "comme la voit Martine Caron" in lue
    assert "Tâches de la préparation" in vu and "Tâches de la préparation" in elle
    assert not any(agit in vu for agit in ("<a ", "<form", "<script", "csrfmiddlewaretoken"))
    ecriture = regards().get()
    assert (ecriture.sujet, ecriture.acteur_reference) == (brouillon.reference, samir.reference)
    assert (
        scene.organisme.siret in str(ecriture.organisme) and demande.reference in ecriture.contenu
    )


def test_sa_consultation_publiee_et_son_avis_se_voient_aussi(scene, chez_samir):
    consultation = scene.publiee()
    avis = ecrire_un_avis(
        consultation=consultation,
        contenu=contenus.national(envoi=scene.le),
        forme="nationale",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    demande = de(scene.martine, consultation)

    for ecran in ("consultation", "publicite", avis.reference):
        assert chez_samir.get(vue(demande, ecran)).status_code == 200, ecran
    assert regards().count() == 3
    assert chez_samir.get(vue(demande, "AV-22222222")).status_code == 404
    assert chez_samir.post(vue(demande)).status_code == 405


def test_la_personne_sait_que_le_centre_peut_regarder_et_jusqu_a_quand(scene, samir):
    demande, elle = de(scene.martine, scene.brouillon()), connecter(Client(), scene.martine)
    assert "un technicien du centre peut voir" in page(
        elle.get(f"/assistance/{demande.reference}/")
    )

    repondre(demande=demande, texte="Voilà", suite="resoudre", par=samir, maintenant=maintenant())
    assert "un technicien du centre peut voir" not in page(
        elle.get(f"/assistance/{demande.reference}/")
    )


def test_la_demande_close_plus_rien_ne_se_voit(scene, chez_samir, samir):
    demande = de(scene.martine, scene.brouillon())
    repondre(demande=demande, texte="Voilà", suite="resoudre", par=samir, maintenant=maintenant())

    assert chez_samir.get(vue(demande)).status_code == 404
    assert "ce-qu-elle-voit" not in page(
        chez_samir.get(f"/cdg/assistance/demandes/{demande.reference}/")
    )
    assert not regards().exists()


def test_ce_qu_elle_ne_peut_pas_voir_ne_se_voit_pas_pour_elle(scene, chez_samir):
    brouillon = scene.brouillon()
    voisine = (
        en_service("21620053500013", "Commune voisine", "Paul Voisin")
        .habilitations.get()
        .utilisateur
    )
    demande = de(voisine, brouillon)
    assert chez_samir.get(vue(demande)).status_code == 404
    assert "ce-qu-elle-voit" not in page(
        chez_samir.get(f"/cdg/assistance/demandes/{demande.reference}/")
    )


def test_ses_droits_retires_le_centre_n_en_garde_pas(scene, chez_samir):
    demande = de(scene.martine, scene.brouillon())
    habilitation = scene.organisme.habilitations.get(utilisateur=scene.martine)
    retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=maintenant())

    assert chez_samir.get(vue(demande)).status_code == 404


@pytest.mark.parametrize(
    ("role", "statut"), [("technicien", 200), ("juriste", 403), ("administrateur", 403)]
)
def test_c_est_un_geste_du_technicien(scene, role, statut):
    demande = de(scene.martine, scene.brouillon())
    client = connecter(Client(), agent(centre(), "Claire Autre", role))

    assert client.get(vue(demande)).status_code == statut
    assert connecter(Client(), scene.martine).get(vue(demande)).status_code == 404


def test_regarder_ne_change_rien_a_la_consultation(scene, chez_samir):
    brouillon = scene.brouillon()
    avant = Consultation.toutes.filter(pk=brouillon.pk).values().get()
    chez_samir.get(vue(de(scene.martine, brouillon)))

    assert Consultation.toutes.filter(pk=brouillon.pk).values().get() == avant
