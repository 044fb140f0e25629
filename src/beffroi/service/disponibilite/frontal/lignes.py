"""Ce que les regards ont vu, ligne par ligne, et le bilan d'en haut."""

from dataclasses import dataclass

from beffroi.service.disponibilite.frontal.regards import REGARDS, Regard
from beffroi.service.disponibilite.frontal.vu import (
    A_ECRIRE,
    TONS,
    Arrivee,
    Attendu,
    Dehors,
    Etat,
)
from formats.pluriels import compter


@dataclass(frozen=True)
class Remede:
    """Ce qui répare, dans un serveur frontal : une ligne à recopier, ou un geste, en une phrase."""

    serveur: str
    texte: str

    @property
    def se_recopie(self) -> bool:
        """Une phrase finit par un point ; une ligne de réglages, jamais."""
        return not self.texte.endswith(".")


@dataclass(frozen=True)
class Ligne:
    """Un regard, et ce qu'il a vu."""

    code: str
    etat: Etat
    phrase: str

    @property
    def regard(self) -> Regard:
        return REGARDS[self.code]

    @property
    def remedes(self) -> tuple[Remede, ...]:
        """Rien à écrire : rien."""
        if not self.est_a_ecrire:
            return ()
        return Remede("nginx", self.regard.nginx), Remede("Caddy", self.regard.caddy)

    @property
    def ton(self) -> str:
        return TONS.get(self.etat, "gris")

    @property
    def est_a_ecrire(self) -> bool:
        return self.etat in A_ECRIRE


def lignes(attendu: Attendu, arrivee: Arrivee, dehors: Dehors) -> list[Ligne]:
    """Tous les regards, dans l'ordre où une demande les rencontre."""
    return [
        Ligne(code, *regard.juger(attendu, arrivee, dehors)) for code, regard in REGARDS.items()
    ]


def bilan(lues: list[Ligne]) -> tuple[str, str]:
    """Le ton et la phrase d'en haut ; ce qui n'est pas mesuré ne passe pas pour juste."""
    manquent = [ligne.regard.en_tete for ligne in lues if ligne.est_a_ecrire]
    if manquent:
        return "danger", f"À écrire : {', '.join(manquent)}"
    restent = sum(ligne.etat is Etat.NON_MESURE for ligne in lues)
    if restent:
        reste = compter(restent, "ligne reste", "lignes restent")
        return "info", f"Rien ne manque dans ce qui est mesuré ; {reste} à mesurer"
    return "ok", "Le serveur frontal passe tout ce qu'il faut"
