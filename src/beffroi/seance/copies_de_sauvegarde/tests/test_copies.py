"""Ouvrir une copie de sauvegarde : quand le texte le permet, et seulement alors."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.reponse.depots.services.materiel import Arrivee, enregistrer_depot_materiel
from beffroi.seance.antivirus.rules import MUET, PATIENCE, Constat, Etat
from beffroi.seance.antivirus.tests.eicar import EICAR
from beffroi.seance.copies_de_sauvegarde import antivirus, queries, taches
from beffroi.seance.copies_de_sauvegarde.models import (
    AnalyseDeFichierDeCopie,
    FichierDeCopie,
    OuvertureDeCopie,
)
from beffroi.seance.copies_de_sauvegarde.rules import Cas, FaitsDeLaCopie, peut_s_ouvrir
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, SEANCE_LE
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.models import Tache
from beffroi.socle.journal.models import Ecriture

VEILLE, HEURE = LIMITE - timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(SEANCE_LE, tick=False):
        yield


def faits(**changes):
    return FaitsDeLaCopie(
        **{"recue_le": VEILLE, "limite": LIMITE, "transmission_commencee_le": VEILLE, **changes}
    )


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


@pytest.mark.article("CCP", "R. 2132-11")
@pytest.mark.article("CCP", "annexe 6, art. 2")
@pytest.mark.parametrize(
    ("changes", "maintenant", "article"),
    [
        ({}, LIMITE, "R. 2132-11"),
        ({"recue_le": LIMITE + timedelta(seconds=1)}, SEANCE_LE, "R. 2132-11"),
        ({"reponses_en_ouverture": False}, SEANCE_LE, "annexe 6, art. 2"),
        ({"transmission_commencee_le": None}, SEANCE_LE, "annexe 6, art. 2"),
        (
            {"transmission_commencee_le": LIMITE + timedelta(seconds=1)},
            SEANCE_LE,
            "annexe 6, art. 2",
        ),
    ],
)
def test_ce_qui_la_garde_fermee_cite_son_texte(changes, maintenant, article):
    (motif,) = peut_s_ouvrir(
        faits(**changes), cas=Cas.INCOMPLETE, maintenant=maintenant, motif="Je l'ai vu."
    ).motifs

    assert motif.source.numero == article


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
        consultation=scene.consultation,
        arrivee=arrivee,
        par=scene.personne("martine"),
        maintenant=SEANCE_LE - HEURE,
    )


def page(scene, suite=""):
    return f"/consultations/{scene.consultation.reference}/copies-de-sauvegarde/{suite}"


def remplir(pli, **changes):
    donnees = {
        "equipe": str(pli.equipe_id),
        "cas": "incomplete",
        "motif": "Le mémoire manque.",
    }
    return {
        **donnees,
        "fichiers": [SimpleUploadedFile("mémoire.pdf", b"%PDF-1.7 copie")],
        **changes,
    }


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
    assert queries.cas_constates(scene.consultation, pli.equipe) == frozenset()

    tardif = scene.repond("zoe", "zingueurs", le=LIMITE + timedelta(minutes=1))
    assert queries.cas_constates(scene.consultation, tardif.equipe) == {Cas.HORS_DELAI}
    factories.ouvrir_tout(factories.seance_ouverte(scene))
    assert queries.cas_constates(scene.consultation, pli.equipe) == frozenset()


def test_avant_la_seance_une_copie_reste_fermee(scene, client):
    pli = scene.repond()
    recue = copie(scene)
    Consultation.toutes.filter(pk=scene.consultation.pk).update(etat="close")
    helene = connecter(client, scene.personne("helene"))

    reponse = helene.post(page(scene, f"{recue.pk}/"), remplir(pli))

    assert reponse.status_code == 422
    assert "La séance d’ouverture n’a pas commencé" in reponse.content.decode()


# ---------------------------------------------------------------- antivirus

INFECTEE = [
    SimpleUploadedFile("prix.zip", b"PK" + EICAR),
    SimpleUploadedFile("mémoire.pdf", b"%PDF-1.7 copie"),
]
LEVEE = {"motif": "Fausse alerte vérifiée."}


class MoteurDeTest:
    muet = False

    def analyser(self, flux, *, taille):
        if self.muet:
            raise ServiceIndisponible("muet")
        trouve = EICAR in flux.read()
        return (
            Constat(Etat.INFECTE, menace="Eicar", moteur="essai")
            if trouve
            else Constat(Etat.SAIN, moteur="essai")
        )


moteur_de_test = MoteurDeTest()


def fabrique():
    return moteur_de_test


@pytest.fixture
def moteur(settings, monkeypatch):
    settings.ADAPTATEURS = {**settings.ADAPTATEURS, "antivirus.Antivirus": f"{__name__}.fabrique"}
    monkeypatch.setattr(moteur_de_test, "muet", False)
    return moteur_de_test


@pytest.fixture
def ouverte(scene, client, moteur):
    """La copie, ouverte avec un fichier infecté ; l'antivirus n'a encore rien lu."""
    recue, pli = copie(scene), scene.repond()
    helene = connecter(client, scene.personne("helene"))
    for fichier in INFECTEE:
        fichier.seek(0)
    assert (
        helene.post(page(scene, f"{recue.pk}/"), remplir(pli, fichiers=INFECTEE)).status_code == 302
    )
    return helene


def analyser_ce_qui_attend():
    for tache in Tache.objects.filter(chemin__endswith="taches.analyser_la_copie"):
        taches.analyser_la_copie.func(*tache.arguments["args"])


def sorti(nom="prix.zip"):
    return FichierDeCopie.objects.get(nom=nom)


def adresse(nom="prix.zip", suite=""):
    return f"/copies-de-sauvegarde/{sorti(nom).reference}/{suite}"


def test_ouvrir_une_copie_en_fait_lire_chaque_fichier_avant_qui_que_ce_soit(scene, ouverte):
    assert ouverte.get(adresse()).status_code == 422
    assert "Analyse en cours" in ouverte.get(page(scene)).content.decode()

    analyser_ce_qui_attend()

    dit = ouverte.get(page(scene)).content.decode()
    assert "Infecté" in dit and "Sain" in dit
    assert ouverte.get(adresse()).status_code == 422
    assert ouverte.get(adresse("mémoire.pdf")).status_code == 200
    assert Ecriture.objects.filter(acte="copie_de_sauvegarde.analyser").count() == 2


@pytest.mark.moteurs
def test_la_quarantaine_d_une_copie_se_leve_en_le_motivant(scene, ouverte):
    analyser_ce_qui_attend()

    assert ouverte.post(adresse(suite="antivirus/"), {"motif": " "}).status_code == 422
    assert ouverte.post(adresse(suite="antivirus/"), LEVEE).status_code == 302
    assert ouverte.get(adresse()).status_code == 200
    lu = ouverte.get(adresse(suite="antivirus/")).content.decode()
    assert "Fausse alerte vérifiée." in lu and "Copies de sauvegarde" in lu
    assert "Quarantaine levée" in ouverte.get(page(scene)).content.decode()
    assert Ecriture.objects.filter(acte="copie_de_sauvegarde.lever_la_quarantaine").count() == 1


def test_lever_celle_d_une_copie_sans_preuve_recente_attend_le_mot_de_passe(scene, ouverte):
    analyser_ce_qui_attend()
    client = Client()
    client.force_login(scene.personne("helene"))

    assert client.post(adresse(suite="antivirus/"), LEVEE).url.startswith("/compte/confirmer/")
    assert client.get(adresse()).status_code == 422


def test_un_antivirus_muet_ne_retient_pas_une_copie_et_la_ronde_le_rattrape(ouverte, moteur):
    moteur.muet = True
    with pytest.raises(ServiceIndisponible):
        analyser_ce_qui_attend()
    plus_tard = SEANCE_LE + PATIENCE + HEURE

    taches.rattraper_les_oublis(plus_tard)
    assert AnalyseDeFichierDeCopie.objects.get().motif == MUET
    moteur.muet = False
    taches.rattraper_les_oublis(plus_tard)

    assert antivirus.etat_des_fichiers([sorti()])[sorti().pk].constat.etat == Etat.INFECTE


def test_sans_antivirus_la_page_dit_que_rien_n_est_lu(scene, client):
    recue, pli = copie(scene), scene.repond()
    helene = connecter(client, scene.personne("helene"))
    helene.post(page(scene, f"{recue.pk}/"), remplir(pli))

    assert "Non analysé" in helene.get(page(scene)).content.decode()
    assert helene.get(adresse("mémoire.pdf")).status_code == 200
