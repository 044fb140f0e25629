"""Relire le journal de sécurité : chaque lot dit-il encore les traces que le journal a engagées ?

Trois lectures suivies, quel que soit le nombre de lots : les lots, leurs aléas, les traces.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from beffroi.garde.conformite import scelles
from beffroi.garde.conformite.models import LotDeTraces, TraceDeSecurite
from beffroi.garde.conformite.rules.securite import seuil
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter


def relire_les_traces_de_securite() -> Iterator[Constat]:
    relecture = Relecture()
    fautes = 0
    for faute, ou in relecture.fautes():
        fautes += 1
        yield Constat(faute, bon=False, ou=ou)
    if not fautes:
        reste = f" ; {relecture.reste} d'après le dernier lot" if relecture.reste else ""
        yield Constat(
            f"journal de sécurité, {compter(relecture.engagees, 'trace')} "
            f"telles que le journal les a engagées{reste}",
            bon=True,
        )


class Relecture:
    """Les traces, lues une fois dans leur ordre, réparties entre les lots."""

    def __init__(self) -> None:
        self.engagees, self.reste = 0, 0
        self._aleas = dict(LotDeTraces.objects.values_list("ecriture", "alea"))
        self._traces = TraceDeSecurite.objects.order_by("pk").iterator(chunk_size=500)
        self._courante = next(self._traces, None)

    def fautes(self) -> Iterator[tuple[str, str]]:
        """Ce qui ne va pas, et où : le lot, par son écriture."""
        echeance, fin = heure_d_effacer(), 0
        for lot in scelles.lots():
            ou = f"{TraceDeSecurite._meta.db_table}, lot de l'écriture n° {lot.numero}"
            if lot.depuis != fin:
                yield "un lot de traces ne suit pas le précédent", ou
            fin = lot.jusqu_a
            alea = self._aleas.pop(lot.numero, "")
            condense = scelles.condenser(self._jusqu_a(fin), alea)
            if lot.premiere_le < echeance:
                continue
            self.engagees += condense.nombre
            if (condense.nombre, condense.empreinte) != (lot.nombre, lot.empreinte):
                yield "ces traces ne sont plus celles que le journal a engagées", ou
        for numero in sorted(self._aleas):
            yield "cet aléa n'est d'aucun lot", f"{LotDeTraces._meta.db_table}, n° {numero}"
        self.reste = (self._courante is not None) + sum(1 for _ in self._traces)

    def _jusqu_a(self, fin: int) -> Iterator[TraceDeSecurite]:
        while self._courante is not None and self._courante.pk <= fin:
            yield self._courante
            self._courante = next(self._traces, None)


def heure_d_effacer() -> datetime:
    """Douze mois avant le dernier acte inscrit : une relecture ne lit aucune horloge."""
    dernier = Ecriture.objects.order_by("-numero").values_list("le", flat=True).first()
    return seuil(dernier) if dernier else datetime.min.replace(tzinfo=UTC)
