"""Taper une commande dans un terminal, et répondre quand elle demande."""

import os
import pty
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path


def taper(
    commande: Sequence[str],
    reponses: Sequence[str] = (),
    *,
    invite: str,
    delai_s: int,
    environnement: dict[str, str],
    dans: Path | None = None,
) -> tuple[int, str]:
    """Chaque réponse part quand l'invite paraît ; rend le code, et tout ce qui s'est lu."""
    maitre, esclave = pty.openpty()
    qui = subprocess.Popen(
        [*commande],
        stdin=esclave,
        stdout=esclave,
        stderr=esclave,
        env=environnement,
        cwd=dans,
        start_new_session=True,
    )
    os.close(esclave)
    try:
        dit = converser(maitre, list(reponses), invite=invite, fin=time.monotonic() + delai_s)
        return qui.wait(timeout=30), dit
    finally:
        qui.kill()
        os.close(maitre)


def converser(terminal: int, reponses: list[str], *, invite: str, fin: float) -> str:
    dit, depuis = b"", 0
    while time.monotonic() < fin:
        try:
            dit += os.read(terminal, 4096)
        except OSError:  # l'autre bout est fermé
            break
        if reponses and dit[depuis:].endswith(invite.encode()):
            depuis = len(dit)
            os.write(terminal, f"{reponses.pop(0)}\n".encode())
    return dit.decode(errors="replace").replace("\r\n", "\n")
