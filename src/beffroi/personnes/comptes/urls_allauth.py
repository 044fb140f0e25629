"""Les écrans d'allauth que nous servons, à des adresses françaises.
Ses noms de routes restent les siens.

Ce qui n'est pas ici n'est pas servi : connexion par téléphone, par code reçu, inscription par clé.
"""

from allauth.account import views as compte
from allauth.mfa.base import views as second_facteur
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as cles
from django.urls import path, re_path

from beffroi.personnes.comptes.views import confirmer_l_adresse, inscription, mot_de_passe_oublie

urlpatterns = [
    path("connexion/", compte.login, name="account_login"),
    path("deconnexion/", compte.logout, name="account_logout"),
    path("ferme/", compte.account_inactive, name="account_inactive"),
    path("inscription/", inscription, name="account_signup"),
    path("confirmer/", compte.reauthenticate, name="account_reauthenticate"),
    path("adresse/", compte.email, name="account_email"),
    path(
        "adresse/envoyee/", compte.email_verification_sent, name="account_email_verification_sent"
    ),
    re_path(
        r"^adresse/confirmer/(?P<key>[-:\w]+)/$",
        confirmer_l_adresse,
        name="account_confirm_email",
    ),
    path("mot-de-passe/", compte.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", compte.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", mot_de_passe_oublie, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        compte.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        compte.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        compte.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("connexion/code/", second_facteur.authenticate, name="mfa_authenticate"),
    path("connexion/cle/", cles.login_webauthn, name="mfa_login_webauthn"),
    path("confirmer/code/", second_facteur.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", cles.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second-facteur/", second_facteur.index, name="mfa_index"),
    path("second-facteur/application/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-facteur/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-facteur/secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-facteur/secours/nouveaux/",
        secours.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-facteur/secours/fichier/",
        secours.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("second-facteur/cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path("second-facteur/cles/ajouter/", cles.add_webauthn, name="mfa_add_webauthn"),
    path("second-facteur/cles/<int:pk>/retirer/", cles.remove_webauthn, name="mfa_remove_webauthn"),
    path("second-facteur/cles/<int:pk>/renommer/", cles.edit_webauthn, name="mfa_edit_webauthn"),
]
