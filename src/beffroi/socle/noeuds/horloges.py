"""L'horloge de ce nœud, comparée à celle de la base : les nœuds n'ont que celle-là en commun."""

from typing import NamedTuple

from django.conf import settings
from django.db import connection

from beffroi.socle.fondations.horloge import heure_reelle


class Ecart(NamedTuple):
    """De combien une horloge avance sur celle de la base, et ce que la mesure a d'incertain."""

    ecart_ms: int
    marge_ms: int

    @property
    def est_grand(self) -> bool:
        """Au-delà du seuil, même en retirant l'incertain : un dépôt porterait une heure fausse."""
        seuil_ms: int = settings.SONDE["seuil_ms"]
        return abs(self.ecart_ms) - self.marge_ms >= seuil_ms

    def dit(self) -> str:
        if not self.ecart_ms:
            return "à l'heure de la base"
        sens = "en avance" if self.ecart_ms > 0 else "en retard"
        return f"{sens} de {abs(self.ecart_ms)} ms sur la base"


def ecart_d_ici() -> Ecart | None:
    """Rien sur SQLite : la base n'a d'heure que la nôtre."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as curseur:
        avant = heure_reelle()
        curseur.execute("SELECT clock_timestamp()")
        [dite] = curseur.fetchone()
        trajet = heure_reelle() - avant
    ecart = avant + trajet / 2 - dite
    return Ecart(round(ecart.total_seconds() * 1000), round(trajet.total_seconds() * 500))
