"""Une garde va à qui lit l'adresse où on la donne."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from beffroi.personnes.cles import queries, services, taches
from beffroi.personnes.cles.models import Gardien, GardienEnAttente
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.events import AdresseProuvee
from beffroi.personnes.comptes.models import PersonneAttendue, PreuveDAdresse
from beffroi.personnes.comptes.tests.personnes import LUNDI, ouvrir_le_lien, personne
from beffroi.personnes.organismes.services import accueillir_agent, creer_organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
ODILE = "odile@archives.example"
MARDI = LUNDI + timedelta(days=1)


def designer(utilisateur):
    return services.designer(
        utilisateur=utilisateur,
        organisation="Archives départementales",
        releve_de_l_exploitant=False,
        par=PLATEFORME,
        maintenant=LUNDI,
    )


def inconnue():
    return personne("Odile", courriel=ODILE, verifiee=False)


def test_un_compte_ouvert_d_avance_a_l_adresse_ne_garde_rien():
    intrus = inconnue()

    designer(intrus)

    assert queries.gardien_en_fonction(intrus) is None
    assert "/compte/invitation/" in Courriel.objects.get(destinataire=ODILE).texte


@pytest.mark.moteurs
def test_la_personne_qui_ouvre_le_lien_devient_gardienne():
    designer(inconnue())

    odile = ouvrir_le_lien(ODILE, le=MARDI)

    assert queries.gardien_en_fonction(odile).organisation == "Archives départementales"
    assert not PersonneAttendue.objects.exists()


def test_une_garde_qui_attend_tient_une_des_trois_places():
    porteurs.trois_gardiens(maintenant=LUNDI)
    services.retirer_gardien(
        gardien=queries.gardiens_en_fonction()[0], par=PLATEFORME, maintenant=LUNDI
    )
    designer(inconnue())

    with pytest.raises(RegleEnfreinte, match="trois"):
        designer(personne("Kevin Masson"))


def test_on_ne_designe_pas_deux_fois_une_adresse_qui_attend():
    odile = inconnue()
    designer(odile)

    with pytest.raises(RegleEnfreinte, match="déjà gardienne"):
        designer(odile)


def test_devenue_acheteuse_entre_temps_elle_prouve_son_adresse_sans_garder():
    designer(inconnue())
    mairie = creer_organisme(nom="Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI)
    accueillir_agent(
        organisme=mairie,
        courriel=ODILE,
        nom="Odile",
        roles=["lecteur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    odile = ouvrir_le_lien(ODILE, le=MARDI)

    assert PreuveDAdresse.objects.filter(utilisateur=odile).exists()
    assert queries.gardien_en_fonction(odile) is None and GardienEnAttente.objects.exists()


def test_annuler_la_garde_oublie_l_adresse():
    services.annuler_la_garde(attente=designer(inconnue()), par=PLATEFORME, maintenant=MARDI)

    assert not PersonneAttendue.objects.exists() and queries.places_de_gardien() == 3


def test_la_base_refuse_un_gardien_sans_preuve():
    with pytest.raises(DatabaseError, match="adresse n'est pas prouvée"), transaction.atomic():
        Gardien.objects.create(utilisateur=inconnue(), organisation="Archives", designe_le=LUNDI)


@pytest.mark.moteurs
def test_une_base_d_avant_suspend_les_gardes_sans_preuve():
    gardien = porteurs.trois_gardiens(maintenant=LUNDI)[0]
    PreuveDAdresse.objects.filter(utilisateur=gardien.utilisateur).delete()

    assert services.suspendre_les_gardes_sans_preuve(maintenant=MARDI) == 1
    assert queries.gardien_en_fonction(gardien.utilisateur) is None

    ouvrir_le_lien(gardien.utilisateur.courriel, le=MARDI)
    assert queries.gardien_en_fonction(gardien.utilisateur)


# ---------------------------------------------------------------- trois mois après


def test_une_garde_que_personne_n_a_prise_se_libere_et_ne_se_reprend_pas():
    """L'adresse a pu passer à quelqu'un d'autre : la prouver plus tard ne donne rien."""
    successeur = inconnue()
    designer(successeur)
    trois_mois_apres = LUNDI + timedelta(days=90)

    services.recevoir_la_garde(AdresseProuvee(successeur, trois_mois_apres))
    taches.oublier_les_gardes(trois_mois_apres)

    assert queries.gardien_en_fonction(successeur) is None
    assert not GardienEnAttente.objects.exists() and not PersonneAttendue.objects.exists()
    assert queries.places_de_gardien() == 3


def test_renvoyer_le_lien_rend_trois_mois_a_la_garde():
    attente = designer(inconnue())
    services.renvoyer_le_lien(
        attente=attente, par=PLATEFORME, maintenant=LUNDI + timedelta(days=80)
    )

    taches.oublier_les_gardes(LUNDI + timedelta(days=100))

    assert queries.garde_attendue(ODILE) == attente
