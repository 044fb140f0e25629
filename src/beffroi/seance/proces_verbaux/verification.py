"""Relire les procès-verbaux, scellés et signés :
le journal, la base et les octets disent-ils la même chose ?
"""

from collections.abc import Container, Iterator
from itertools import chain

from beffroi.seance.proces_verbaux.models import ProcesVerbal, ProcesVerbalSigne
from beffroi.socle.fondations.stockage import empreinte_gardee
from beffroi.socle.journal.queries import donnees_inscrites, objets_detruits
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter


def relire_les_proces_verbaux() -> Iterator[Constat]:
    fautes, detruits = 0, objets_detruits()
    for faute in chain(fautes_des_scelles(detruits), fautes_des_signes(detruits)):
        fautes += 1
        yield faute
    if not fautes:
        scelles, signes = ProcesVerbal.objects.count(), ProcesVerbalSigne.objects.count()
        yield Constat(
            (
                f"procès-verbaux : {compter(scelles, 'scellé')}, {compter(signes, 'signé')}, "
                "conformes au journal"
            ),
            bon=True,
        )


def fautes_des_scelles(detruits: Container[str]) -> Iterator[Constat]:
    for pv in ProcesVerbal.objects.select_related("seance").iterator(chunk_size=100):
        if a_change(pv, sujet=pv.seance.reference, detruits=detruits):
            yield Constat(
                "le procès-verbal a changé",
                bon=False,
                ou=f"{pv._meta.db_table}, {pv.seance.reference}",
            )


def fautes_des_signes(detruits: Container[str]) -> Iterator[Constat]:
    for signe in ProcesVerbalSigne.objects.select_related("proces_verbal__seance").iterator(
        chunk_size=100
    ):
        if a_change(signe, sujet=signe.proces_verbal.seance.reference, detruits=detruits):
            ou = f"{signe._meta.db_table}, {signe.reference}"
            yield Constat("le procès-verbal signé a changé", bon=False, ou=ou)


def a_change(
    document: ProcesVerbal | ProcesVerbalSigne, *, sujet: str, detruits: Container[str]
) -> bool:
    """Détruit sous visa, ses octets manquent à bon droit : reste ce que le journal en dit."""
    inscrit = donnees_inscrites(document.ecriture, sujet=sujet).get("sha256")
    if inscrit != document.sha256:
        return True
    return (
        document.cle_de_stockage not in detruits
        and empreinte_gardee(document.cle_de_stockage) != document.sha256
    )
