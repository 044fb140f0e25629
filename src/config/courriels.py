"""Le serveur qui porte les courriels."""

from typing import Any

from config.env import env_bool, env_entier, env_secret, env_texte

SMTP: dict[str, Any] = {
    "host": env_texte("BEFFROI_SMTP_HOTE", "localhost", "Serveur SMTP."),
    "port": env_entier("BEFFROI_SMTP_PORT", "25", "Port du serveur SMTP."),
    "username": env_secret("BEFFROI_SMTP_COMPTE", "", "Compte SMTP."),
    "password": env_secret("BEFFROI_SMTP_MOT_DE_PASSE", "", "Mot de passe SMTP."),
    "use_tls": env_bool(
        "BEFFROI_SMTP_TLS", "non", "Chiffre la liaison au serveur SMTP (STARTTLS)."
    ),
    "timeout": 20,
}
