"""Relire les traces d'une tentative : chacune dit-elle ce que dit la ligne du cahier, à son rang ?

Le cahier tient à la racine de ses lignes, que sa ligne, prouvée, retient. Deux lectures suivies,
quel que soit le nombre de relevés.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery

from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.traces import cahier
from beffroi.reponse.traces.models import CahierReleve, Trace
from beffroi.reponse.traces.services import COLONNES, bornee, est_lisible
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter
from sceau import evidence

TABLE = Trace._meta.db_table
# L'acte du journal nomme le cahier par le début de son empreinte : la faute aussi.
SIGNES_DU_NOM = 16


def relire_les_traces() -> Iterator[Constat]:
    nombre, fautes = 0, 0
    recopiees = _recopiees()
    suivante = next(recopiees, None)
    for releve in CahierReleve.objects.order_by("pk").iterator(chunk_size=20):
        nom = releve.sha256[:SIGNES_DU_NOM]
        while suivante and suivante[0] < releve.pk:
            suivante = next(recopiees, None)
        siennes: list[Trace] = []
        if suivante and suivante[0] == releve.pk:
            siennes, suivante = suivante[1], next(recopiees, None)
        nombre += len(siennes)
        for faute, ou in fautes_du_releve(releve, siennes):
            fautes += 1
            yield Constat(faute, bon=False, ou=f"{ou}, cahier {nom}")
    if not fautes:
        yield Constat(
            f"{compter(nombre, 'trace')} de tentatives, recopiées des cahiers à la lettre", bon=True
        )


def _recopiees() -> Iterator[tuple[int, list[Trace]]]:
    """Relevé par relevé, ses traces, et la consultation que leur réponse a encore."""
    brouillon = BrouillonDeReponse.objects.filter(reference=OuterRef("reponse"))
    traces = Trace.objects.annotate(
        consultation_du_brouillon=Subquery(brouillon.values("consultation__reference")[:1])
    )
    suivies = traces.order_by("releve_id", "rang").iterator(chunk_size=500)
    for releve, siennes in groupby(suivies, key=lambda trace: trace.releve_id):
        yield releve, list(siennes)


def fautes_du_releve(releve: CahierReleve, traces: list[Trace]) -> Iterator[tuple[str, str]]:
    """Ce qui ne va pas, et où."""
    if evidence.root_of(releve.feuilles) != releve.racine:
        yield "le cahier n'est plus celui qui a été relevé", CahierReleve._meta.db_table
        return
    dites = {
        rang: bornee(ligne)
        for rang, ligne in enumerate(cahier.lignes(releve.cahier.encode()))
        if est_lisible(ligne)
    }
    presentes = {trace.rang: trace for trace in traces}
    for rang in sorted(dites.keys() | presentes.keys()):
        trace, dite = presentes.get(rang), dites.get(rang)
        if trace is None or dite is None:
            faute = "une trace a été effacée" if dite else "cette trace n'est pas au cahier"
            yield faute, f"{TABLE}, rang {rang}"
            continue
        for colonne in colonnes_qui_different(trace, dite):
            yield f"« {colonne} » diffère du cahier", f"{TABLE}, rang {rang}"


def colonnes_qui_different(trace: Trace, dite: dict[str, Any]) -> Iterator[str]:
    attendues = {nom: dite[nom] for nom in COLONNES if nom != "consultation"}
    attendues |= {
        "le": datetime.fromisoformat(dite["le"]),
        "dite_le": datetime.fromisoformat(dite["dite_le"]) if dite.get("dite_le") else None,
    }
    yield from (nom for nom, attendue in attendues.items() if getattr(trace, nom) != attendue)
    # Une version plus jeune admet parfois moins de détails que celle qui les a notés.
    if trace.details not in (dite["details"], dite["details_du_cahier"]):
        yield "details"
    if trace.consultation not in consultations_possibles(trace, dite):
        yield "consultation"


def consultations_possibles(trace: Trace, dite: dict[str, Any]) -> set[str]:
    """Celle de la réponse, tant que la base la connaît ; celle que le cahier dit, à défaut."""
    connue: str | None = getattr(trace, "consultation_du_brouillon", None)
    return {connue or dite["consultation"] or trace.consultation}
