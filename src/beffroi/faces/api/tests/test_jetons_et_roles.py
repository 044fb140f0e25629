"""Un jeton n'a que les rôles d'avant lui, et le second facteur d'avant lui."""

from datetime import timedelta

import pytest
import time_machine

from beffroi.achat.consultations.tests.scene import agent
from beffroi.faces.api.portees import DEMANDENT
from beffroi.faces.api.tests.logiciel import Logiciel
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.personnes.comptes.portees import D_ACHETEUR, D_ENTREPRISE, Portee
from beffroi.personnes.comptes.services import activer_totp, delivrer_jeton
from beffroi.personnes.comptes.tests.personnes import SECRET, ouvrir_le_lien, personne
from beffroi.personnes.organismes.services import accueillir_agent, habiliter
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
NOTRES = "acheteur/consultations"
SECRETAIRE = "secretaire2@bomy.example"


@pytest.fixture(autouse=True)
def _le_jour(scene):
    with time_machine.travel(scene.le + timedelta(hours=2), tick=False):
        yield


def jeton(qui, *portees, le) -> str:
    return delivrer_jeton(utilisateur=qui, libelle="Outil", portees=portees, maintenant=le)[1]


def lire(client, secret: str):
    return Logiciel(client, secret).demander("get", NOTRES)


def test_sans_role_un_jeton_d_acheteur_se_refuse(scene):
    inconnu = personne("Intrus", courriel=SECRETAIRE, verifiee=False)

    with pytest.raises(RegleEnfreinte) as refus:
        jeton(inconnu, *D_ACHETEUR, le=scene.le)

    assert "Aucun de vos rôles" in str(refus.value) and len(refus.value.motifs) == 2
    assert not JetonDApi.objects.exists()


def test_le_jeton_fait_d_avance_par_un_intrus_n_ouvre_rien_a_l_arrivee_de_la_vraie(client, scene):
    """Le chemin d'origine : un jeton d'un an, puis le rôle, puis la vraie personne."""
    intrus = personne("Intrus", courriel=SECRETAIRE, verifiee=False)
    secret = jeton(intrus, *D_ENTREPRISE, le=scene.le)
    # Un jeton d'avant ces règles, aux portées d'acheteur.
    JetonDApi.objects.update(portees=[portee.value for portee in Portee])
    accueillir_agent(
        organisme=scene.organisme,
        courriel=SECRETAIRE,
        nom="La vraie",
        roles=["administrateur"],
        par=PLATEFORME,
        maintenant=scene.le,
    )

    vraie = ouvrir_le_lien(SECRETAIRE, le=scene.le)
    activer_totp(utilisateur=vraie, secret=SECRET, maintenant=scene.le)

    assert lire(client, secret).status_code == 401


def test_un_role_neuf_n_elargit_pas_un_jeton_d_avant(client, scene):
    lecteur = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=("lecteur",), cle=False)
    ancien = jeton(lecteur, Portee.CONSULTATIONS_LIRE, le=scene.le)
    assert lire(client, ancien).status_code == 200

    plus_tard = scene.le + timedelta(hours=1)
    habiliter(
        organisme=scene.organisme,
        utilisateur=lecteur,
        roles=["redacteur"],
        par=PLATEFORME,
        maintenant=plus_tard,
    )

    assert lire(client, ancien).status_code == 404
    assert lire(client, jeton(lecteur, Portee.CONSULTATIONS_LIRE, le=plus_tard)).status_code == 200


def test_un_jeton_ne_sans_second_facteur_n_agit_pas_pour_un_acheteur(client, scene):
    secret = jeton(scene.martine, Portee.CONSULTATIONS_LIRE, le=scene.le)
    JetonDApi.objects.update(delivre_avec_second_facteur=False)

    refus = lire(client, secret)

    assert refus.status_code == 403 and "créé sans second facteur" in refus.json()["detail"]


def test_chaque_portee_d_acheteur_dit_les_actes_qu_elle_demande():
    assert set(DEMANDENT) == D_ACHETEUR
    assert all(acte in table for actes in DEMANDENT.values() for acte, table in actes)
