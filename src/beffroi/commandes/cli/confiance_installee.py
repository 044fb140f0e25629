"""Le fichier de confiance : ce qu'une plateforme publie (/journal/cles.json), gardé chez soi.

Un fichier, ou un dossier où chaque plateforme a le sien ; installé une fois, chaque
vérification s'en sert.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from sceau import SealError, handover, log, timestamp

VARIABLE = "BEFFROI_CONFIANCE"
PARTOUT = Path("/etc/beffroi/confiance")
OCTETS_AU_PLUS = 1 << 20
FICHIERS_AU_PLUS = 200


@dataclass(frozen=True)
class Installee:
    """Une plateforme que l'on connaît : les clés de son registre, celle d'aujourd'hui et celles
    qu'elle a relevées ; ses certificats d'horodatage.
    """

    fichier: Path
    cles: tuple[log.Verifier, ...]
    autorites: tuple[x509.Certificate, ...]


def lire(indique: Path | None) -> tuple[Installee, ...]:
    """Ce qui est indiqué ; sinon, ce qui est installé. Un fichier illisible arrête la commande."""
    ou = indique or _d_office()
    if ou is None:
        return ()
    fichiers = sorted(ou.glob("*.json"))[:FICHIERS_AU_PLUS] if ou.is_dir() else [ou]
    return tuple(map(_lue, fichiers))


def _d_office() -> Path | None:
    """Ce que dit la variable ; sinon le dossier de la personne, puis celui de la machine."""
    if VARIABLE in os.environ:
        regle = os.environ[VARIABLE]
        return Path(regle).expanduser() if regle else None
    configuration = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    candidats = (Path(configuration) / "beffroi" / "confiance", PARTOUT)
    return next((dossier for dossier in candidats if dossier.exists()), None)


def _lue(fichier: Path) -> Installee:
    with fichier_lisible(fichier) as flux:
        octets = flux.read(OCTETS_AU_PLUS + 1)
    try:
        if len(octets) > OCTETS_AU_PLUS:
            raise ValueError
        dit = json.loads(octets)
        journal, horodatage = dit["journal"], dit.get("horodatage", "")
        textes = journal if isinstance(journal, list) else [journal]
        cles = [log.Verifier(texte) for texte in textes]
        return Installee(
            fichier,
            tuple(handover.follow(cles, dit.get("releves", []), listed=True)),
            tuple(timestamp.load_roots(horodatage.encode())) if horodatage else (),
        )
    except (SealError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ErreurDeCommande(
            f"{fichier} n'est pas un fichier de confiance : c'est le « cles.json » que publie une "
            "plateforme, à l'adresse /journal/cles.json. Reprenez-le, ou donnez --cle."
        ) from None
