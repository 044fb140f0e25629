"""Un Chromium mené sans Playwright, qui recopie le corps de chaque requête :
de quoi envoyer de vrais gros fichiers.

Le protocole de Chromium sur deux tuyaux (`--remote-debugging-pipe`) :
des messages JSON, séparés par un zéro. Rien n'y écoute le réseau.
"""

import contextlib
import itertools
import json
import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ENTREE, SORTIE = 3, 4
LECTURE_OCTETS = 1 << 20
PAS_S = 0.1


@contextlib.contextmanager
def chromium_nu(executable: str, options: Iterable[str], profil: Path) -> Iterator["Onglet"]:
    """Un navigateur neuf et son seul onglet, fermés à la fin."""
    vers_lui, de_lui = os.pipe(), os.pipe()
    commande = [
        executable,
        "--headless=new",
        "--remote-debugging-pipe",
        f"--user-data-dir={profil}",
        *options,
    ]
    # Le lancement place les deux tuyaux où Chromium les attend,
    # sans déranger ceux du processus de test.
    relais = f'exec "$@" {ENTREE}<&{vers_lui[0]} {SORTIE}>&{de_lui[1]}'
    processus = subprocess.Popen(
        ["bash", "-c", relais, "chromium", *commande],
        pass_fds=(vers_lui[0], de_lui[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(vers_lui[0])
    os.close(de_lui[1])
    try:
        yield Onglet(processus.pid, Protocole(vers_lui[1], de_lui[0]))
    finally:
        processus.terminate()
        processus.wait(30)
        os.close(vers_lui[1])
        os.close(de_lui[0])


class Protocole:
    """Une demande, sa réponse. Les événements ne servent pas ici."""

    def __init__(self, ecriture: int, lecture: int) -> None:
        self.ecriture, self.lecture = ecriture, lecture
        self.numeros = itertools.count(1)
        self.recu = b""

    def __call__(self, methode: str, session: str = "", **parametres: Any) -> dict[str, Any]:
        numero = next(self.numeros)
        demande = {"id": numero, "method": methode, "params": parametres} | (
            {"sessionId": session} if session else {}
        )
        os.write(self.ecriture, json.dumps(demande).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == numero:
                assert "error" not in message, (methode, message)
                return dict(message["result"])

    def message(self) -> dict[str, Any]:
        while b"\0" not in self.recu:
            octets = os.read(self.lecture, LECTURE_OCTETS)
            assert octets, "Chromium s'est arrêté"
            self.recu += octets
        entier, _, self.recu = self.recu.partition(b"\0")
        return dict(json.loads(entier))


class Onglet:
    """Une page : aller, attendre, remplir, cliquer, choisir des fichiers du disque."""

    def __init__(self, pid: int, protocole: Protocole) -> None:
        self.pid, self.protocole = pid, protocole
        cible = protocole("Target.createTarget", url="about:blank")["targetId"]
        self.session = protocole("Target.attachToTarget", targetId=cible, flatten=True)["sessionId"]

    def demander(self, methode: str, **parametres: Any) -> dict[str, Any]:
        return self.protocole(methode, self.session, **parametres)

    def lire(self, expression: str) -> Any:
        fait = self.demander(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in fait, (expression, fait["exceptionDetails"])
        return fait["result"].get("value")

    def aller(self, adresse: str) -> None:
        self.demander("Page.navigate", url=adresse)
        self.attendre(
            f"location.href == {json.dumps(adresse)} && document.readyState == 'complete'"
        )

    def attendre(self, condition: str, delai_s: float = 60) -> float:
        """Rend le temps attendu.

        Une page qui change de document n'a pas encore de réponse : on redemande.
        """
        debut = time.monotonic()
        while not self.vrai(condition):
            assert time.monotonic() - debut < delai_s, (
                condition,
                self.lire("document.body.innerText"),
            )
            time.sleep(PAS_S)
        return time.monotonic() - debut

    def vrai(self, condition: str) -> bool:
        try:
            return bool(self.lire(condition))
        except AssertionError:
            return False

    def remplir(self, **valeurs: str) -> None:
        for nom, valeur in valeurs.items():
            self.lire(f"document.querySelector('[name={nom}]').value = {json.dumps(valeur)}")

    def cliquer(self, selecteur: str, mot: str = "") -> None:
        candidats = f"[...document.querySelectorAll({json.dumps(selecteur)})]"
        self.lire(f"{candidats}.find(e => e.innerText.includes({json.dumps(mot)})).click()")

    def choisir(self, selecteur: str, chemins: Iterable[Path]) -> None:
        """Comme la fenêtre du système :
        des fichiers du disque, sans limite de taille ni recopie.
        """
        racine = self.demander("DOM.getDocument")["root"]["nodeId"]
        champ = self.demander("DOM.querySelector", nodeId=racine, selector=selecteur)["nodeId"]
        self.demander(
            "DOM.setFileInputFiles", nodeId=champ, files=[str(chemin) for chemin in chemins]
        )
