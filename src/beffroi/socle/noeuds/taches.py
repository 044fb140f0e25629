"""La ronde d'un nœud : dire à la base de combien son horloge s'en écarte."""

import platform
from datetime import datetime

from beffroi.socle.noeuds import horloges, services


def relever_l_horloge(_: datetime) -> None:
    """Ronde : les processus d'une machine ont la même horloge, et n'en font qu'un relevé."""
    ecart = horloges.ecart_d_ici()
    if ecart is not None:
        services.noter_l_horloge(noeud=platform.node(), ecart=ecart)
