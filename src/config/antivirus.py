"""Les réglages de l'antivirus : où il écoute, et combien de temps on l'attend."""

from typing import Any

from config.env import env_entier, env_texte

ANTIVIRUS: dict[str, Any] = {
    "adresse": env_texte(
        "BEFFROI_ANTIVIRUS",
        "",
        (
            "Adresse de clamd, qui lit les fichiers ouverts : "
            "unix:/run/clamav/clamd.ctl ou tcp://127.0.0.1:3310 ; vide : aucun."
        ),
    ),
    "delai_s": env_entier(
        "BEFFROI_ANTIVIRUS_DELAI", "120", "Secondes laissées à l'antivirus entre deux réponses."
    ),
}
