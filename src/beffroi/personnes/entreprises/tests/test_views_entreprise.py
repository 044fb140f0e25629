"""Kévin, à 11 h 41 : s'inscrire en un écran, agir aussitôt."""

import pytest
from django.db import OperationalError
from django.test import Client

from beffroi.personnes.comptes import adapter
from beffroi.personnes.comptes.queries import adresse_prouvee, utilisateur_par_courriel
from beffroi.personnes.comptes.services import prouver_l_adresse
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.personnes.entreprises import queries, services
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, Equipe, Membre
from beffroi.personnes.entreprises.tests.gestes import reconnu
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"
SAISIE = {
    "email": "kevin@atelier.example",
    "password1": "quatre mots bien choisis",
    "nom": "Kévin Masson",
    "siret": "732 829 320 00074",
    "raison_sociale": "Atelier du Faîtage",
}
INSCRIPTION = "/compte/inscription/"


def s_inscrire(client: Client, **champs):
    return client.post(INSCRIPTION, {**SAISIE, **champs})


def rattacher(utilisateur, siret: str = SIRET) -> Membre:
    return services.inscrire_membre(
        identifiant=siret,
        nom="Atelier du Faîtage",
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=LUNDI,
    )


def test_l_inscription_connecte_et_ramene_ou_l_on_allait(client):
    reponse = s_inscrire(client, next="/aide/")

    assert reponse.url == "/aide/"
    assert "Atelier du Faîtage" in client.get("/entreprise/").content.decode()


def test_l_adresse_se_confirme_apres_sans_rien_bloquer(client):
    s_inscrire(client)

    assert not adresse_prouvee(utilisateur_par_courriel(SAISIE["email"]))
    assert "/compte/adresse/confirmer/" in Courriel.objects.get(destinataire=SAISIE["email"]).texte


def test_une_base_qui_tombe_avant_le_courriel_n_ouvre_aucun_compte(client, monkeypatch):
    client.raise_request_exception = False
    with monkeypatch.context() as en_panne:
        en_panne.setattr(adapter, "ecrire_courriel", base_tombee)
        assert s_inscrire(client).status_code == 503

    assert s_inscrire(client).status_code == 302
    assert Courriel.objects.filter(destinataire=SAISIE["email"]).count() == 1


def base_tombee(**_):
    raise OperationalError("terminating connection due to administrator command")


def test_le_lien_du_courriel_confirme_l_adresse(client):
    s_inscrire(client)
    lien = next(
        ligne for ligne in Courriel.objects.get().texte.splitlines() if "/confirmer/" in ligne
    )

    client.post(lien)

    assert adresse_prouvee(utilisateur_par_courriel(SAISIE["email"]))


def test_un_siret_faux_garde_la_saisie_et_ne_cree_rien(client):
    page = s_inscrire(client, siret="73282932000075").content.decode()

    assert "un chiffre est faux" in page and 'value="Kévin Masson"' in page
    assert utilisateur_par_courriel(SAISIE["email"]) is None


def test_un_mot_de_passe_court_est_refuse_avec_la_regle_deja_montree(client):
    assert "Au moins 14 signes" in client.get(INSCRIPTION).content.decode()

    assert "corriger" in s_inscrire(client, password1="trop court").content.decode()


def test_une_entreprise_etrangere_s_inscrit_par_son_pays(client):
    s_inscrire(client, siret="", pays="BE", identifiant="BE 0403.170.701")

    assert Equipe.objects.get().nature == Equipe.Nature.UNION


def test_sans_siret_ni_pays_on_dit_quoi_faire(client):
    assert "Saisissez le SIRET" in s_inscrire(client, siret="").content.decode()


def test_une_adresse_deja_prise_ne_cree_pas_un_second_compte(client):
    personne("Kévin", courriel=SAISIE["email"])

    assert "a déjà un compte" in s_inscrire(client).content.decode()
    assert not Equipe.objects.exists()


def test_le_collegue_dont_l_adresse_n_est_pas_confirmee_se_voit_avant_le_bouton(client):
    sophie, kevin = rattacher(personne("Sophie")), Client()
    s_inscrire(kevin)
    connecter(client, sophie.utilisateur)
    assert "Ouvrez d’abord le lien de confirmation" in kevin.get("/entreprise/").content.decode()
    assert "Adresse non confirmée" in client.get("/entreprise/").content.decode()

    demande = DemandeDeRejoindre.objects.get()
    refus = client.post(f"/entreprise/demandes/{demande.reference}/confirmer/")

    assert "pas confirmé son adresse" in refus.content.decode()
    assert not queries.est_de(demande.utilisateur, sophie.equipe)


def test_le_collegue_est_prevenu_et_reconnait(client):
    sophie = rattacher(personne("Sophie"))
    s_inscrire(Client())
    connecter(client, sophie.utilisateur)
    demande = DemandeDeRejoindre.objects.get()
    assert "Kévin Masson" in client.get("/entreprise/").content.decode()
    prouver_l_adresse(utilisateur=demande.utilisateur, maintenant=LUNDI)

    client.post(f"/entreprise/demandes/{demande.reference}/confirmer/")

    assert Courriel.objects.filter(destinataire=sophie.utilisateur.courriel).exists()
    assert queries.est_de(demande.utilisateur, sophie.equipe)
    assert "Reconnu par" in page_de(demande.utilisateur)


def page_de(utilisateur) -> str:
    return connecter(Client(), utilisateur).get("/entreprise/").content.decode()


def test_le_collegue_ecarte_apres_avoir_lu_ce_que_cela_change(client):
    sophie = rattacher(personne("Sophie"))
    s_inscrire(Client())
    connecter(client, sophie.utilisateur)
    demande = DemandeDeRejoindre.objects.get()
    ecarter = f"/entreprise/demandes/{demande.reference}/ecarter/"

    assert "ni de ce que vous déposez" in client.get(ecarter).content.decode()
    assert "entre pas dans votre équipe" in client.post(ecarter, follow=True).content.decode()
    assert not DemandeDeRejoindre.objects.exists()
    assert "Demander à rejoindre mes collègues" in page_de(demande.utilisateur)


def test_qui_etait_la_n_est_pas_invite_a_rejoindre_qui_vient_d_arriver(client):
    sophie = rattacher(personne("Sophie"))
    s_inscrire(client)

    page = page_de(sophie.utilisateur)

    assert "Kévin Masson" in page and "Demander à rejoindre mes collègues" not in page
    reponse = connecter(Client(), sophie.utilisateur).post(
        f"/entreprise/{sophie.reference}/demander/"
    )
    assert reponse.status_code == 422 and not queries.demandes_de(sophie.utilisateur).exists()


def test_redemander_le_jour_meme_dit_d_inviter_plutot(client):
    sophie = rattacher(personne("Sophie"))
    s_inscrire(client)
    demande = DemandeDeRejoindre.objects.get()
    services.ecarter(
        demande=demande, par=sophie.utilisateur.acteur, maintenant=horloge.maintenant()
    )
    soi = queries.membres_de(demande.utilisateur).get()

    page = client.post(f"/entreprise/{soi.reference}/demander/")

    assert "Invitez plutôt votre collègue" in page.content.decode()


def test_ce_qu_on_avait_fait_seul_se_partage_apres_avoir_lu_avec_qui(client, monkeypatch):
    monkeypatch.setattr(queries, "est_vierge", lambda equipe: False)
    lucie, kevin = rattacher(personne("Lucie Wacquet")), personne("Kévin Masson")
    reconnu(kevin, lucie, le=LUNDI)
    seule = queries.membres_de(kevin).get(reconnu_par=None)
    connecter(client, kevin)
    reunir = f"/entreprise/{seule.reference}/reunir/"

    assert reunir in client.get("/entreprise/").content.decode()
    assert "Lucie Wacquet verront" in client.get(reunir).content.decode()
    client.post(reunir)

    assert queries.est_de(lucie.utilisateur, seule.equipe)
    assert reunir not in client.get("/entreprise/").content.decode()


def test_un_nom_n_ajoute_pas_de_paragraphe_au_courriel_du_collegue(client):
    sophie = personne("Sophie")
    rattacher(sophie)

    s_inscrire(client, nom="Rival\r\n\r\nVotre compte ferme", raison_sociale="A\n\nB")

    recu = Courriel.objects.get(destinataire=sophie.courriel).texte
    assert "\nRival Votre compte ferme (kevin@atelier.example) vient de s'inscrire" in recu


def test_qui_dit_le_meme_siret_ne_voit_pas_qui_travaille_la(client):
    rattacher(personne("Sophie Merlin"))
    s_inscrire(client)

    page = client.get("/entreprise/").content.decode()

    assert "Vous déposez dès maintenant" in page
    assert "Sophie Merlin" not in page


@pytest.mark.parametrize("geste", ["confirmer", "ecarter"])
def test_on_ne_repond_pas_a_sa_propre_demande(client, geste):
    rattacher(personne("Sophie"))
    s_inscrire(client)
    demande = DemandeDeRejoindre.objects.get()

    reponse = client.post(f"/entreprise/demandes/{demande.reference}/{geste}/")

    assert reponse.status_code == 404 and DemandeDeRejoindre.objects.exists()


def test_l_equipe_choisie_tient_la_seance(client, rf):
    sophie = personne("Sophie")
    rattacher(sophie)
    second = rattacher(sophie, "73282932000082")
    connecter(client, sophie)

    client.post(f"/entreprise/{second.reference}/choisir/")

    requete = rf.get("/")
    requete.user, requete.session = sophie, client.session
    assert queries.equipe_courante(requete) == second.equipe


def test_sans_entreprise_la_page_dit_comment_en_ajouter_une(client):
    connecter(client, personne())

    assert "Indiquer mon entreprise" in client.get("/entreprise/").content.decode()


def test_quitter_se_confirme_puis_detache(client):
    membre = rattacher(personne("Sophie"))
    connecter(client, membre.utilisateur)

    assert (
        "Ne plus agir pour"
        in client.get(f"/entreprise/{membre.reference}/quitter/").content.decode()
    )
    client.post(f"/entreprise/{membre.reference}/quitter/")

    assert not queries.membres_de(membre.utilisateur).exists()


def test_sans_adresse_prouvee_changer_de_lieu_sans_fin_n_enfle_pas_le_registre(client):
    s_inscrire(client)
    lieux = [{"taille": "micro", "code_postal": f"629{rang:02}"} for rang in range(21)]

    envois = [client.post("/entreprise/presentation/", lieu) for lieu in lieux]

    assert [envoi.status_code for envoi in envois] == [302] * 20 + [422]
    assert "Confirmez l’adresse de votre compte" in envois[-1].content.decode()
    assert "62920" in envois[-1].content.decode()
    assert Equipe.objects.get().code_postal == "62919"


def test_dire_sa_taille_et_son_lieu_se_garde_se_lit_et_s_efface(client):
    s_inscrire(client)
    assert "Non dits" in client.get("/entreprise/").content.decode()

    assert (
        client.post(
            "/entreprise/presentation/", {"taille": "micro", "code_postal": "62 960"}
        ).status_code
        == 302
    )
    page = client.get("/entreprise/").content.decode()
    assert "Microentreprise" in page and "62960" in page
    client.post("/entreprise/presentation/", {})
    assert "Non dits" in client.get("/entreprise/").content.decode()


@pytest.mark.parametrize("code", ["629", "00100", "99000", "6296A"])
def test_un_code_postal_faux_se_refuse_et_la_saisie_reste(client, code):
    s_inscrire(client)
    reponse = client.post("/entreprise/presentation/", {"taille": "pme", "code_postal": code})

    assert reponse.status_code == 422 and "cinq chiffres" in reponse.content.decode()
    assert f'value="{code}"' in reponse.content.decode() and Equipe.objects.get().taille == ""


def test_qui_dit_le_meme_siret_ne_presente_que_la_sienne(client):
    sophie = rattacher(personne("Sophie Lemaire"))
    client.post(INSCRIPTION, SAISIE)

    client.post("/entreprise/presentation/", {"taille": "pme"})

    sophie.equipe.refresh_from_db()
    assert sophie.equipe.taille == ""
