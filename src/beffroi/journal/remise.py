"""Remettre une preuve : des fichiers, les écritures qui les portent avec leur place au registre, un manifeste horodaté.

N'importe qui la vérifie hors ligne : `./beffroi verifier preuve.zip` (`sceau.evidence`, SPEC, § 12).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from beffroi.journal import chainage
from beffroi.journal.models import Ecriture, PointDeControle
from beffroi.journal.queries import note_complete, tetes_qui_couvrent
from beffroi.socle.erreurs import ServiceIndisponible
from sceau import evidence

MODE_D_EMPLOI = Path(__file__).parent / "verifier.txt"


def archive(
    fichiers: Mapping[str, bytes],
    ecritures: Iterable[Ecriture],
    *,
    lignes: Sequence[evidence.Line] = (),
    reference: str,
    le: datetime,
    tetes: Mapping[int, PointDeControle] | None = None,
) -> bytes:
    """Le zip. `tetes` dit l'état signé où chaque écriture se prouve ; sinon, le premier qui la couvre.

    `ServiceIndisponible` si le registre n'en a pas encore signé un qui la couvre.
    """
    return evidence.build(
        {
            **fichiers,
            "VERIFIER.txt": MODE_D_EMPLOI.read_text("utf-8").format(reference=reference).encode(),
            "cles/journal.vkey": f"{chainage.signataire().vkey}\n".encode(),
            "cles/horodatage.pem": chainage.certificat_d_horodatage().encode(),
        },
        list(_prouvees(list(ecritures), tetes)),
        lignes,
        stamp=lambda condense: chainage.autorite_locale().issue(condense, le),
    )


def _prouvees(ecritures: Sequence[Ecriture], tetes: Mapping[int, PointDeControle] | None) -> Iterator[evidence.Entry]:
    numeros = [ecriture.numero for ecriture in ecritures]
    sous = tetes_qui_couvrent(numeros) if tetes is None else tetes
    if not sous.keys() >= set(numeros):
        raise ServiceIndisponible("Le registre n'a pas encore signé sa tête : réessayez dans une heure.")
    preuves = chainage.preuves((numero, note_complete(sous[numero])) for numero in numeros)
    for ecriture, preuve in zip(ecritures, preuves, strict=True):
        yield evidence.Entry(ecriture.contenu, bytes(ecriture.jeton), preuve)
