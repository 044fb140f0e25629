"""Le jour où un adhérent a reçu son appel :
l'échéance de trente jours court de là (CCP, art. R. 2521-2 et R. 2192-10 ; ruling 16).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

LIGNES_AU_PLUS = 5_000
SEPARATEURS = re.compile(r"[;,\t]|\s{2,}|\s(?=\d)")
FORMES = ("%d/%m/%Y", "%Y-%m-%d")


def peut_etre_recu(
    *, emis_le: date | None, le: date, aujourd_hui: date, deja: date | None = None
) -> Decision:
    """Entre l'émission et aujourd'hui. Une date notée ne change plus : l'échéance en dépend."""
    if emis_le is None:
        return Decision.refus(Motif("Cet appel n'est pas émis : personne n'a pu le recevoir."))
    if deja is not None and deja != le:
        return Decision.refus(
            Motif(
                f"Sa réception est déjà notée au {en_toutes_lettres(deja)} : "
                "cette date ne change plus."
            )
        )
    return Decision.selon(
        Motif(f"L'appel est émis le {en_toutes_lettres(emis_le)} : il n'a pas pu être reçu avant.")
        if le < emis_le
        else None,
        Motif("Cette date est à venir. Notez le jour qui est écrit sur la preuve de réception.")
        if le > aujourd_hui
        else None,
    )


@dataclass(frozen=True)
class Dite:
    """Une ligne d'une liste de réceptions :
    son rang, l'appel qu'elle nomme, le jour, ou ce qui ne s'y lit pas.
    """

    rang: int
    numero: str
    le: date | None
    faute: str = ""


def lire(texte: str) -> Iterator[Dite]:
    """« C-2027-0031;12/02/2027 », une ligne par appel.

    Une première ligne sans chiffre est un en-tête.
    """
    for rang, ligne in enumerate(texte.replace("\ufeff", "").splitlines(), start=1):
        if not ligne.strip() or (rang == 1 and not re.search(r"\d", ligne)):
            continue
        numero, *suite = [
            partie.strip().strip('"') for partie in SEPARATEURS.split(ligne.strip(), maxsplit=1)
        ]
        le = _jour(suite[0].split(";")[0] if suite else "")
        faute = (
            ""
            if le
            else (
                "écrivez le numéro de l'appel, un point-virgule, puis la date : "
                "C-2027-0031;12/02/2027"
            )
        )
        yield Dite(rang, numero.upper(), le, faute)


def _jour(texte: str) -> date | None:
    for forme in FORMES:
        try:
            return datetime.strptime(texte.strip(), forme).date()  # noqa: DTZ007  un jour, sans heure ni fuseau
        except ValueError:
            continue
    return None
