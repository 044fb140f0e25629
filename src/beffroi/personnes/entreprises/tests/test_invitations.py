"""Inviter un collègue :
un lien pour une adresse, qui confirme, et qui meurt avec l'accord de qui l'a envoyé.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import LUNDI, a_confirmer, connecter, personne
from beffroi.personnes.entreprises import invitations, queries, services, taches
from beffroi.personnes.entreprises.models import InvitationEnAttente, Membre
from beffroi.personnes.entreprises.tests.gestes import reconnu
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


def rattacher(utilisateur, siret="73282932000074") -> Membre:
    return services.inscrire_membre(
        identifiant=siret,
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
    connecter(Client(), sophie.utilisateur).post(
        "/entreprise/collegues/inviter/", {"courriel": adresse}
    )
    courriel = Courriel.objects.filter(destinataire=adresse, cle__startswith="invitation/").last()
    return re.search(r"/entreprise/invitation/\S+", courriel.texte)[0]


def annuler() -> str:
    return f"/entreprise/invitations/{InvitationEnAttente.objects.get().reference}/annuler/"


def test_la_personne_invitee_accepte_et_partage_aussitot_les_reponses(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)
    client = connecter(Client(), kevin)

    assert "Sophie Merlin vous invite" in client.get(lien).content.decode()
    client.post(lien)

    assert queries.est_de(kevin, sophie.equipe)


def test_accepter_n_ecrit_pas_aux_collegues_pour_les_faire_confirmer(sophie, kevin):
    connecter(Client(), kevin).post(inviter(sophie, kevin.courriel))

    assert not Courriel.objects.filter(sujet__contains="demande à partager").exists()


def test_qui_attendait_d_etre_reconnu_l_est_en_acceptant(sophie, kevin):
    rattacher(kevin)
    connecter(Client(), kevin).post(inviter(sophie, kevin.courriel))

    assert queries.est_de(kevin, sophie.equipe)


def test_le_lien_ne_vaut_que_pour_l_adresse_invitee(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)

    assert connecter(Client(), personne("Ivan Lentour")).get(lien).status_code == 404


def test_qui_n_a_pas_prouve_son_adresse_n_invite_personne(kevin):
    """La plateforme ne porte pas, sous sa signature, le courriel d'un inconnu."""
    inconnu = rattacher(personne("Ivan Lentour", verifiee=False))

    with pytest.raises(RegleEnfreinte, match="Confirmez d'abord votre adresse"):
        services.inviter_un_collegue(par=inconnu, courriel=kevin.courriel, maintenant=LUNDI)
    client = connecter(Client(), inconnu.utilisateur)
    page = client.get("/entreprise/collegues/inviter/").content.decode().replace("’", "'")

    assert "Confirmez d'abord votre adresse" in page
    assert "Envoyer l'invitation" not in page
    assert not Courriel.objects.filter(destinataire=kevin.courriel).exists()


def test_le_lien_vaut_sept_jours(sophie, kevin):
    attente = services.inviter_un_collegue(par=sophie, courriel=kevin.courriel, maintenant=LUNDI)
    jeton = invitations.jeton(attente)

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


def test_qui_attend_d_etre_reconnu_n_invite_que_dans_sa_propre_equipe(sophie, kevin):
    seul = rattacher(kevin)
    connecter(Client(), kevin).post(
        "/entreprise/collegues/inviter/", {"courriel": "ines@atelier.example"}
    )

    assert InvitationEnAttente.objects.get().par == seul


def test_une_adresse_qui_attend_n_est_invitee_qu_une_fois_par_jour(sophie, kevin):
    inviter(sophie, kevin.courriel)
    services.inviter_un_collegue(
        par=sophie, courriel=kevin.courriel.upper(), maintenant=maintenant()
    )

    assert Courriel.objects.filter(cle__startswith="invitation/").count() == 1
    assert InvitationEnAttente.objects.count() == 1


def test_le_lendemain_une_nouvelle_invitation_remplace_l_ancienne(sophie, kevin):
    ancienne = services.inviter_un_collegue(par=sophie, courriel=kevin.courriel, maintenant=LUNDI)
    services.inviter_un_collegue(
        par=sophie, courriel=kevin.courriel, maintenant=LUNDI + timedelta(days=1)
    )

    assert InvitationEnAttente.objects.count() == 1
    with pytest.raises(Introuvable):
        invitations.lire(invitations.jeton(ancienne), personne=kevin, le=LUNDI + timedelta(days=1))


@pytest.mark.moteurs
def test_mon_entreprise_montre_qui_est_invite_jusqu_a_ce_qu_il_accepte(sophie, kevin):
    lien, ses_pages = inviter(sophie, kevin.courriel), connecter(Client(), sophie.utilisateur)

    avant = ses_pages.get("/entreprise/").content.decode()
    connecter(Client(), kevin).post(lien)
    apres = ses_pages.get("/entreprise/").content.decode()

    assert "Invitations en attente" in avant and kevin.courriel in avant
    assert "Invitations en attente" not in apres


def test_un_lien_ne_sert_qu_une_fois(sophie, kevin):
    lien, client = inviter(sophie, kevin.courriel), connecter(Client(), kevin)
    client.post(lien)

    assert client.get(lien).status_code == 404


def test_un_collegue_annule_l_invitation_et_le_lien_n_ouvre_plus_rien(sophie, kevin):
    lien = inviter(sophie, kevin.courriel)
    nadia = reconnu(personne("Nadia Fauquet"), sophie, le=LUNDI)

    client = connecter(Client(), nadia.utilisateur)

    assert "n'ouvrira plus rien" in a_confirmer(client, annuler())
    annulee = client.post(annuler(), follow=True)

    assert "est annulée" in annulee.content.decode()
    assert connecter(Client(), kevin).get(lien).status_code == 404
    assert not InvitationEnAttente.objects.exists()
    assert (
        Ecriture.objects.filter(acte="membre.annuler_l_invitation", sujet=sophie.reference).count()
        == 1
    )


def test_une_autre_entreprise_n_annule_rien(sophie, kevin):
    inviter(sophie, kevin.courriel)
    ivan = rattacher(personne("Ivan Lentour"), siret="40483304800022")

    reponse = connecter(Client(), ivan.utilisateur).post(annuler())

    assert reponse.status_code == 404 and InvitationEnAttente.objects.exists()


def test_qui_attend_d_etre_reconnu_ne_voit_ni_n_annule_rien(sophie, kevin):
    inviter(sophie, "ines@atelier.example")
    rattacher(kevin)
    client = connecter(Client(), kevin)

    assert "ines@" not in client.get("/entreprise/").content.decode()
    assert client.post(annuler()).status_code == 404


def test_annulee_elle_se_refait_le_jour_meme_sans_inonder_l_adresse(sophie, kevin):
    for _ in range(services.INVITATIONS_PAR_ADRESSE):
        inviter(sophie, kevin.courriel)
        connecter(Client(), sophie.utilisateur).post(annuler())

    with pytest.raises(RegleEnfreinte, match="déjà reçu 3 invitations"):
        services.inviter_un_collegue(par=sophie, courriel=kevin.courriel, maintenant=maintenant())


def test_accepter_ce_qu_un_collegue_vient_d_annuler_est_introuvable(sophie, kevin):
    attente = services.inviter_un_collegue(
        par=sophie, courriel=kevin.courriel, maintenant=maintenant()
    )
    InvitationEnAttente.objects.all().delete()

    with pytest.raises(Introuvable):
        services.accepter_l_invitation(
            invitation=attente, utilisateur=kevin, maintenant=maintenant()
        )


@pytest.mark.parametrize(
    ("apres", "restent"), [(timedelta(days=7), 1), (timedelta(days=7, seconds=1), 0)]
)
def test_une_adresse_invitee_s_oublie_avec_son_invitation(sophie, apres, restent):
    services.inviter_un_collegue(par=sophie, courriel="ines@atelier.example", maintenant=LUNDI)

    taches.oublier_les_invitations(LUNDI + apres)

    assert InvitationEnAttente.objects.count() == restent


@pytest.mark.moteurs
def test_l_adresse_invitee_s_oublie_au_depart_de_qui_l_a_invitee(sophie):
    services.inviter_un_collegue(par=sophie, courriel="ines@atelier.example", maintenant=LUNDI)
    services.detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    taches.oublier_les_invitations(LUNDI)

    assert not InvitationEnAttente.objects.exists()


def test_les_invitations_d_un_jour_sont_bornees(sophie, monkeypatch):
    monkeypatch.setattr(services.invitations, "INVITATIONS_PAR_JOUR", 1)
    inviter(sophie, "premiere@atelier.example")
    client = connecter(Client(), sophie.utilisateur)

    page = client.post("/entreprise/collegues/inviter/", {"courriel": "seconde@atelier.example"})

    assert page.status_code == 422 and "Reprenez demain" in page.content.decode()


def test_une_adresse_incomplete_se_dit(sophie):
    page = connecter(Client(), sophie.utilisateur).post(
        "/entreprise/collegues/inviter/", {"courriel": "kevin"}
    )

    assert page.status_code == 422 and "incomplète" in page.content.decode()


def test_une_invitation_affichee_ne_s_accepte_plus_si_qui_l_a_envoyee_part_entre_temps(
    sophie, kevin
):
    attente = services.inviter_un_collegue(par=sophie, courriel=kevin.courriel, maintenant=LUNDI)
    lue = invitations.lire(invitations.jeton(attente), personne=kevin, le=LUNDI)
    services.detacher_membre(membre=sophie, par=sophie.utilisateur.acteur, maintenant=LUNDI)

    with pytest.raises(Introuvable):
        services.accepter_l_invitation(invitation=lue, utilisateur=kevin, maintenant=LUNDI)
    assert not queries.membres_de(kevin).exists()
