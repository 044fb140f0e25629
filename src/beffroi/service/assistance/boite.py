"""La boîte des courriels reçus :
un dossier Maildir, où un serveur de courriel dépose un fichier par message.

`new/` est ce qui arrive, `cur/` ce qui est lu, `illisibles/` ce qui n'a pas pu l'être, `de_trop/`
ce qui dépasse la mesure d'une personne. Un fichier ne bouge qu'une fois la demande durable : un
arrêt entre les deux le fait relire, et l'identifiant du courriel empêche qu'il compte deux fois.
Aucun courriel n'en arrête un autre, et aucun ne se perd.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from beffroi.service.assistance.services import entrants
from beffroi.socle.budgets.services import BudgetEpuise
from beffroi.socle.fondations.erreurs import EspaceInsuffisant, RegleEnfreinte, ServiceIndisponible
from formats.courriels_recus import OCTETS_AU_PLUS, CourrielIllisible
from formats.maildir import ARRIVES, DE_TROP, ILLISIBLES, LUS

logger = logging.getLogger(__name__)
PAR_RONDE = 50
# La faute de la machine, ou d'un autre ouvrier qui lit le même : la ronde d'après réussit.
PASSAGERES = (
    OperationalError,
    InterfaceError,
    IntegrityError,
    ServiceIndisponible,
    EspaceInsuffisant,
    OSError,
)
# Au-delà, la faute est sans doute au courriel : il ne garde pas sa place.
PATIENCE = timedelta(days=1)


def relever(le: datetime) -> int:
    """Lit ce qui est arrivé, le plus ancien d'abord, cinquante au plus ;
    rend combien ont été pris en charge.
    """
    dossier: Path | None = settings.BOITE_DES_COURRIELS
    if dossier is None or not (dossier / ARRIVES).is_dir():
        return 0
    return sum(_prendre(fichier, dossier, le=le) for fichier in _arrives(dossier))


def _arrives(dossier: Path) -> Iterator[Path]:
    fichiers = [
        fichier
        for fichier in (dossier / ARRIVES).iterdir()
        if fichier.is_file() and not fichier.is_symlink()
    ]
    yield from sorted(fichiers, key=lambda fichier: (fichier.stat().st_mtime, fichier.name))[
        :PAR_RONDE
    ]


def _prendre(fichier: Path, dossier: Path, *, le: datetime) -> bool:
    """Lit un courriel et le range. Quelle que soit la faute, le suivant se lit."""
    try:
        ou = _destination(fichier, le=le)
        if ou:
            _ranger(fichier, dossier / ou)
    except Exception:
        logger.exception("courriel laissé à sa place : %s", fichier.name)
        return False
    return ou == LUS


def _destination(fichier: Path, *, le: datetime) -> str:
    """Où ranger ce courriel, une fois lu ; vide, s'il reste à sa place pour la ronde d'après."""
    try:
        with transaction.atomic(), fichier.open("rb") as flux:
            entrants.recevoir(flux.read(OCTETS_AU_PLUS + 1), maintenant=le)
    except CourrielIllisible as raison:
        logger.warning("courriel illisible, mis de côté : %s %s", fichier.name, raison)
        return ILLISIBLES
    except BudgetEpuise:
        logger.warning("courriel qui attend sa place : %s", fichier.name)
        return ""
    except RegleEnfreinte as refus:
        logger.warning("courriel de trop, mis de côté : %s %s", fichier.name, refus.message)
        return DE_TROP
    except PASSAGERES:
        arrive_le = datetime.fromtimestamp(fichier.stat().st_mtime, tz=UTC)
        logger.exception("courriel non lu : %s", fichier.name)
        return ILLISIBLES if le - arrive_le > PATIENCE else ""
    except Exception:
        logger.exception("courriel que rien ne lit, mis de côté : %s", fichier.name)
        return ILLISIBLES
    return LUS


def _ranger(fichier: Path, ou: Path) -> None:
    """Sous son nom, ou suivi d'un numéro : un courriel n'en remplace jamais un autre."""
    ou.mkdir(exist_ok=True)
    noms = (f"{fichier.name}.{rang}" if rang else fichier.name for rang in count())
    fichier.rename(next(ou / nom for nom in noms if not (ou / nom).exists()))
