"""Kévin, à 11 h 41 : s'inscrire en un écran, agir aussitôt."""

import pytest
from django.test import Client

from beffroi.personnes.comptes.queries import adresse_confirmee, utilisateur_par_courriel
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.personnes.entreprises import queries, services
from beffroi.personnes.entreprises.models import Entreprise, Membre
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
        identifiant_etablissement=siret,
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

    assert not adresse_confirmee(utilisateur_par_courriel(SAISIE["email"]))
    assert "/compte/adresse/confirmer/" in Courriel.objects.get(destinataire=SAISIE["email"]).texte


def test_le_lien_du_courriel_confirme_l_adresse(client):
    s_inscrire(client)
    lien = next(
        ligne for ligne in Courriel.objects.get().texte.splitlines() if "/confirmer/" in ligne
    )

    client.post(lien)

    assert adresse_confirmee(utilisateur_par_courriel(SAISIE["email"]))


def test_un_siret_faux_garde_la_saisie_et_ne_cree_rien(client):
    page = s_inscrire(client, siret="73282932000075").content.decode()

    assert "un chiffre est faux" in page and 'value="Kévin Masson"' in page
    assert utilisateur_par_courriel(SAISIE["email"]) is None


def test_un_mot_de_passe_court_est_refuse_avec_la_regle_deja_montree(client):
    assert "Au moins 14 signes" in client.get(INSCRIPTION).content.decode()

    assert "corriger" in s_inscrire(client, password1="trop court").content.decode()


def test_une_entreprise_etrangere_s_inscrit_par_son_pays(client):
    s_inscrire(client, siret="", pays="BE", identifiant="BE 0403.170.701")

    assert Entreprise.objects.get().nature == Entreprise.Nature.UNION


def test_sans_siret_ni_pays_on_dit_quoi_faire(client):
    assert "Saisissez le SIRET" in s_inscrire(client, siret="").content.decode()


def test_une_adresse_deja_prise_ne_cree_pas_un_second_compte(client):
    personne("Kévin", courriel=SAISIE["email"])

    assert "a déjà un compte" in s_inscrire(client).content.decode()
    assert not Entreprise.objects.exists()


def test_le_collegue_est_prevenu_et_confirme(client):
    sophie = personne("Sophie")
    rattacher(sophie)
    s_inscrire(Client())
    connecter(client, sophie)
    membre = Membre.objects.get(utilisateur__courriel=SAISIE["email"])

    client.post(f"/entreprise/collegues/{membre.reference}/confirmer/")

    assert Courriel.objects.filter(destinataire=sophie.courriel).exists()
    assert queries.partage_les_reponses(membre.utilisateur, membre.etablissement)


def test_un_nom_n_ajoute_pas_de_paragraphe_au_courriel_du_collegue(client):
    sophie = personne("Sophie")
    rattacher(sophie)

    s_inscrire(client, nom="Rival\r\n\r\nVotre compte ferme", raison_sociale="A\n\nB")

    recu = Courriel.objects.get(destinataire=sophie.courriel).texte
    assert "\nRival Votre compte ferme (kevin@atelier.example) vient de s'inscrire" in recu


def test_une_personne_a_confirmer_ne_voit_pas_qui_travaille_la(client):
    rattacher(personne("Sophie Merlin"))
    s_inscrire(client)

    page = client.get("/entreprise/").content.decode()

    assert "Vous pouvez déposer dès maintenant" in page
    assert "Sophie Merlin" not in page


def test_on_ne_se_confirme_pas_soi_meme(client):
    rattacher(personne("Sophie"))
    s_inscrire(client)
    membre = Membre.objects.get(utilisateur__courriel=SAISIE["email"])

    assert client.post(f"/entreprise/collegues/{membre.reference}/confirmer/").status_code == 404


def test_l_etablissement_choisi_tient_la_seance(client, rf):
    sophie = personne("Sophie")
    rattacher(sophie)
    second = rattacher(sophie, "73282932000082")
    connecter(client, sophie)

    client.post(f"/entreprise/{second.reference}/choisir/")

    requete = rf.get("/")
    requete.user, requete.session = sophie, client.session
    assert queries.etablissement_courant(requete) == second.etablissement


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
    assert f'value="{code}"' in reponse.content.decode() and Entreprise.objects.get().taille == ""


def test_un_collegue_non_confirme_ne_presente_pas_l_entreprise(client):
    rattacher(personne("Sophie Lemaire"))
    client.post(INSCRIPTION, SAISIE)

    assert client.post("/entreprise/presentation/", {"taille": "pme"}).status_code == 403
    assert Entreprise.objects.get().taille == ""
