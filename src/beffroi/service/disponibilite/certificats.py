"""Les certificats que ce nœud lit sur son disque, et quand ils finissent."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from django.conf import settings

from beffroi.service.disponibilite.rules import Gravite
from formats import dates
from formats.pluriels import compter

# Le temps d'en demander un autre à qui le délivre.
PREAVIS = timedelta(days=30)
SONT_BONS = "{} sur ce nœud, aucun ne finit avant trente jours."
AUCUN = "Aucun certificat n'est donné par un fichier."


class Certificat(NamedTuple):
    """Un fichier, à quoi il sert, et sa fin ; sans fin, il ne se lit pas."""

    usage: str
    nom: str
    fichier: Path
    fin: datetime | None

    def gravite(self, le: datetime) -> Gravite:
        if self.fin is None or self.fin <= le:
            return Gravite.EN_DEFAUT
        return Gravite.A_SURVEILLER if self.fin - le <= PREAVIS else Gravite.BON

    def dit(self, le: datetime) -> str:
        quoi = f"{self.nom} ({self.fichier})"
        if self.fin is None:
            return f"{quoi} : aucun certificat ne s'y lit."
        quand = "fini depuis" if self.fin <= le else "fin"
        return f"{quoi} : {quand} le {dates.jour(self.fin)} à {dates.a_la_minute(self.fin)}."


def d_ici(le: datetime) -> list[Certificat]:
    """Ceux que les réglages désignent, et l'autorité d'horodatage de la plateforme."""
    return [
        Certificat(usage, nom, Path(fichier), fin_de(Path(fichier), le=le))
        for usage, nom, fichier in designes()
        if fichier
    ]


def designes() -> Iterator[tuple[str, str, str | Path | None]]:
    base: dict[str, Any] = settings.DATABASES["default"].get("OPTIONS", {})
    horodatage = settings.HORODATAGE
    nee = horodatage["cle"] if horodatage["cle"].exists() else None
    yield "horodatage", "L'autorité d'horodatage de la plateforme", nee
    yield "tsa", "Les racines de l'horodatage qualifié", horodatage["racines"]
    racine = base.get("sslrootcert")
    yield "base", "L'autorité de la base de données", None if racine == "system" else racine
    yield "base-client", "Le certificat de ce nœud auprès de la base", base.get("sslcert")
    if settings.STOCKAGE["sorte"] == "s3":
        yield "stockage", "L'autorité du stockage S3", os.environ.get("AWS_CA_BUNDLE")


def fin_de(fichier: Path, *, le: datetime) -> datetime | None:
    """La première fin à venir : à côté d'un autre qui vaut, un certificat fini n'est qu'ancien."""
    try:
        lus = x509.load_pem_x509_certificates(fichier.read_bytes())
    except (OSError, ValueError):
        return None
    fins = [un.not_valid_after_utc for un in lus]
    return min((fin for fin in fins if fin > le), default=max(fins))


def constat(le: datetime) -> tuple[Gravite, str]:
    """Le pire l'emporte ; chacun de ceux qui finissent se nomme, le premier d'abord."""
    tous = d_ici(le)
    a_dire = [un for un in tous if un.gravite(le) != Gravite.BON]
    if not a_dire:
        combien = compter(len(tous), "certificat")
        return Gravite.BON, SONT_BONS.format(combien) if tous else AUCUN
    finis = any(un.gravite(le) == Gravite.EN_DEFAUT for un in a_dire)
    a_dire.sort(key=lambda un: un.fin.timestamp() if un.fin else 0)
    phrase = " ".join(un.dit(le) for un in a_dire)
    return Gravite.EN_DEFAUT if finis else Gravite.A_SURVEILLER, phrase
