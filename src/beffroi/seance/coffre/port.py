"""Ce que la séance attend de son coffre, où qu'il se tienne."""

from collections.abc import Sequence
from typing import Any, Protocol


class Coffre(Protocol):
    """Ce que la séance attend de son coffre."""

    def destinataire(self) -> str:
        """Le destinataire éphémère (« age1pq… ») pour qui sceller les graines."""
        ...

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str, capacite: str) -> None:
        """Garde la graine scellée d'une sorte d'enveloppe, et ne répondra qu'à cette capacité ;
        `CleRefusee` si son empreinte n'est pas celle-là.
        """
        ...

    def contient(self, seance: str, sorte: str) -> bool: ...

    def repond_a(self, seance: str, capacite: str) -> bool:
        """Est-ce la capacité de la séance ?"""
        ...

    def desceller(
        self, seance: str, sorte: str, stances: Sequence[Any], capacite: str
    ) -> bytes | None:
        """La clé du fichier dont voici l'en-tête,
        ou rien s'il est scellé pour une autre ; `CoffreVide`, `AutreNavigateur`.
        """
        ...

    def vider(self, seance: str) -> None: ...
