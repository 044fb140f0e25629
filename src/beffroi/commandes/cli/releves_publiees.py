"""Les relèves de la clé qu'un registre publie, confrontées à l'arbre que l'on vient de refaire."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from beffroi.commandes.cli.constats import Constat
from formats.pluriels import compter
from sceau import log
from sceau.handover import Entry

QUOI = "relèves de la clé du registre"
SANS_RELEVE = (
    "La clé que vous connaissez n'a pas passé la main à celle d'aujourd'hui : la plateforme la dit "
    "perdue ou volée, ou ce n'est plus son registre. Demandez-lui pourquoi, tenez sa clé neuve "
    "d'ailleurs que de son site, et donnez-la par --cle."
)


class ArbreRelu(Protocol):
    """Un registre relu feuille à feuille."""

    taille: int

    def racine(self, taille: int) -> bytes: ...

    def feuille(self, numero: int) -> bytes | None: ...

    def places_de(self, etiquette: bytes) -> set[int]: ...


def confronter(registre: ArbreRelu, dites: Sequence[Entry], *, origine: str) -> Iterator[Constat]:
    """Chacune est à sa place et part de ce registre ; et il n'en porte pas d'autre."""
    fautes = [*_fautes(registre, dites, log.label(origine))]
    yield from (Constat(QUOI, bon=False, detail=faute) for faute in fautes)
    if dites and not fautes:
        detail = (
            f"{compter(len(dites), 'relève')}, à sa place"
            if len(dites) == 1
            else (f"{compter(len(dites), 'relève')}, chacune à sa place")
        )
        yield Constat(QUOI, bon=True, detail=detail)


def _fautes(registre: ArbreRelu, dites: Sequence[Entry], etiquette: bytes) -> Iterator[str]:
    for une in dites:
        etat, tenue = une.said.state, registre.feuille(une.index)
        if etat.size <= registre.taille and registre.racine(etat.size) != etat.root:
            yield f"celle du n° {une.index} part d'un autre registre"
        if tenue is not None and tenue != une.leaf:
            yield f"le registre tient autre chose au n° {une.index}"
    cachees = registre.places_de(etiquette) - {une.index for une in dites}
    for numero in sorted(cachees):
        yield f"le registre en porte une autre au n° {numero}, que le site ne montre pas"
