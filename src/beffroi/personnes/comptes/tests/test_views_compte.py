"""Se connecter, se protéger, sortir."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import signing
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes import liens, postes, queries, services
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    MOT_DE_PASSE,
    SECRET,
    a_confirmer,
    attendue,
    avec_second_facteur,
    code,
    connecter,
    personne,
)
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
CONNEXION = "/compte/connexion/"
DEMANDE = {"libelle": "Outil de dépôt", "portees": ["reponses:lire"], "duree": "30"}
SECURITE = "/compte/securite/"


def se_connecter(
    client: Client,
    courriel: str = "sophie@atelier.example",
    mot_de_passe: str = MOT_DE_PASSE,
    **champs,
):
    return client.post(CONNEXION, {"login": courriel, "password": mot_de_passe, **champs})


def test_on_revient_a_la_page_demandee(client):
    personne()

    assert se_connecter(client, next="/aide/").url == "/aide/"


def test_on_ne_part_pas_vers_un_autre_site(client):
    personne()

    assert "ailleurs" not in se_connecter(client, next="https://ailleurs.example/").url


def test_un_mot_de_passe_faux_et_une_adresse_inconnue_recoivent_la_meme_page(client):
    personne()

    fausse = se_connecter(client, mot_de_passe="pas le bon mot de passe").content.decode()
    inconnue = se_connecter(Client(), courriel="autre@atelier.example").content.decode()

    assert "L’adresse ou le mot de passe ne convient pas" in fausse
    assert sans_jeton(inconnue).replace("autre@", "sophie@") == sans_jeton(fausse)


def sans_jeton(page: str) -> str:
    import re

    return re.sub(
        r'csrfmiddlewaretoken" value="\w+"|<time.*?</time>|aria-hidden.*?</svg>',
        "",
        page,
        flags=re.S,
    )


def test_un_mot_de_passe_oublie_recoit_la_meme_reponse_avec_ou_sans_compte(client):
    personne()

    reponses = [
        client.post("/compte/mot-de-passe/oublie/", {"email": courriel})
        for courriel in ("sophie@atelier.example", "autre@atelier.example")
    ]

    assert {(reponse.status_code, reponse.url) for reponse in reponses} == {
        (302, "/compte/mot-de-passe/oublie/envoye/")
    }
    assert Courriel.objects.count() == 2


def test_le_lien_du_courriel_change_le_mot_de_passe_et_ne_sert_qu_une_fois(client):
    personne()
    client.post("/compte/mot-de-passe/oublie/", {"email": "sophie@atelier.example"})
    lien = next(
        ligne for ligne in Courriel.objects.get().texte.splitlines() if "/nouveau/" in ligne
    )
    formulaire = client.get(lien, follow=True).request["PATH_INFO"]

    client.post(formulaire, {"password1": "un tout autre mot de passe"})

    assert queries.utilisateur_par_courriel("sophie@atelier.example").check_password(
        "un tout autre mot de passe"
    )
    assert "plus valable" in Client().get(lien, follow=True).content.decode()


@pytest.mark.parametrize("courriel", ["sophie@atelier.example", "autre@atelier.example"])
def test_le_lien_du_courriel_part_de_l_adresse_publique_quoi_que_dise_la_demande(
    client, settings, courriel
):
    personne()

    client.post(
        "/compte/mot-de-passe/oublie/", {"email": courriel}, headers={"Host": "localhost:1337"}
    )

    texte = Courriel.objects.get().texte
    assert f"{settings.ADRESSE_PUBLIQUE}/compte/" in texte
    assert "localhost:1337" not in texte


def test_le_second_facteur_suit_le_mot_de_passe(client):
    avec_second_facteur(personne())

    with time_machine.travel(LUNDI, tick=False):
        etape = se_connecter(client, next=SECURITE)
        reponse = client.post(etape.url, {"code": code(LUNDI)})

    assert etape.url.startswith("/compte/connexion/code/")
    assert reponse.url == SECURITE


def test_un_code_observe_ne_se_rejoue_pas(client):
    avec_second_facteur(personne())
    autre = Client()

    with time_machine.travel(LUNDI, tick=False):
        for visiteur in (client, autre):
            reponse = visiteur.post(se_connecter(visiteur).url, {"code": code(LUNDI)})

    assert "déjà servi" in reponse.content.decode()
    assert autre.get(SECURITE).status_code == 302


def test_un_compte_revoque_sort_a_la_requete_suivante(client):
    sophie = personne()
    client.force_login(sophie)
    assert client.get(SECURITE).status_code == 200

    services.revoquer_utilisateur(utilisateur=sophie, par=sophie.acteur, maintenant=LUNDI)

    assert client.get(SECURITE).url == f"{CONNEXION}?next={SECURITE}"


def test_changer_de_mot_de_passe_ferme_les_autres_seances(client):
    sophie = personne()
    client.force_login(sophie)

    sophie.set_password("un tout autre mot de passe")
    sophie.save(update_fields=["password"])

    assert client.get(SECURITE).status_code == 302


def test_un_jeton_se_montre_une_fois_apres_une_preuve_recente(client):
    sophie = personne()
    se_connecter(client)

    page = client.post("/compte/securite/jetons/", DEMANDE).content.decode()

    secret = page.split('empreinte">')[1].split("<")[0]
    assert queries.utilisateur_du_jeton(secret, le=horloge.maintenant()) == sophie
    assert secret not in client.get(SECURITE).content.decode()


def test_le_jeton_ne_permet_que_ce_qui_est_choisi_et_pour_le_temps_choisi(client):
    personne()
    se_connecter(client)

    page = client.post("/compte/securite/jetons/", DEMANDE).content.decode()
    jeton = JetonDApi.objects.get()

    assert jeton.portees == ["reponses:lire"] and jeton.expire_le - jeton.cree_le == timedelta(
        days=30
    )
    assert "lire mes réponses et mes récépissés" in page and "déposer et retirer" not in page
    assert "lire mes réponses et mes récépissés" in client.get(SECURITE).content.decode()


def test_sans_adresse_prouvee_les_jetons_se_comptent_et_le_refus_garde_la_saisie(client):
    personne(verifiee=False)
    se_connecter(client)

    demandes = [client.post("/compte/securite/jetons/", DEMANDE) for _ in range(21)]

    assert [demande.status_code for demande in demandes] == [200] * 20 + [422]
    assert "Confirmez l’adresse de votre compte" in demandes[-1].content.decode()
    assert JetonDApi.objects.count() == 20


@pytest.mark.parametrize("faute", ["portees", "duree", "libelle"])
def test_un_jeton_sans_nom_sans_portee_ou_sans_fin_est_a_corriger(client, faute):
    personne()
    se_connecter(client)

    reponse = client.post("/compte/securite/jetons/", {**DEMANDE, faute: []})

    assert reponse.status_code == 422 and not JetonDApi.objects.exists()


def test_un_jeton_expire_se_montre_expire_et_ne_vaut_plus(client):
    sophie, hier = personne(), horloge.maintenant() - timedelta(days=1)
    _, secret = services.delivrer_jeton(
        utilisateur=sophie, libelle="Outil", expire_le=hier, maintenant=LUNDI
    )
    se_connecter(client)

    assert "Expiré" in client.get(SECURITE).content.decode()
    assert queries.utilisateur_du_jeton(secret, le=horloge.maintenant()) is None


def test_un_jeton_demande_sans_preuve_recente_attend_le_mot_de_passe(client):
    client.force_login(personne())

    reponse = client.post("/compte/securite/jetons/", DEMANDE)

    assert reponse.url.startswith("/compte/confirmer/")
    assert not JetonDApi.objects.exists()


def test_revoquer_un_jeton_se_confirme(client):
    sophie = personne()
    jeton, _ = services.delivrer_jeton(utilisateur=sophie, libelle="Outil", maintenant=LUNDI)
    client.force_login(sophie)
    adresse = reverse("comptes:revoquer_jeton", args=[jeton.reference])

    assert "Un jeton révoqué ne revient pas" in a_confirmer(client, adresse)
    assert list(queries.jetons_de(sophie)) == [jeton]
    client.post(adresse)
    assert not queries.jetons_de(sophie).exists()


def test_on_ne_revoque_pas_le_jeton_d_un_autre(client):
    jeton, _ = services.delivrer_jeton(utilisateur=personne(), libelle="Outil", maintenant=LUNDI)
    client.force_login(personne("Kevin Masson"))

    assert client.post(reverse("comptes:revoquer_jeton", args=[jeton.reference])).status_code == 404


def lien_vers(courriel: str = "s@bomy.example") -> str:
    return liens.adresse_du_lien(attendue(courriel), le=horloge.maintenant())


def test_la_personne_attendue_choisit_son_mot_de_passe_et_se_trouve_connectee(client):
    client.post(lien_vers(), {"mot_de_passe": "quatre mots au hasard"})

    assert client.get(SECURITE).status_code == 200
    assert queries.adresse_prouvee(queries.utilisateur_par_courriel("s@bomy.example"))


def test_lire_la_page_du_lien_ne_prouve_rien(client):
    """Les messageries ouvrent les liens avant leur destinataire."""
    adresse = lien_vers()

    assert client.get(adresse).status_code == client.get(adresse).status_code == 200
    assert queries.utilisateur_par_courriel("s@bomy.example") is None


def test_le_lien_dit_qu_un_compte_jamais_confirme_va_etre_repris(client):
    sophie = personne(verifiee=False)

    page = client.get(lien_vers(sophie.courriel)).content.decode()

    assert "Un compte existe déjà à cette adresse" in page


def test_le_lien_ouvert_sur_le_poste_d_un_autre_le_fait_sortir_d_abord(client):
    kevin = personne("Kevin Masson")
    client.force_login(kevin)

    client.post(lien_vers(), {"mot_de_passe": "quatre mots au hasard"})

    page = client.get(SECURITE).content.decode()
    assert "s@bomy.example" in page and kevin.courriel not in page


def test_un_mot_de_passe_de_treize_signes_est_refuse_avec_sa_regle(client):
    page = client.post(lien_vers(), {"mot_de_passe": "treize signes"}).content.decode()

    assert "14" in page and "Un point est à corriger" in page


def lien_de_confirmation(compte) -> str:
    adresse = EmailAddress.objects.get(user=compte)
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC(adresse).key])


def test_confirmer_une_adresse_demande_d_etre_connecte_a_son_compte(client):
    """Qui ouvre un compte à l'adresse d'un autre compte sur le clic de cet autre."""
    intrus = personne(verifiee=False)

    page = client.post(lien_de_confirmation(intrus)).content.decode()

    assert "Connectez-vous pour confirmer" in page and "pas ouvert ce compte" in page
    assert not queries.adresse_prouvee(intrus)


def test_confirmer_depuis_un_autre_compte_ne_confirme_rien_et_le_dit(client):
    intrus = personne(verifiee=False)
    client.force_login(personne("Kevin Masson"))

    page = client.get(lien_de_confirmation(intrus)).content.decode()

    assert "connecté à un autre compte" in page and "kevin@atelier.example" in page
    assert not queries.adresse_prouvee(intrus)


def test_qui_est_connecte_confirme_son_adresse_par_le_lien(client):
    sophie = personne(verifiee=False)
    client.force_login(sophie)

    client.post(lien_de_confirmation(sophie))

    assert queries.adresse_prouvee(sophie)


def oublier(client: Client, courriel: str) -> None:
    """Demande un nouveau mot de passe, et suit le lien reçu."""
    client.post("/compte/mot-de-passe/oublie/", {"email": courriel})
    recu = Courriel.objects.filter(destinataire=courriel, texte__contains="/nouveau/").last()
    lien = next(mot for mot in recu.texte.split() if "/nouveau/" in mot)
    suite = client.get(lien, follow=True).redirect_chain[-1][0]
    client.post(suite, {"password1": "quatre mots au hasard"})


def test_le_mot_de_passe_oublie_prouve_l_adresse_et_eteint_ce_qu_un_autre_avait_regle(client):
    intrus = avec_second_facteur(personne(verifiee=False))
    _, secret = services.delivrer_jeton(utilisateur=intrus, libelle="Outil", maintenant=LUNDI)

    oublier(client, intrus.courriel)

    assert queries.adresse_prouvee(intrus) and not queries.a_un_second_facteur(intrus)
    assert queries.utilisateur_du_jeton(secret, le=horloge.maintenant()) is None


def test_le_mot_de_passe_oublie_d_une_adresse_prouvee_garde_le_second_facteur(client):
    """Tenir la messagerie ne suffit pas à entrer."""
    sophie = avec_second_facteur(personne())

    oublier(client, sophie.courriel)

    assert queries.a_un_second_facteur(sophie)


def test_le_lien_de_mot_de_passe_ne_part_pas_a_l_adresse_que_le_compte_veut_prendre(client):
    """Il prouverait l'adresse du compte, à qui en lit une autre."""
    intrus = personne(verifiee=False)
    EmailAddress.objects.create(user=intrus, email="a-moi@evil.example", verified=False)

    client.post("/compte/mot-de-passe/oublie/", {"email": "a-moi@evil.example"})

    assert not Courriel.objects.filter(texte__contains="/nouveau/").exists()


def jeton_de(sophie) -> str:
    return services.delivrer_jeton(utilisateur=sophie, libelle="Outil", maintenant=LUNDI)[1]


def vaut(secret: str) -> bool:
    return queries.utilisateur_du_jeton(secret, le=horloge.maintenant()) is not None


@pytest.mark.moteurs
def test_les_jetons_meurent_avec_le_mot_de_passe_oublie(client):
    secret = jeton_de(personne())

    oublier(client, "sophie@atelier.example")

    assert not vaut(secret)


def test_les_jetons_meurent_quand_l_adresse_change_et_non_quand_elle_se_confirme(client):
    sophie = personne(verifiee=False)
    secret = jeton_de(sophie)
    connecter(client, sophie)
    client.post(lien_de_confirmation(sophie))
    assert vaut(secret)

    client.post("/compte/adresse/", {"action_add": "", "email": "neuve@atelier.example"})
    neuve = EmailAddress.objects.get(email="neuve@atelier.example")
    client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC(neuve).key]))

    sophie.refresh_from_db()
    assert sophie.courriel == "neuve@atelier.example" and not vaut(secret)


def test_les_jetons_meurent_avec_un_second_facteur_ajoute_ou_retire(
    client, django_capture_on_commit_callbacks
):
    sophie = personne()
    connecter(client, sophie)
    avant = jeton_de(sophie)
    client.get("/compte/second-facteur/application/activer/")
    cle = client.session["mfa.totp.secret"]
    with time_machine.travel(horloge.heure_reelle(), tick=False) as instant:
        pas = int(horloge.heure_reelle().timestamp()) // 30
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                "/compte/second-facteur/application/activer/",
                {"code": format_hotp_value(hotp_value(cle, pas))},
            )
        assert queries.a_un_second_facteur(sophie) and not vaut(avant)
        pendant = jeton_de(sophie)
        instant.shift(60)
        client.post("/compte/second-facteur/application/retirer/")

    assert not queries.a_un_second_facteur(sophie) and not vaut(pendant)


@pytest.mark.parametrize(
    "adresse",
    [
        "/compte/adresse/",
        "/compte/mot-de-passe/oublie/",
        "/compte/second-facteur/application/activer/",
        "/compte/second-facteur/cles/ajouter/",
    ],
)
def test_la_page_dit_avant_que_les_jetons_cesseront(client, adresse):
    sophie = personne()
    if "oublie" not in adresse:
        connecter(client, sophie)

    assert "cesseront de valoir" in client.get(adresse).content.decode()


def test_une_page_ne_propose_que_les_portees_de_ses_roles(client):
    sophie = personne()
    connecter(client, sophie)

    assert "Acheteur :" not in client.get(SECURITE).content.decode()
    refus = client.post(
        "/compte/securite/jetons/", {**DEMANDE, "portees": ["consultations:publier"]}
    )
    assert refus.status_code == 422 and "Vos rôles ne permettent pas cela" in refus.content.decode()
    assert not JetonDApi.objects.exists()


def test_un_poste_retient_cinq_comptes_sans_dire_lesquels(client):
    for rang in range(6):
        personne(f"Personne {rang}", courriel=f"p{rang}@atelier.example")
        se_connecter(client, courriel=f"p{rang}@atelier.example")
        client.post("/compte/deconnexion/")

    cookie = client.cookies[postes.nom_du_cookie()]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert len(signing.loads(cookie.value, salt=postes.SEL)) == postes.COMPTES_PAR_POSTE
    assert "atelier" not in str(signing.loads(cookie.value, salt=postes.SEL))


PAGES_DU_COMPTE = (
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "comptes:securite",
)
PAGES_PUBLIQUES = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
)


@pytest.mark.parametrize("nom", PAGES_DU_COMPTE)
def test_chaque_page_du_compte_s_affiche_dans_notre_charte(client, nom):
    personne()
    se_connecter(client)

    page = client.get(reverse(nom)).content.decode()

    assert page.count("<h1") == 1
    assert 'id="contenu"' in page and " style=" not in page


@pytest.mark.parametrize("nom", PAGES_PUBLIQUES)
def test_chaque_page_d_entree_s_affiche_dans_notre_charte(client, nom):
    page = client.get(reverse(nom)).content.decode()

    assert page.count("<h1") == 1
    assert 'id="contenu"' in page and " style=" not in page


def test_le_code_a_photographier_est_dessine_par_le_serveur(client):
    personne()
    se_connecter(client)

    assert (
        'src="data:image/svg+xml;base64,'
        in client.get(reverse("mfa_activate_totp")).content.decode()
    )


def test_activer_une_application_donne_des_codes_de_secours(client):
    sophie = personne()
    se_connecter(client)
    client.get(reverse("mfa_activate_totp"))
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()

    page = client.post(
        reverse("mfa_activate_totp"), {"code": code(horloge.maintenant())}, follow=True
    )

    assert "Codes de secours" in page.content.decode()
    assert queries.a_un_second_facteur(sophie)
