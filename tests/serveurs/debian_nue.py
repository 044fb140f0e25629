"""Une machine Debian nue, systemd compris, dans un conteneur ; et quelqu'un qui y tape."""

import secrets
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.arbre import RACINE
from tests.plateforme import attendre
from tests.serveurs import clavier
from tests.serveurs.podman import ENVIRONNEMENT, oublier, podman
from tests.serveurs.postgresql import port_libre

AUTORITES = Path("/etc/ssl/certs/ca-certificates.crt")
# systemd refuse l'ancienne hiérarchie de groupes sans qu'on le lui redise ; la neuve n'en lit rien.
DEMARRER = ("/sbin/init", "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1")
INVITE = "     > "


@dataclass(frozen=True)
class Machine:
    """Une machine : son conteneur, et le port d'ici qui mène à son port 443."""

    conteneur: str
    port: int

    def dire(self, commande: str, delai_s: int = 60) -> str:
        return podman("exec", self.conteneur, "sh", "-c", commande, delai_s=delai_s)

    def taper(self, commande: str, reponses: Sequence[str] = ()) -> tuple[int, str]:
        """Comme au clavier ; son code, et ce qu'elle a dit."""
        return clavier.taper(
            ["podman", "exec", "--interactive", "--tty", self.conteneur, "sh", "-c", commande],
            reponses,
            invite=INVITE,
            delai_s=900,
            environnement=ENVIRONNEMENT,
        )

    def attendre_le_demarrage(self) -> None:
        demarre = "systemctl is-system-running --wait || true"
        attendre(lambda: self.dire(demarre, delai_s=180) in ("running", "degraded"), delai_s=180)


@contextmanager
def une_machine(image: str, depots: Path, *, site: str) -> Iterator[Machine]:
    """Démarrée ; le nom du site y mène à elle-même, et `/depots` porte le logiciel à cloner."""
    machine = Machine(f"beffroi-essai-{secrets.token_hex(4)}", port_libre())
    podman(
        *("run", "--detach", "--name", machine.conteneur, "--runtime", "runc"),
        *("--privileged", "--systemd=always", "--env", "container=podman"),
        *("--publish", f"127.0.0.1:{machine.port}:443"),
        *("--add-host", f"{site}:127.0.0.1", "--volume", f"{depots}:/depots:ro"),
        # Le réseau de la machine hôte est celui des paquets : ses autorités aussi.
        *("--volume", f"{AUTORITES}:/usr/local/share/ca-certificates/hote.crt:ro"),
        *(image, *DEMARRER),
    )
    try:
        machine.attendre_le_demarrage()
        yield machine
    finally:
        oublier(machine.conteneur)


def depot_a_cloner(dossier: Path) -> str:
    """Le commit extrait, dans un dépôt que `/depots` montre."""
    dossier.mkdir()
    subprocess.run(
        [
            "git",
            "clone",
            "--quiet",
            "--bare",
            "--depth=1",
            RACINE.as_uri(),
            dossier / "beffroi.git",
        ],
        check=True,
        capture_output=True,
    )
    return "file:///depots/beffroi.git"
