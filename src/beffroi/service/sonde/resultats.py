"""Ce que la sonde rapporte, avant toute base :
cela s'écrit dans une table, ou dans un fichier si la base ne répond pas.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PHRASE_AU_PLUS = 300


@dataclass(frozen=True)
class Terrain:
    """Où déposer, et au nom de qui."""

    consultation: str
    jeton: str
    cle_du_registre: str


@dataclass(frozen=True)
class Resultat:
    """Un dépôt d'essai : ce qui a duré, et ce qui a manqué."""

    commence_le: datetime
    durees: dict[str, int] = field(default_factory=dict)
    etape: str = ""
    statut_http: int | None = None
    phrase: str = ""
    recepisse: str = ""

    @property
    def reussi(self) -> bool:
        return not self.etape

    @property
    def duree_ms(self) -> int:
        return sum(self.durees.values())

    def en_json(self) -> dict[str, Any]:
        return {
            "commence_le": self.commence_le.isoformat(),
            "durees": self.durees,
            "etape": self.etape,
            "statut_http": self.statut_http,
            "phrase": self.phrase,
            "recepisse": self.recepisse,
        }

    @classmethod
    def de_json(cls, lu: dict[str, Any]) -> "Resultat":
        return cls(**{**lu, "commence_le": datetime.fromisoformat(lu["commence_le"])})


@dataclass(frozen=True)
class Ecart:
    """Une autre horloge, comparée à la nôtre : positif, l'autre est en avance."""

    le: datetime
    source: str
    ecart_ms: int | None = None
    marge_ms: int | None = None
    phrase: str = ""

    def en_json(self) -> dict[str, Any]:
        return {**self.__dict__, "le": self.le.isoformat()}

    @classmethod
    def de_json(cls, lu: dict[str, Any]) -> "Ecart":
        return cls(**{**lu, "le": datetime.fromisoformat(lu["le"])})


@dataclass(frozen=True)
class Minute:
    """Une minute du serveur : ses réponses, celles en 5xx, la plus grande foule d'un
    processus ; la place, en octets.
    """

    minute: datetime
    reponses: int | None = None
    erreurs: int | None = None
    en_vol: int | None = None
    places: int | None = None
    libre: int | None = None
    total: int | None = None

    def en_json(self) -> dict[str, Any]:
        return {**self.__dict__, "minute": self.minute.isoformat()}

    @classmethod
    def de_json(cls, lu: dict[str, Any]) -> "Minute":
        return cls(**{**lu, "minute": datetime.fromisoformat(lu["minute"])})


@dataclass(frozen=True)
class Passage:
    """Ce qu'un passage de la sonde rapporte."""

    resultat: Resultat
    ecarts: tuple[Ecart, ...] = ()
    minutes: tuple[Minute, ...] = ()

    def en_json(self) -> dict[str, Any]:
        return {
            "resultat": self.resultat.en_json(),
            "ecarts": [ecart.en_json() for ecart in self.ecarts],
            "minutes": [minute.en_json() for minute in self.minutes],
        }

    @classmethod
    def de_json(cls, lu: dict[str, Any]) -> "Passage":
        """Une ligne d'avant la version qui compte les minutes n'en a pas."""
        return cls(
            Resultat.de_json(lu["resultat"]),
            tuple(Ecart.de_json(ecart) for ecart in lu["ecarts"]),
            tuple(Minute.de_json(minute) for minute in lu.get("minutes", [])),
        )
