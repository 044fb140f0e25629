"""Ce que vaut une promesse du centre : attendue, tenue, dépassée, et de combien."""

from dataclasses import dataclass
from datetime import datetime

from formats import dates
from formats.durees import humaniser


@dataclass(frozen=True)
class Promesse:
    """En un mot et un ton ; `dite` rappelle l'heure promise, ou celle de la réponse."""

    ton: str
    mot: str
    dite: str
    depassee: bool
    reglee: bool


def promesse(
    *, promise_pour: datetime, tenue_le: datetime | None, finie: bool, le: datetime
) -> Promesse:
    """Une promesse manquée le reste, même réglée ensuite : c'est elle que l'on doit dire."""
    depasse_de = (tenue_le or le) - promise_pour
    if tenue_le is None and not finie:
        dite = f"promise pour {dates.jour_et_heure_limite(promise_pour)}"
        if le > promise_pour:
            return Promesse("attention", f"Dépassée de {humaniser(depasse_de)}", dite, True, False)
        return Promesse("cours", "Promise", dite, False, False)
    if tenue_le is None:
        return Promesse("ok", "Réglée", "sans réponse attendue", False, True)
    dite = f"répondue {dates.jour_et_heure_limite(tenue_le)}"
    if tenue_le > promise_pour:
        return Promesse("attention", f"Dépassée de {humaniser(depasse_de)}", dite, True, finie)
    return Promesse("ok", "Réglée" if finie else "Promesse tenue", dite, False, finie)
