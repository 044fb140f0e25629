"""La clé du service et celles d'avant : ce qui est en route vaut encore, ce qui est gardé se lit.

Une clé remplacée reste à côté de la neuve, dans un fichier nommé du dernier jour où ce qu'elle a
signé se reconnaît (une séance, un lien, un jeton). Passé ce jour, elle ne reconnaît plus rien, mais
déchiffre toujours ce qu'elle a chiffré : une pièce d'entreprise, un second facteur.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac

from beffroi.socle.fondations.reglages import ReglageIllisible
from beffroi.socle.fondations.secrets_durables import deposer

PRESENTE, PRECEDENTES = "django.txt", "django-precedentes"
SIGNES_D_UNE_DATE = len("2027-03-02")


class CleDAvant(NamedTuple):
    """Une clé remplacée, et le dernier jour où elle reconnaît ce qu'elle a signé."""

    cle: str
    jusqu_au: date


def ranger(dossier: Path, cle: CleDAvant) -> Path:
    """Garde une clé qu'on remplace ; le dernier jour dit l'emporte."""
    marque = hashlib.sha256(cle.cle.encode()).hexdigest()[:8]
    fichier = dossier / PRECEDENTES / f"{cle.jusqu_au.isoformat()}-{marque}.txt"
    deposer(fichier, cle.cle)
    for autre in fichier.parent.glob(f"*-{marque}.txt"):
        if autre != fichier:
            autre.unlink()
    return fichier


def rangees(dossier: Path) -> Iterator[CleDAvant]:
    """Celles d'avant, la plus récente d'abord."""
    for fichier in sorted((dossier / PRECEDENTES).glob("*.txt"), reverse=True):
        try:
            jusqu_au = date.fromisoformat(fichier.name[:SIGNES_D_UNE_DATE])
        except ValueError:
            raise ReglageIllisible(
                f"{fichier} : son nom doit commencer par le dernier jour où cette clé vaut, "
                "comme 2027-03-02.txt."
            ) from None
        try:
            yield CleDAvant(fichier.read_text("utf-8").strip(), jusqu_au)
        except OSError as cause:
            raise ReglageIllisible(
                f"{fichier} ne se lit pas ({cause.strerror}) : rendez-le au compte du service."
            ) from None


def empreintes(sel: str, texte: str) -> list[str]:
    """Celle d'aujourd'hui, puis celles que ce texte avait sous les clés encore reconnues : ce qui
    est gardé se retrouve.
    """
    return [
        salted_hmac(sel, texte, secret=cle, algorithm="sha256").hexdigest()
        for cle in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def toutes() -> list[str]:
    """Celle d'aujourd'hui, puis toutes celles d'avant, reconnues ou non : de quoi lire."""
    avant = (*settings.SECRET_KEY_FALLBACKS, *settings.CLES_DU_SERVICE["precedentes"])
    return list(dict.fromkeys((settings.SECRET_KEY, *avant)))
