"""Un secret que l'installation se donne : créé une fois, par un seul, lisible d'elle seule."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_nes_ici: list[Path] = []


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
    _nes_ici.append(fichier)


def reprendre_ceux_nes_ici(dossier: Path) -> None:
    """Ce processus est refusé : ce qu'il vient de créer dans ce dossier n'a servi à rien, et
    passerait demain pour les secrets de cette installation.
    """
    for fichier in [un for un in _nes_ici if un.parent == dossier]:
        _nes_ici.remove(fichier)
        fichier.unlink(missing_ok=True)
    with suppress(OSError):  # absent, ou d'autres secrets y sont
        dossier.rmdir()
