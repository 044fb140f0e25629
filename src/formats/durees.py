"""Les durées dites comme on les dit : « 1 min 52 s », « 4 jours, 1 h et 33 min »."""

from datetime import UTC, datetime, timedelta

_INSECABLE = "\N{NO-BREAK SPACE}"
_MINUTE = 60
_HEURE = 60 * _MINUTE
_JOUR = 24 * _HEURE


def _mesure(nombre: int | str, unite: str) -> str:
    return f"{nombre}{_INSECABLE}{unite}"


def _en_jours(secondes: int) -> str:
    jours, reste = divmod(secondes, _JOUR)
    heures, reste = divmod(reste, _HEURE)
    debut = _mesure(jours, "jour" if jours == 1 else "jours")
    precisions = [_mesure(n, u) for n, u in ((heures, "h"), (reste // _MINUTE, "min")) if n]
    if not precisions:
        return debut
    return (
        f"{debut}, {' et '.join(precisions)}"
        if len(precisions) == 2
        else f"{debut} et {precisions[0]}"
    )


def ecart(*, depuis: datetime, jusqu_a: datetime) -> timedelta:
    """Le temps vraiment écoulé :
    dans un même fuseau, Python soustrait les cadrans et oublie l'heure d'été.
    """
    return jusqu_a.astimezone(UTC) - depuis.astimezone(UTC)


def humaniser(duree: timedelta) -> str:
    """Tronque à la précision utile : minutes au-delà d'une heure, millièmes sous la seconde.

    Une durée négative se lit comme sa valeur absolue : la phrase dit « avant » ou « après ».
    """
    duree = abs(duree)
    secondes = duree.days * _JOUR + duree.seconds
    if secondes >= _JOUR:
        return _en_jours(secondes)
    if secondes >= _HEURE:
        heures, minutes = secondes // _HEURE, secondes % _HEURE // _MINUTE
        return (
            f"{_mesure(heures, 'h')} {_mesure(minutes, 'min')}" if minutes else _mesure(heures, "h")
        )
    if secondes >= _MINUTE:
        minutes, reste = divmod(secondes, _MINUTE)
        return (
            f"{_mesure(minutes, 'min')} {_mesure(reste, 's')}" if reste else _mesure(minutes, "min")
        )
    if secondes or not duree:
        return _mesure(secondes, "s")
    millisecondes = duree.microseconds // 1000
    return (
        _mesure(f"0,{millisecondes:03d}", "s")
        if millisecondes
        else f"moins de {_mesure('0,001', 's')}"
    )
