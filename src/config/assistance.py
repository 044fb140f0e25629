"""Les réglages de l'assistance :
ce que le centre promet, où arrivent les courriels, par où passe un écran partagé.
"""

from datetime import timedelta
from typing import Any

from config.env import env_chemin, env_entier, env_liste, env_secret, env_texte

COURRIEL = env_texte(
    "BEFFROI_COURRIEL_ASSISTANCE",
    "",
    "Adresse où l'on écrit à l'assistance, et où l'on répond à un courriel du service.",
)
REPONDRE: dict[str, str] = {"Reply-To": COURRIEL} if COURRIEL else {}
DELAIS = {
    nom: timedelta(
        minutes=env_entier(
            f"BEFFROI_DELAI_{nom.upper()}", defaut, f"Minutes ouvrées promises : {dit}."
        )
    )
    for nom, defaut, dit in (
        ("urgente", "15", "une demande dont l'heure limite est à moins de quatre heures"),
        ("technique", "240", "une question sur le fonctionnement de la plateforme"),
        ("juridique", "1620", "une question sur le règlement de la consultation"),
        ("comptes", "540", "une question de compte ou d'accès"),
        ("hors_champ", "540", "une question hors de l'assistance, pour dire à qui s'adresser"),
    )
}
BOITE = env_chemin(
    "BEFFROI_BOITE_DES_COURRIELS",
    "Dossier Maildir où arrivent les courriels de l'assistance. Vide : aucun n'est relevé.",
)
PAGE_D_ETAT = env_chemin(
    "BEFFROI_PAGE_D_ETAT",
    (
        "Dossier où l'ouvrier écrit la page d'état à héberger ailleurs (index.html). Vide : "
        "elle n'est pas écrite."
    ),
)
TELEASSISTANCE: dict[str, Any] = {
    "relais": env_liste(
        "BEFFROI_TELEASSISTANCE_RELAIS",
        "",
        "Serveurs STUN et TURN du partage d'écran (stun:hote:3478,turn:hote:3478). Vide : aucun.",
    ),
    "secret_turn": env_secret(
        "BEFFROI_TELEASSISTANCE_SECRET_TURN",
        "",
        (
            "Secret partagé avec le serveur TURN (coturn : use-auth-secret), "
            "d'où se tire un identifiant pour chaque partage."
        ),
    ),
}
