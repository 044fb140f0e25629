"""Ce qu'allauth compte encore, tous les nœuds le comptent ensemble : la liste en est entière."""

from allauth.account import app_settings as compte
from allauth.mfa import app_settings as second_facteur

from config.settings import comptes as en_service

# Ce qu'allauth compte encore ; le reste, la maison le compte (`comptes.essais`) ou ne le sert pas.
COMPTES_PAR_ALLAUTH = {
    "change_password",
    "confirm_email",
    "manage_email",
    "reauthenticate",
    "reset_password_from_key",
    "webauthn_login",
}
NON_SERVIS = {"change_phone", "request_login_code", "verify_phone"}


def test_la_liste_de_ce_qu_allauth_compte_est_entiere(settings):
    settings.ACCOUNT_RATE_LIMITS = en_service.ACCOUNT_RATE_LIMITS
    freins = {**compte.RATE_LIMITS, **second_facteur.RATE_LIMITS}

    assert {nom for nom, frein in freins.items() if frein} == COMPTES_PAR_ALLAUTH | NON_SERVIS
    # Aucun cache d'un processus : celui d'office est la base.
    assert settings.CACHES["default"]["BACKEND"] == "beffroi.socle.budgets.compteurs.Compteurs"
