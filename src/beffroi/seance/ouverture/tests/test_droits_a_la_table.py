"""Une place à la table n'est pas un droit :
il se relit à chaque acte, pour un agent comme pour un gardien.
"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.achat.consultations.services import remplacer_les_membres
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.services import retirer_gardien
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.services import habiliter, retirer_habilitation
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.socle.fondations.erreurs import RegleEnfreinte, RoleManquant
from beffroi.socle.journal.acteurs import PLATEFORME
from demo.cles import CAPACITE
from sceau import Identity


def devenir_lecteur(scene, cle):
    habilitation = Habilitation.objects.get(utilisateur=scene.personne(cle), jusqu_au=None)
    habiliter(
        organisme=habilitation.organisme,
        utilisateur=habilitation.utilisateur,
        roles=["lecteur"],
        par=PLATEFORME,
        maintenant=SEANCE_LE,
    )


def partir(scene, cle):
    habilitation = Habilitation.objects.get(utilisateur=scene.personne(cle), jusqu_au=None)
    retirer_habilitation(habilitation=habilitation, par=PLATEFORME, maintenant=SEANCE_LE)


def n_etre_plus_designe(scene, cle):
    restent = [
        m.utilisateur
        for m in scene.consultation.membres_qui_ouvrent.exclude(utilisateur=scene.personne(cle))
    ]
    remplacer_les_membres(consultation=scene.consultation, vers=restent, maintenant=SEANCE_LE)


PERTES = [devenir_lecteur, partir, n_etre_plus_designe]


@pytest.mark.parametrize("perdre", PERTES)
def test_qui_a_perdu_le_droit_d_ouvrir_ne_confirme_plus_le_code(scene, perdre):
    seance = factories.seance_installee(scene)
    perdre(scene, "bernard")

    with pytest.raises(RoleManquant, match="n'êtes plus"):
        factories.composer_le_code(scene, seance, membre="bernard", ephemere=Identity.generate())


@pytest.mark.parametrize("perdre", PERTES)
def test_une_confirmation_ne_survit_pas_au_droit_de_la_donner(scene, perdre):
    scene.repond()
    seance, ephemere = factories.seance_installee(scene), Identity.generate()
    factories.composer_le_code(scene, seance, membre="bernard", ephemere=ephemere)
    factories.remettre(scene, seance, membre="bernard", ephemere=ephemere)
    graines = factories.graines_pour_le_coffre(scene, seance, porteurs=["helene", "bernard"])
    perdre(scene, "bernard")

    with pytest.raises(RegleEnfreinte, match="manque 1 personne"):
        services.tourner_les_cles(
            seance=seance,
            graines=graines,
            avec_sa_part=True,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE,
        )

    seance.refresh_from_db()
    assert seance.etat == EtatDeSeance.CLES_EN_COURS


@pytest.fixture
def recouvree(scene):
    seance = factories.seance_installee(
        scene,
        autour=("helene", "agnes", "benoit"),
        demande_aux_gardiens="Lettre du maire du 12 janvier 2027",
    )
    return seance


def gardienne(scene) -> Client:
    return connecter(Client(), scene.personne("agnes"))


def test_un_gardien_retire_ne_voit_plus_la_seance(scene, recouvree):
    adresse = f"/ouverture/{recouvree.reference}/"
    with time_machine.travel(SEANCE_LE, tick=False):
        assert gardienne(scene).get(adresse).status_code == 200
    gardien = cles.gardien_en_fonction(scene.personne("agnes"))

    retirer_gardien(gardien=gardien, par=PLATEFORME, maintenant=SEANCE_LE)

    with time_machine.travel(SEANCE_LE + timedelta(minutes=1), tick=False):
        assert gardienne(scene).get(adresse).status_code == 404


def test_un_gardien_retire_n_ouvre_plus(scene, recouvree):
    gardien = cles.gardien_en_fonction(scene.personne("agnes"))
    retirer_gardien(gardien=gardien, par=PLATEFORME, maintenant=SEANCE_LE)

    with pytest.raises(RoleManquant, match="n'êtes plus"):
        factories.composer_le_code(scene, recouvree, membre="agnes", ephemere=Identity.generate())
