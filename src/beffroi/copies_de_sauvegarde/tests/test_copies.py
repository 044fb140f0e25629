"""Ouvrir une copie de sauvegarde : quand le texte le permet, et seulement alors."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from beffroi.comptes.tests.personnes import connecter
from beffroi.consultations.models import Consultation
from beffroi.copies_de_sauvegarde import queries
from beffroi.copies_de_sauvegarde.models import FichierDeCopie, OuvertureDeCopie
from beffroi.copies_de_sauvegarde.rules import Cas, FaitsDeLaCopie, peut_s_ouvrir
from beffroi.depots.models import DepotMateriel
from beffroi.depots.services.materiel import Arrivee, enregistrer_depot_materiel
from beffroi.journal.models import Ecriture
from beffroi.ouverture.tests import factories
from beffroi.ouverture.tests.factories import LIMITE, SEANCE_LE

VEILLE, HEURE = LIMITE - timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(SEANCE_LE, tick=False):
        yield


def faits(**changes):
    return FaitsDeLaCopie(**{"recue_le": VEILLE, "limite": LIMITE, "transmission_commencee_le": VEILLE, **changes})


def ouvrable(cas, *, motif="Je l'ai vu.", maintenant=SEANCE_LE, **changes):
    return peut_s_ouvrir(faits(**changes), cas=cas, maintenant=maintenant, motif=motif).favorable


@pytest.mark.parametrize("cas", Cas)
def test_a_temps_pour_une_raison_du_texte_elle_s_ouvre(cas):
    assert ouvrable(cas)
    assert ouvrable(cas, recue_le=LIMITE, transmission_commencee_le=LIMITE)


@pytest.mark.parametrize("cas", Cas)
@pytest.mark.parametrize(
    "changes",
    [
        {"recue_le": LIMITE + timedelta(seconds=1)},
        {"deja_ouverte": True},
        {"transmission_commencee_le": None},
        {"maintenant": LIMITE},
        {"motif": " "},
        {"reponses_en_ouverture": False},
    ],
)
def test_ce_qui_la_garde_fermee(cas, changes):
    assert not ouvrable(cas, **changes)


@pytest.mark.parametrize("cas", Cas)
def test_un_envoi_commence_trop_tard_ne_se_sauve_que_d_un_programme_malveillant(cas):
    tard = LIMITE + timedelta(seconds=1)

    assert ouvrable(cas, transmission_commencee_le=tard) is (cas == Cas.MALVEILLANCE)


def copie(scene, *, recu_le=VEILLE):
    """Arrivée au guichet ; la séance d'ouverture a commencé."""
    Consultation.toutes.filter(pk=scene.consultation.pk).update(etat="en_ouverture")
    scene.consultation.refresh_from_db()
    arrivee = Arrivee(
        sorte=DepotMateriel.Sorte.COPIE_DE_SAUVEGARDE,
        deposant="Atelier du Faîtage",
        recu_le=recu_le,
        preuve="Récépissé",
    )
    return enregistrer_depot_materiel(
        consultation=scene.consultation, arrivee=arrivee, par=scene.personne("martine"), maintenant=SEANCE_LE - HEURE
    )


def page(scene, suite=""):
    return f"/consultations/{scene.consultation.reference}/copies-de-sauvegarde/{suite}"


def remplir(pli, **changes):
    donnees = {"etablissement": str(pli.etablissement_id), "cas": "incomplete", "motif": "Le mémoire manque."}
    return {**donnees, "fichiers": [SimpleUploadedFile("mémoire.pdf", b"%PDF-1.7 copie")], **changes}


def test_ouvrir_garde_la_raison_les_fichiers_et_une_ecriture(scene, client):
    pli = scene.repond()
    recue = copie(scene)
    helene = connecter(client, scene.personne("helene"))

    assert helene.post(page(scene, f"{recue.pk}/"), remplir(pli)).status_code == 302

    fichier = FichierDeCopie.objects.get()
    assert (fichier.nom, fichier.ouverture.cas) == ("mémoire.pdf", "incomplete")
    assert fichier.ouverture.transmission_commencee_le == pli.brouillon.premier_octet_le
    assert Ecriture.objects.filter(acte="copie_de_sauvegarde.ouvrir").count() == 1
    lu = helene.get(f"/copies-de-sauvegarde/{fichier.reference}/")
    assert b"".join(lu.streaming_content) == b"%PDF-1.7 copie"
    assert "Le mémoire manque." in helene.get(page(scene)).content.decode()


def test_une_copie_arrivee_trop_tard_se_refuse_et_le_motif_tape_reste(scene, client):
    pli = scene.repond()
    tardive = copie(scene, recu_le=LIMITE + timedelta(seconds=1))
    helene = connecter(client, scene.personne("helene"))

    reponse = helene.post(page(scene, f"{tardive.pk}/"), remplir(pli))

    assert reponse.status_code == 422
    dit = reponse.content.decode()
    assert "après l’heure limite" in dit
    assert "Le mémoire manque." in dit
    assert not OuvertureDeCopie.objects.exists()


def test_elle_ne_s_ouvre_qu_une_fois(scene, client):
    pli = scene.repond()
    recue = copie(scene)
    helene = connecter(client, scene.personne("helene"))
    helene.post(page(scene, f"{recue.pk}/"), remplir(pli))

    assert helene.post(page(scene, f"{recue.pk}/"), remplir(pli)).status_code == 422
    assert OuvertureDeCopie.objects.count() == 1


def test_seule_une_entreprise_dont_l_envoi_a_commence_se_choisit(scene, client):
    scene.repond()
    recue = copie(scene)
    helene = connecter(client, scene.personne("helene"))

    dit = helene.get(page(scene, f"{recue.pk}/")).content.decode()

    assert "Atelier du Faîtage" in dit
    assert "Zingueurs" not in dit


def test_avant_l_heure_limite_la_page_ne_dit_rien(scene, client):
    scene.repond()
    helene = connecter(client, scene.personne("helene"))

    with time_machine.travel(LIMITE - HEURE, tick=False):
        reponse = helene.get(page(scene))

    assert reponse.status_code == 422
    assert "Faîtage" not in reponse.content.decode()


def test_qui_n_ouvre_pas_les_reponses_n_ouvre_pas_les_copies(scene, client):
    pli = scene.repond()
    recue = copie(scene)
    lectrice = connecter(client, scene.personne("yvette"))

    assert lectrice.get(page(scene)).status_code == 200
    assert lectrice.post(page(scene, f"{recue.pk}/"), remplir(pli)).status_code == 403


def test_ce_que_la_plateforme_a_vu_d_elle_meme(scene):
    pli = scene.repond()
    assert queries.cas_constates(scene.consultation, pli.etablissement) == frozenset()

    tardif = scene.repond("zoe", "zingueurs", le=LIMITE + timedelta(minutes=1))
    assert queries.cas_constates(scene.consultation, tardif.etablissement) == {Cas.HORS_DELAI}
    factories.ouvrir_tout(factories.seance_ouverte(scene))
    assert queries.cas_constates(scene.consultation, pli.etablissement) == frozenset()


def test_avant_la_seance_une_copie_reste_fermee(scene, client):
    pli = scene.repond()
    recue = copie(scene)
    Consultation.toutes.filter(pk=scene.consultation.pk).update(etat="close")
    helene = connecter(client, scene.personne("helene"))

    reponse = helene.post(page(scene, f"{recue.pk}/"), remplir(pli))

    assert reponse.status_code == 422
    assert "La séance d’ouverture n’a pas commencé" in reponse.content.decode()
