"""À quel collecteur part la trace de chaque demande."""

from config.env import env_texte

TRACES = {
    "adresse": env_texte(
        "BEFFROI_TRACES",
        "",
        (
            "Adresse d'un collecteur OpenTelemetry (OTLP par HTTP), par exemple "
            "http://127.0.0.1:4318/v1/traces ; vide : aucune trace. Demande l'extra « traces »."
        ),
    )
}
