"""Demander à un témoin sa signature sur une tête du journal, par HTTP (c2sp.org/tlog-witness)."""

import base64
from collections.abc import Sequence

import httpx
from django.conf import settings

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal.ports import AutreTaille
from sceau import SealError, log

DELAI_S = 5.0
OCTETS_AU_PLUS = 16 * 1024
PREUVES_AU_PLUS = 63
TAILLE = "text/x.tlog.size"


class TemoinDistant:
    """Un témoin, par sa clé publique et son adresse ;
    rien de ce qu'il répond n'est gardé sans être vérifié.
    """

    def __init__(self, cle: str, adresse: str) -> None:
        self.cle = log.Verifier(cle)
        self.adresse = adresse.rstrip("/")

    @property
    def nom(self) -> str:
        return self.cle.name

    def cosigner(self, note: str, *, depuis: int, preuve: Sequence[bytes]) -> str:
        """Voir `journal.ports.Temoin`."""
        if len(preuve) > PREUVES_AU_PLUS:
            raise ServiceIndisponible(f"La preuve destinée à {self.nom} est trop longue.")
        empreintes = "".join(f"{base64.b64encode(empreinte).decode()}\n" for empreinte in preuve)
        statut, sorte, texte = self.demander(f"old {depuis}\n{empreintes}\n{note}")
        if statut == httpx.codes.CONFLICT and sorte == TAILLE and texte.strip().isdecimal():
            raise AutreTaille(int(texte))
        if statut != httpx.codes.OK:
            raise ServiceIndisponible(
                f"Le témoin {self.nom} a refusé la tête du journal (statut {statut})."
            )
        return self.ligne_verifiee(note, texte)

    def demander(self, corps: str) -> tuple[int, str, str]:
        """Le statut, la sorte et le texte de la réponse ; ni redirection, ni réponse démesurée."""
        octets = b""
        try:
            with (
                httpx.Client(timeout=DELAI_S, follow_redirects=False) as client,
                client.stream(
                    "POST", f"{self.adresse}/add-checkpoint", content=corps.encode()
                ) as reponse,
            ):
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_AU_PLUS:
                        raise ServiceIndisponible(f"Le témoin {self.nom} répond trop longuement.")
            return reponse.status_code, reponse.headers.get("content-type", ""), octets.decode()
        except (httpx.HTTPError, UnicodeDecodeError) as erreur:
            raise ServiceIndisponible(
                f"Le témoin {self.nom} n'a pas répondu : {erreur!r}."
            ) from erreur

    def ligne_verifiee(self, note: str, texte: str) -> str:
        """Sa ligne, si elle signe bien cette tête ; celles des autres sont ignorées."""
        for ligne in texte.splitlines(keepends=True):
            try:
                log.open_note(note + ligne, [self.cle])
            except SealError:
                continue
            return ligne
        raise ServiceIndisponible(f"Le témoin {self.nom} n'a pas signé cette tête.")


def temoins() -> list[TemoinDistant]:
    """Les témoins des réglages."""
    return [TemoinDistant(*temoin.split(maxsplit=1)) for temoin in settings.JOURNAL["temoins"]]
