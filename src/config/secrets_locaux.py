"""Les secrets que l'installation se donne elle-même, dans son dossier de données, lisibles d'elle seule."""

import os
import secrets
from pathlib import Path

LONGUEUR = 64


def secret_local(fichier: Path) -> str:
    """Lit le secret, ou le crée. Deux processus qui démarrent ensemble obtiennent le même."""
    try:
        return fichier.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    fichier.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    brouillon = fichier.with_suffix(f".{os.getpid()}")
    brouillon.touch(mode=0o600)
    brouillon.write_text(secrets.token_urlsafe(LONGUEUR), encoding="ascii")
    try:
        os.link(brouillon, fichier)
    except FileExistsError:
        pass
    finally:
        brouillon.unlink()
    return fichier.read_text(encoding="ascii")
