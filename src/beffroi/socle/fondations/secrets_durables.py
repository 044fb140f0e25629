"""Un secret que l'installation se donne : créé une fois, par un seul, lisible d'elle seule."""

import os
from collections.abc import Callable
from pathlib import Path


def secret_durable(fichier: Path, fabriquer: Callable[[], str]) -> str:
    """Lit le secret, ou le crée. Deux processus qui démarrent ensemble obtiennent le même."""
    if not fichier.exists():
        deposer(fichier, fabriquer())
    return fichier.read_text(encoding="ascii")


def deposer(fichier: Path, secret: str) -> None:
    """Écrit à côté, puis pose par un lien :
    le premier arrivé l'emporte, et le fichier n'est jamais à moitié écrit.
    """
    fichier.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    brouillon = fichier.with_suffix(f".{os.getpid()}")
    brouillon.touch(mode=0o600)
    brouillon.write_text(secret, encoding="ascii")
    try:
        os.link(brouillon, fichier)
    except FileExistsError:
        return
    finally:
        brouillon.unlink()
