"""Un nœud dont le registre change de clé, sans passer par la commande."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from beffroi.socle.journal import chainage
from beffroi.socle.journal.services import changer_la_cle, preparer_la_releve
from sceau import log

type Relever = Callable[..., log.Signer]


def relever_dans(dossier: Path, settings: Any) -> Relever:
    """`relever(le=…)` : la clé passe la main, un nœud repart avec la neuve ; rend celle d'avant."""
    cle = dossier / "journal.txt"

    def relever(*, le: datetime, volee: bool = False) -> log.Signer:
        avant = chainage.signataire()
        neuve = log.Signer.generate(avant.name)
        posee = preparer_la_releve(neuve, volee=volee)
        cle.write_text(neuve.seed.hex(), "ascii")
        settings.JOURNAL = {**settings.JOURNAL, "cle": cle}
        chainage.lire_le_signataire.cache_clear()
        changer_la_cle(posee.note, volee=volee, le=le)
        return avant

    return relever
