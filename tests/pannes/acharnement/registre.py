"""Ce qui a été acquitté, à qui, quand : la mémoire que l'on oppose à la plateforme."""

import io
import json
import threading
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from tests.serveurs.attente import attendre


@dataclass(frozen=True)
class Acquitte:
    """Un dépôt dont l'entreprise tient le récépissé."""

    entreprise: str
    reference: str
    archive: bytes
    a: float


@dataclass
class Registre:
    acquittes: list[Acquitte] = field(default_factory=list)
    phrases: Counter[str] = field(default_factory=Counter)
    abandons: list[str] = field(default_factory=list)
    essais: int = 0

    def __post_init__(self) -> None:
        self._verrou = threading.Lock()

    def acquitter(self, entreprise: str, archive: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(archive)) as lue:
            reference = json.loads(lue.read("depot.json"))["recepisse"]
        with self._verrou:
            self.acquittes.append(Acquitte(entreprise, reference, archive, time.monotonic()))

    def essayer(self) -> None:
        with self._verrou:
            self.essais += 1

    def noter(self, phrase: str) -> None:
        """Ce que la commande a dit à la personne quand elle n'a pas pu finir."""
        with self._verrou:
            self.phrases[phrase] += 1

    def abandonner(self, entreprise: str) -> None:
        with self._verrou:
            self.abandons.append(entreprise)

    def de(self, entreprise: str) -> list[str]:
        """Ses récépissés, dans l'ordre où elle les a reçus."""
        return [un.reference for un in self.acquittes if un.entreprise == entreprise]

    def attendre_des_depots(self, nombre: int, *, delai_s: float = 180) -> None:
        """Autant de plus qu'à cet instant."""
        voulus = len(self.acquittes) + nombre
        attendre(lambda: len(self.acquittes) >= voulus, delai_s=delai_s)

    def premier_apres(self, a: float) -> float | None:
        """Quand le premier dépôt a été acquitté, passé cet instant."""
        return next((un.a for un in self.acquittes if un.a > a), None)
