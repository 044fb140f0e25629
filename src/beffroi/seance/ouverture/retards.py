"""Ce que la plateforme sait d'une réponse hors délai : des faits datés, sans jugement."""

from datetime import datetime

from beffroi.reponse.depots.models import Pli
from formats import dates, durees


def preuves_du_retard(pli: Pli, *, date_limite: datetime) -> tuple[str, ...]:
    """Ce que le registre sait du retard : début et fin de l'envoi, réception, écart."""
    avant = "avant" if pli.debut_transmission <= date_limite else "après"
    return (
        (
            f"L'envoi des fichiers a commencé à {dates.heure(pli.debut_transmission)}, "
            f"{avant} l'heure limite."
        ),
        f"Le dernier fichier est arrivé à {dates.heure(pli.fin_transmission)}.",
        f"Le dépôt est reçu à {dates.heure_exacte(pli.recu_le)}, "
        f"{durees.humaniser(pli.recu_le - date_limite)} après l'heure limite.",
        f"Écriture n° {pli.ecriture} du journal, jeton d'horodatage compris.",
    )
