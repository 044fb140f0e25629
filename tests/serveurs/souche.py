"""Une plateforme déjà chargée, dont chaque commande `./beffroi` des parcours naît.

Un processus neuf passe deux à trois secondes de calcul à lire le produit avant sa première ligne,
et les parcours en lancent des centaines. Ici, un processus l'a lu une fois : chaque commande en est
un enfant, sous ses propres arguments, son environnement, ses fichiers, sa session, et relit ses
réglages. Le reste est la vraie commande, de bout en bout. La démonstration d'origine, les
redémarrages et les pannes gardent leurs processus neufs.

`python -m tests.serveurs.souche PRISE` : la souche, à qui `lancer` et `beffroi` demandent.
"""

import atexit
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, NoReturn

import django

from tests.architecture.arbre import RACINE

ICI = {
    "PYTHONPATH": f"{RACINE / 'src'}{os.pathsep}{RACINE}",
    "DJANGO_SETTINGS_MODULE": "config.settings.dev",
}
BEFFROI = "beffroi.__main__"
ADRESSES = "config.urls"
DELAI_S = 600
DEMANDE_AU_PLUS = 1 << 20
FICHIERS_AU_PLUS = 16
DJANGO_SETUP = django.setup


class Commande:
    """Une commande née de la souche, sous les noms de `subprocess.Popen`."""

    def __init__(self, arguments: Sequence[str], etat: IO[bytes]) -> None:
        self.args, self.returncode, self._etat = [*arguments], None, etat
        self.pid = int(etat.readline())

    def poll(self) -> int | None:
        """Son code, si elle a fini."""
        if self.returncode is None and select.select([self._etat], [], [], 0)[0]:
            self.returncode = int(self._etat.read())
            self._etat.close()
        return self.returncode

    def wait(self, timeout: float) -> int:
        fin = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > fin:
                os.killpg(self.pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired(self.args, timeout)
            time.sleep(0.01)
        return code


def lancer(
    arguments: Sequence[str],
    *,
    environnement: Mapping[str, str],
    sortie: Path,
    confies: Sequence[int] = (),
) -> Commande:
    """Comme `beffroi.commandes.cli.processus.lancer`."""
    with sortie.open("ab") as journal:
        fichiers = [journal.fileno(), journal.fileno(), *confies]
        return demander(BEFFROI, arguments, environnement, fichiers)


def beffroi(
    *arguments: str, delai_s: float = DELAI_S, programme: str = BEFFROI, **environnement: str
) -> subprocess.CompletedProcess[str]:
    """Une commande `./beffroi`, attendue jusqu'à sa fin ; ou celle d'un autre programme."""
    with tempfile.TemporaryFile("w+") as dit, tempfile.TemporaryFile("w+") as reproche:
        fichiers = [dit.fileno(), reproche.fileno()]
        commande = demander(programme, arguments, environnement, fichiers)
        code = commande.wait(delai_s)
        return subprocess.CompletedProcess(commande.args, code, relu(dit), relu(reproche))


def relu(fichier: IO[str]) -> str:
    fichier.seek(0)
    return fichier.read()


def demander(
    programme: str,
    arguments: Sequence[str],
    environnement: Mapping[str, str],
    fichiers: Sequence[int],
) -> Commande:
    lecture, ecriture = os.pipe()
    demande = [programme, [*arguments], {**os.environ, **ICI, **environnement}]
    socket.send_fds(la_souche(), [json.dumps(demande).encode()], [ecriture, *fichiers])
    os.close(ecriture)
    return Commande(arguments, os.fdopen(lecture, "rb", buffering=0))


@cache
def la_souche() -> socket.socket:
    """La prise de la souche de ce processus de tests , jusqu'à sa fin."""
    ici, la_bas = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for prise in (ici, la_bas):
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, DEMANDE_AU_PLUS)
    with la_bas:
        souche = subprocess.Popen(
            [sys.executable, "-m", "tests.serveurs.souche", str(la_bas.fileno())],
            cwd=RACINE,
            env={**os.environ, **ICI},
            pass_fds=[la_bas.fileno()],
            stdin=subprocess.DEVNULL,
        )
    atexit.register(finir, souche, ici)
    return ici


def finir(souche: subprocess.Popen[bytes], prise: socket.socket) -> None:
    prise.close()
    souche.wait()


def charger() -> list[str]:
    """Tout le produit, ses adresses, ses gabarits, ses commandes et ses migrations, lus une fois.

    Rend les applications chargées.
    """
    from django.conf import settings
    from django.utils.module_loading import import_string

    from beffroi.commandes.cli.lanceur import COMMANDES, module_de
    from beffroi.socle.fondations.chargement import tout_charger

    django.setup()
    for chemin in settings.MIDDLEWARE:
        import_string(chemin)
    for nom in (ADRESSES, "django.test.signals", "granian.server"):
        import_module(nom)
    for nom in ("serve", "worker", "verifier"):
        assert nom in COMMANDES and module_de(nom)
    lire_les_migrations()
    tout_charger()
    return [*settings.INSTALLED_APPS]


def lire_les_migrations() -> None:
    from django.apps import apps

    for application in apps.get_app_configs():
        if find_spec(paquet := f"{application.name}.migrations"):
            for module in pkgutil.iter_modules(import_module(paquet).__path__):
                import_module(f"{paquet}.{module.name}")


def servir(prise: socket.socket) -> NoReturn:
    chargees = charger()
    gc.freeze()  # Ce que les enfants partagent, le ramasse-miettes ne le touche plus.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        demande, fichiers, _, _ = socket.recv_fds(prise, DEMANDE_AU_PLUS, FICHIERS_AU_PLUS)
        if not demande:
            sys.exit()
        if os.fork() == 0:
            prise.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            veiller(*json.loads(demande), fichiers, chargees)
        for fichier in fichiers:
            os.close(fichier)


def veiller(
    programme: str,
    arguments: list[str],
    environnement: dict[str, str],
    fichiers: list[int],
    chargees: list[str],
) -> NoReturn:
    """Le parent de la commande : dit son numéro, puis comment elle a fini."""
    etat, *les_siens = fichiers
    if (pid := os.fork()) == 0:
        os.close(etat)
        naitre(environnement, *les_siens[:2])
        django.setup = partial(preparer_django, chargees, [programme, *arguments])
        sys.exit(import_module(programme).principal(arguments))
    for fichier in les_siens:
        os.close(fichier)
    os.setsid()
    os.write(etat, f"{pid}\n".encode())
    _, statut = os.waitpid(pid, 0)
    with suppress(BrokenPipeError):  # Qui l'a lancée peut finir avant elle.
        os.write(etat, str(os.waitstatus_to_exitcode(statut)).encode())
    os._exit(0)


def naitre(environnement: dict[str, str], dit: int, reproche: int) -> None:
    """Dans l'enfant : la session, les flux et l'environnement d'un processus neuf."""
    os.setsid()
    os.dup2(dit, 1)
    os.dup2(reproche, 2)
    os.environ.clear()
    os.environ.update(environnement)


def preparer_django(chargees: list[str], commande: list[str]) -> None:
    """Ce que fait le premier `django.setup` d'une commande, le produit étant déjà lu ;
    sauf s'il l'aurait été autrement : la commande prend alors son propre processus.
    """
    django.setup = DJANGO_SETUP
    reprendre_les_reglages()
    if differe(chargees):
        os.execv(sys.executable, [sys.executable, "-m", *commande])


def reprendre_les_reglages() -> None:
    """Les réglages se relisent dans l'environnement ;
    ce que Django avait retenu de ceux qui changent, il sait l'oublier : ses essais en changent.

    Les gabarits déjà lus, eux, restent : les relire coûterait plus que tout le reste.
    """
    from django.conf import settings
    from django.db import connections
    from django.test.signals import COMPLEX_OVERRIDE_SETTINGS, setting_changed
    from django.utils.functional import empty

    avant = valeurs(settings)
    for nom in [nom for nom in sys.modules if nom.partition(".")[0] == "config"]:
        if nom != ADRESSES:  # Elles ne dépendent d'aucun réglage.
            del sys.modules[nom]
    settings._wrapped = empty
    for connexion in connections.all(initialized_only=True):
        del connections[connexion.alias]
    connections._settings = connections.settings = connections.configure_settings(None)
    relues = valeurs(settings)
    for nom in {*avant, *relues} - COMPLEX_OVERRIDE_SETTINGS:
        if avant.get(nom) != (valeur := relues.get(nom)):
            setting_changed.send(sender=type(settings), setting=nom, value=valeur, enter=True)


def valeurs(reglages: Any) -> dict[str, Any]:
    return {nom: getattr(reglages, nom) for nom in dir(reglages) if nom.isupper()}


def differe(chargees: list[str]) -> bool:
    """Ce qui se décide en chargeant, et que d'autres réglages auraient décidé autrement."""
    from django.conf import settings

    return bool([*settings.INSTALLED_APPS] != chargees or settings.ESPACE)


if __name__ == "__main__":
    servir(socket.socket(fileno=int(sys.argv[1])))
