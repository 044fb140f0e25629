"""podman, et les images faites ici des paquets signés de Debian : aucun dépôt d'images."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

# Un avis de podman sur les machines à l'ancienne hiérarchie de groupes : il n'apprend rien.
ENVIRONNEMENT = {**os.environ, "PODMAN_IGNORE_CGROUPSV1_WARNING": "1"}
# Celles d'office de podman dépassent parfois ce que cette machine peut donner.
FICHIERS_OUVERTS = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 20_000)
BORNES = (f"nofile={FICHIERS_OUVERTS}:{FICHIERS_OUVERTS}", "nproc=4096:4096")


class PodmanAbsent(RuntimeError):
    """De quoi faire et lancer un conteneur n'est pas sur cette machine."""


def exiger_podman(*autres: str) -> None:
    """Ce qu'il faut pour ces essais, ou ce qui manque."""
    if os.geteuid() != 0:
        raise PodmanAbsent("une image se fait des paquets de Debian en root.")
    for programme in ("podman", "runc", "mmdebstrap", *autres):
        if not shutil.which(programme):
            raise PodmanAbsent(f"{programme} n'est pas sur cette machine.")


def podman(*arguments: str | Path, delai_s: int = 120) -> str:
    """Ce que podman a dit ; un échec montre pourquoi."""
    fait = subprocess.run(
        ["podman", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=delai_s,
        env=ENVIRONNEMENT,
    )
    assert fait.returncode == 0, fait.stdout + fait.stderr
    return fait.stdout.strip()


def oublier(*conteneurs: str) -> None:
    podman("rm", "--force", "--time", "1", "--volumes", "--ignore", *conteneurs, delai_s=300)


def image_de_debian(nom: str, dossier: Path, *, variante: str) -> str:
    """Debian 13 tirée de ses paquets signés : `minbase`, ou `important`, qui a systemd."""
    racine = dossier / "debian.tar"
    subprocess.run(
        ["mmdebstrap", "--quiet", f"--variant={variante}", "trixie", racine],
        check=True,
        timeout=600,
        capture_output=True,
    )
    podman("import", "--quiet", racine, nom, delai_s=300)
    racine.unlink()
    return nom
