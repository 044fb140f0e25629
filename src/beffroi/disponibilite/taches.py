"""La ronde de l'ouvrier : dire qu'il vit, et essayer le stockage de temps en temps."""

import io
from datetime import datetime

from beffroi.disponibilite import queries, rules, services
from beffroi.socle.stockage import nouvelle_cle, stockage

ESSAI = b"essai du stockage"


def relever(le: datetime) -> None:
    """Ronde : l'ouvrier vit. Toutes les cinq minutes, il écrit un petit fichier, le relit, l'efface."""
    services.noter_un_releve("ouvrier", bon=True, le=le)
    dernier = queries.releve_du_stockage()
    if not rules.est_frais(dernier, maintenant=le, silence=rules.PERIODE_DU_STOCKAGE):
        services.noter_un_releve("stockage", bon=stockage_marche(), le=le)


def stockage_marche() -> bool:
    cle = nouvelle_cle("essai")
    try:
        stockage().ecrire(cle, io.BytesIO(ESSAI))
        with stockage().lire(cle) as flux:
            relu = flux.read()
        stockage().supprimer(cle)
    except Exception:  # noqa: BLE001  quelle que soit la panne, la page doit la dire
        return False
    return relu == ESSAI
