"""La ronde de l'ouvrier :
dire qu'il vit, essayer le stockage et l'antivirus, retenir depuis quand chaque point dure.
"""

from datetime import datetime, timedelta

from beffroi.seance.antivirus import essai as antivirus
from beffroi.service.disponibilite import points, queries, rules, services
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.epreuve import eprouver


def relever(le: datetime) -> None:
    """Ronde : l'ouvrier vit.

    Toutes les cinq minutes, il écrit un petit fichier, le relit, l'efface.
    """
    services.noter_un_releve("ouvrier", bon=True, le=le)
    if est_a_relever("stockage", rules.PERIODE_DU_STOCKAGE, le):
        relever_le_stockage(le)
    if est_a_relever("antivirus", rules.PERIODE_DE_L_ANTIVIRUS, le):
        relever_l_antivirus(le)
    if est_a_relever("points", rules.UNE_MINUTE, le):
        tenir_les_points(le)


def est_a_relever(composant: str, periode: timedelta, le: datetime) -> bool:
    return not rules.est_frais(queries.releve_de(composant), maintenant=le, silence=periode)


def relever_le_stockage(le: datetime) -> None:
    """Bon, si une réponse s'y garde ; ce qu'il refuse se dit dans tous les cas."""
    refuses = [epreuve for epreuve in eprouver(stockage()) if not epreuve.reussie]
    bon = not any(epreuve.arrete_les_reponses for epreuve in refuses)
    dit = refuses[0].en_bref if refuses else ""
    services.noter_un_releve("stockage", bon=bon, le=le, dit=dit)


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
