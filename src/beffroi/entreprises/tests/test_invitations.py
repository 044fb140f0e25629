"""Inviter un collègue : un lien pour une adresse, qui confirme, et qui meurt avec l'accord de qui l'a envoyé."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.entreprises import invitations, queries, services
from beffroi.entreprises.models import Membre
from beffroi.socle.erreurs import Introuvable
from beffroi.socle.horloge import maintenant
from beffroi.socle.models import Courriel

pytestmark = pytest.mark.django_db


def rattacher(utilisateur, siret="73282932000074") -> Membre:
    return services.inscrire_membre(
        identifiant_etablissement=siret,
        nom="Atelier du Faîtage",
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=LUNDI,
    )


@pytest.fixture
def sophie():
    return rattacher(personne("Sophie Merlin"))


@pytest.fixture
def kevin():
    return personne("Kevin Masson")


def inviter(sophie: Membre, adresse: str) -> str:
    """Le lien que reçoit la personne invitée."""
    connecter(Client(), sophie.utilisateur).post("/entreprise/collegues/inviter/", {"courriel": adresse})
    courriel = Courriel.objects.filter(destinataire=adresse, cle__startswith="invitation/").last()
    return re.search(r"/entreprise/invitation/\S+", courriel.texte)[0]


def test_la_personne_invitee_accepte_et_partage_aussitot_les_reponses(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)
    client = connecter(Client(), kevin)

    assert "Sophie Merlin vous invite" in client.get(lien).content.decode()
    client.post(lien)

    assert queries.partage_les_reponses(kevin, sophie.etablissement)


def test_accepter_n_ecrit_pas_aux_collegues_pour_les_faire_confirmer(sophie, kevin):
    connecter(Client(), kevin).post(inviter(sophie, kevin.courriel))

    assert not Courriel.objects.filter(sujet__contains="demande à partager").exists()


def test_qui_attendait_d_etre_confirme_l_est_en_acceptant(sophie, kevin):
    rattacher(kevin)
    connecter(Client(), kevin).post(inviter(sophie, kevin.courriel))

    assert queries.partage_les_reponses(kevin, sophie.etablissement)


def test_le_lien_ne_vaut_que_pour_l_adresse_invitee(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)

    assert connecter(Client(), personne("Ivan Lentour")).get(lien).status_code == 404


def test_le_lien_vaut_sept_jours(sophie, kevin):
    jeton = invitations.jeton(par=sophie, courriel=kevin.courriel, le=LUNDI)

    assert invitations.lire(jeton, personne=kevin, le=LUNDI + timedelta(days=7))
    with pytest.raises(Introuvable):
        invitations.lire(jeton, personne=kevin, le=LUNDI + timedelta(days=7, seconds=1))


def test_le_lien_meurt_au_depart_de_qui_l_a_envoye(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)
    services.detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=maintenant())

    assert connecter(Client(), kevin).get(lien).status_code == 404


def test_un_collegue_retire_ne_revient_pas_par_un_vieux_courriel(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)
    client = connecter(Client(), kevin)
    client.post(lien)
    venu = Membre.objects.get(utilisateur=kevin, jusqu_au=None)

    services.detacher_membre(membre=venu, par=sophie.utilisateur.acteur, maintenant=maintenant())

    assert client.post(lien).status_code == 404
    assert not queries.membres_de(kevin).exists()


def test_un_jeton_forge_est_introuvable(kevin):
    assert connecter(Client(), kevin).get("/entreprise/invitation/faux:jeton/").status_code == 404


def test_qui_attend_d_etre_confirme_n_invite_personne(sophie, kevin):
    rattacher(kevin)

    assert connecter(Client(), kevin).get("/entreprise/collegues/inviter/").status_code == 403


def test_une_adresse_n_est_invitee_qu_une_fois_par_jour(sophie, kevin):
    inviter(sophie, kevin.courriel)
    inviter(sophie, kevin.courriel)

    assert Courriel.objects.filter(cle__startswith="invitation/").count() == 1


def test_les_invitations_d_un_jour_sont_bornees(sophie, monkeypatch):
    monkeypatch.setattr(services, "INVITATIONS_PAR_JOUR", 1)
    inviter(sophie, "premiere@atelier.example")
    client = connecter(Client(), sophie.utilisateur)

    page = client.post("/entreprise/collegues/inviter/", {"courriel": "seconde@atelier.example"})

    assert page.status_code == 422 and "Reprenez demain" in page.content.decode()


def test_une_adresse_incomplete_se_dit(sophie):
    page = connecter(Client(), sophie.utilisateur).post("/entreprise/collegues/inviter/", {"courriel": "kevin"})

    assert page.status_code == 422 and "incomplète" in page.content.decode()
