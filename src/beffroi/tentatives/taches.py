"""La ronde des tentatives."""

from datetime import datetime

from beffroi.tentatives import cahier, services

PAR_RONDE = 200


def relever(le: datetime) -> None:
    """Ronde : chaque cahier fini entre dans la base et au journal, chacun dans sa transaction."""
    for rang, fichier in enumerate(cahier.finis(le)):
        if rang >= PAR_RONDE:
            break
        services.relever(fichier, maintenant=le)
