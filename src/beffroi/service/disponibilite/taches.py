"""La ronde de l'ouvrier :
dire qu'il vit, essayer le stockage et l'antivirus, retenir depuis quand chaque point dure.
"""

import io
from datetime import datetime, timedelta

from beffroi.seance.antivirus import essai as antivirus
from beffroi.service.disponibilite import points, queries, rules, services
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage

ESSAI = b"essai du stockage"


def relever(le: datetime) -> None:
    """Ronde : l'ouvrier vit.

    Toutes les cinq minutes, il écrit un petit fichier, le relit, l'efface.
    """
    services.noter_un_releve("ouvrier", bon=True, le=le)
    if est_a_relever("stockage", rules.PERIODE_DU_STOCKAGE, le):
        services.noter_un_releve("stockage", bon=stockage_marche(), le=le)
    if est_a_relever("antivirus", rules.PERIODE_DE_L_ANTIVIRUS, le):
        relever_l_antivirus(le)
    if est_a_relever("points", rules.UNE_MINUTE, le):
        tenir_les_points(le)


def est_a_relever(composant: str, periode: timedelta, le: datetime) -> bool:
    return not rules.est_frais(queries.releve_de(composant), maintenant=le, silence=periode)


def relever_l_antivirus(le: datetime) -> None:
    constat = antivirus.essayer()
    if constat is not None:
        services.noter_un_releve(
            "antivirus", bon=antivirus.l_a_reconnu(constat), le=le, dit=constat.moteur
        )


def tenir_les_points(le: datetime) -> None:
    """L'état de chaque point, une fois par minute : la supervision dit depuis quand."""
    for point in points.points(le):
        services.tenir_l_etat(point.code, point.ton, le=le)
    services.noter_un_releve("points", bon=True, le=le)


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
