"""Du formulaire à l'acheteur : le DUME rempli, scellé, ouvert, se lit en français ;
un fichier mauvais ne casse rien.
"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.choix.candidatures import dume
from beffroi.choix.candidatures.tests.scene import EXAMEN_LE, clore_la_seance
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.dume.demandes import demande_de
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.tests.factories import LIMITE
from formats.dume import ecrire, ecrire_reponse
from formats.dume.modele import Emission
from formats.dume.tests.exemples import EMIS, declarations, reponse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stockage_a_part")]


def ouvrir(scene, fichiers):
    scene.repond(candidature=fichiers, le=LIMITE - timedelta(hours=3))
    clore_la_seance(scene)
    return connecter(Client(), scene.personne("martine"))


def page(client, scene, nom="DUME.xml", suite=""):
    fichier = FichierOuvert.objects.get(nom=nom)
    reponse = client.get(
        f"/consultations/{scene.consultation.reference}"
        f"/candidatures/dume/{fichier.reference}/{suite}"
    )
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


@pytest.fixture
def le_jour_dit():
    with time_machine.travel(EXAMEN_LE, tick=False):
        yield


def dume_de(scene, **autres):
    """Une réponse à cette consultation, au nom de l'entreprise qui répond."""
    base = reponse()
    dits = {
        "operateur": base.operateur,
        "emission": Emission(base.uuid, EMIS),
        "reponses": declarations(),
    }
    return ecrire(ecrire_reponse(demande_de(scene.consultation), **{**dits, **autres}))


def test_les_exclusions_declarees_sautent_aux_yeux(scene, le_jour_dit):
    lue = page(ouvrir(scene, {"DUME.xml": dume_de(scene)}), scene)

    assert (
        "L'entreprise déclare un motif d'exclusion" in lue
        and "Le frère de la gérante est adjoint" in lue
    )
    assert "Pas vérifié" in lue and "Atelier du Faîtage" in lue


def test_la_candidature_mene_a_son_dume(scene, le_jour_dit):
    client = ouvrir(scene, {"DUME.xml": dume_de(scene), "Lettre.pdf": b"%PDF"})
    fichier = FichierOuvert.objects.get(nom="DUME.xml")
    pli = fichier.ouverture.pli
    examen = client.get(
        f"/consultations/{scene.consultation.reference}/candidatures/de/{pli.reference}/"
    )

    assert examen.content.decode().count("Lire comme un DUME") == 1


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "il n'est pas lu"),
        (b"<Invoice/>", "n'est pas un DUME"),
        ("<a/>".encode("utf-16"), "UTF-8"),
        (b"<QualificationApplicationResponse", "ne se lit pas, ligne"),
    ],
)
def test_un_fichier_mauvais_donne_une_phrase(scene, le_jour_dit, contenu, phrase):
    assert phrase in page(ouvrir(scene, {"DUME.xml": contenu}), scene)


def test_un_dume_presque_vide_se_montre_sans_casser(scene, le_jour_dit):
    nom = "QualificationApplicationResponse"
    vide = f"<{nom} xmlns='urn:oasis:names:specification:ubl:schema:xsd:{nom}-2'/>".encode()
    lue = page(ouvrir(scene, {"DUME.xml": vide}), scene)

    assert "Il ne dit pas de quelle entreprise il vient." in lue and "À corriger" in lue


def test_le_dume_d_une_autre_consultation_ou_d_une_autre_entreprise_se_voit(scene, le_jour_dit):
    lue = page(ouvrir(scene, {"DUME.xml": ecrire(reponse())}), scene)

    assert "Il vise la consultation « 2026-0142 », pas celle-ci." in lue
    assert "que la réponse ne nomme pas" in lue


def test_un_fichier_trop_gros_n_est_pas_lu(scene, le_jour_dit, monkeypatch):
    monkeypatch.setattr(dume, "TAILLE_MAXIMALE", 10)

    assert "dépasse 5 Mo" in page(ouvrir(scene, {"DUME.xml": dume_de(scene)}), scene)


def test_un_fichier_de_l_offre_n_est_pas_un_dume_de_candidature(scene, le_jour_dit):
    client = ouvrir(scene, {"DUME.xml": dume_de(scene)})
    offre = FichierOuvert.objects.exclude(nom="DUME.xml").first()
    adresse = f"/consultations/{scene.consultation.reference}/candidatures/dume/{offre.reference}/"

    assert client.get(adresse).status_code == 404
