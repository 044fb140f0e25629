"""Ses séances : les voir, en fermer une ou toutes les autres ; jamais celles d'un autre compte."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes import connexions, queries, services, taches
from beffroi.personnes.comptes.models import Connexion
from beffroi.personnes.comptes.tests.personnes import MOT_DE_PASSE, connecter, personne
from beffroi.socle.fondations.horloge import heure_reelle, maintenant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE, FERMER = reverse("comptes:securite"), reverse("comptes:fermer_les_connexions")


@pytest.fixture
def sophie():
    return personne()


@pytest.fixture
def ici(sophie):
    return connecter(Client(headers={"User-Agent": FIREFOX}), sophie)


@pytest.fixture
def ailleurs(sophie):
    return connecter(Client(), sophie)


def est_connecte(client) -> bool:
    return client.get(PAGE).status_code == 200


def reference_de(client) -> str:
    return connexions.reference(client.session.session_key)


def test_la_page_montre_chaque_seance_et_laquelle_est_celle_ci(ici, ailleurs, sophie):
    ouvertes = queries.connexions_ouvertes(sophie, ici=ici.session.session_key, le=maintenant())

    assert [une.est_celle_ci for une in ouvertes] == [True, False]
    assert "Fermer toutes les autres" in ici.get(PAGE).content.decode()


def test_une_connexion_dit_son_logiciel_et_rien_de_plus(sophie):
    client = Client(headers={"User-Agent": FIREFOX})
    client.post(reverse("account_login"), {"login": sophie.courriel, "password": MOT_DE_PASSE})

    (ouverte,) = queries.connexions_ouvertes(sophie, ici="", le=maintenant())

    assert ouverte.logiciel == "Firefox, Windows"
    assert ouverte.depuis is not None
    assert "Gecko" not in str(client.session.items())


def test_fermer_toutes_les_autres_garde_celle_d_ici(ici, ailleurs, sophie):
    ici.post(FERMER)

    assert (est_connecte(ici), est_connecte(ailleurs)) == (True, False)
    ecriture = Ecriture.objects.get(acte="utilisateur.fermer_connexions")
    assert ecriture.sujet == sophie.reference


def test_en_fermer_une_laisse_les_autres(ici, ailleurs, sophie):
    troisieme = connecter(Client(), sophie)

    ici.post(FERMER, {"connexion": reference_de(ailleurs)})

    assert [est_connecte(client) for client in (ici, ailleurs, troisieme)] == [True, False, True]


def test_celle_d_un_autre_compte_ne_se_ferme_pas(ici):
    autre = connecter(Client(), personne("Claire Petit"))

    page = ici.post(FERMER, {"connexion": reference_de(autre)}, follow=True).content.decode()

    assert est_connecte(autre)
    assert "Aucune autre séance" in page


def test_fermer_demande_une_preuve_recente(ici, ailleurs):
    seance = ici.session
    seance[connexions.PREUVES] = [{"method": "password", "at": 0}]
    seance.save()

    reponse = ici.post(FERMER)

    assert reponse["Location"].startswith(reverse("account_reauthenticate"))
    assert est_connecte(ailleurs)


def test_la_cle_d_une_seance_ne_parait_jamais(ici, ailleurs):
    page = ici.get(PAGE).content.decode()

    assert ailleurs.session.session_key not in page
    assert ici.session.session_key not in page


def test_une_seance_survit_a_une_cle_du_service_changee_et_prend_la_neuve(ici, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une toute autre clé"
    assert est_connecte(ici)

    settings.SECRET_KEY_FALLBACKS = []
    assert est_connecte(ici)


@pytest.mark.moteurs
def test_une_seance_finie_ne_se_montre_plus_et_s_efface(ici, sophie):
    demain = maintenant() + timedelta(hours=21)

    assert queries.connexions_ouvertes(sophie, ici="", le=demain) == []
    services.purger_les_connexions(maintenant=demain)
    assert not Connexion.objects.exists()


def test_une_visite_sans_compte_n_est_a_personne(db):
    session = connexions.SessionStore()
    session["brouillon"] = "texte"
    session.save()

    assert Connexion.objects.get().utilisateur is None


def test_changer_de_mot_de_passe_ferme_les_autres(ici, ailleurs):
    neuf = "cinq mots encore mieux choisis"
    ici.post(
        reverse("account_change_password"),
        {"oldpassword": MOT_DE_PASSE, "password1": neuf, "password2": neuf},
    )

    assert (est_connecte(ici), est_connecte(ailleurs)) == (True, False)


def test_a_l_ecole_ou_les_jours_courent_une_seance_ne_finit_pas_avant_son_heure(ici, sophie):
    taches.purger_les_connexions(heure_reelle() + timedelta(days=8))

    assert est_connecte(ici)
