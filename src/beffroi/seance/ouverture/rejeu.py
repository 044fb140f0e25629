"""Rejouer ce que chaque séance devait proposer, d'après le journal, et le comparer à ce qui fut.

Une base changée le temps d'une ouverture, puis remise, se relit intacte : rien n'y diffère plus du
journal. Mais les réponses proposées ce jour-là sont inscrites, et ce n'étaient pas les bonnes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from beffroi.reponse.depots import queries as depots
from beffroi.reponse.depots import rules
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.socle.journal.chainage import instant_lu
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter

# Un pli, la sorte de l'enveloppe, son lot.
Place = tuple[str, str, int | None]
A_RELIRE = ("consultation", "tour")
# Les actes où la séance range des enveloppes.
MOMENTS = ("seance.installer", "seance.completee")


def relire_les_propositions() -> Iterator[Constat]:
    """Quelques lectures par séance, quel que soit le nombre de plis."""
    nombre, fautes = 0, 0
    installees = Seance.objects.filter(motif=Seance.Motif.OUVERTURE, installee_le__isnull=False)
    for seance in installees.select_related(*A_RELIRE).order_by("pk").iterator(chunk_size=100):
        nombre += 1
        for faute, (pli, sorte, lot) in fautes_de(seance):
            fautes += 1
            ou = f"{OuverturePli._meta.db_table}, {seance.reference}, {pli}, {sorte} {lot or ''}"
            yield Constat(faute, bon=False, ou=ou.strip())
    if not fautes:
        seances = compter(nombre, "séance")
        yield Constat(
            f"{seances} : les réponses que le journal fait proposer, et elles seules", bon=True
        )


def fautes_de(seance: Seance) -> Iterator[tuple[str, Place]]:
    """À l'installation, puis chaque fois qu'une réponse inscrite après elle l'a rejointe."""
    inscrit = Inscrit.de(seance)
    par_moment = [places_a_proposer(seance, inscrit, avant=moment) for moment in inscrit.moments]
    siennes, connues = places_proposees(seance)
    if not par_moment:
        return
    for place in sorted(par_moment[-1] - connues, key=repr):
        yield "une réponse que le journal fait proposer ne l'a pas été", place
    for place in sorted(siennes - set().union(*par_moment), key=repr):
        yield "une réponse proposée n'était pas à proposer", place


@dataclass(frozen=True)
class Inscrit:
    """Ce que le journal a d'une séance et de ses plis, chaque acte sous son numéro."""

    plis: list[Pli]
    moments: list[int]
    depots: Mapping[str, tuple[int, dict[str, Any]]]
    retraits: Mapping[str, int]

    @classmethod
    def de(cls, seance: Seance) -> "Inscrit":
        plis = list(depots.plis_de(seance.consultation, seance.tour))
        des_plis = Ecriture.objects.filter(sujet__in=[pli.reference for pli in plis])
        de_la_seance = Ecriture.objects.filter(sujet=seance.reference, acte__in=MOMENTS)
        deposes = des_plis.filter(acte="pli.deposer").values_list("sujet", "numero", "contenu")
        return cls(
            plis=plis,
            moments=list(de_la_seance.order_by("numero").values_list("numero", flat=True)),
            depots={sujet: (numero, json.loads(contenu)) for sujet, numero, contenu in deposes},
            retraits=dict(des_plis.filter(acte="pli.retirer").values_list("sujet", "numero")),
        )


def places_a_proposer(seance: Seance, inscrit: Inscrit, *, avant: int) -> set[Place]:
    """Ce que la règle proposait, d'après les actes d'avant celui-là (CCP, art. R. 2151-6)."""
    faits = [
        _selon_le_journal(
            fait, dit, seance, retire=inscrit.retraits.get(fait.reference, avant) < avant
        )
        for fait in depots.faits(inscrit.plis, date_limite=seance.limite)
        for numero, dit in [inscrit.depots.get(fait.reference, (avant, {}))]
        if numero < avant
    ]
    dits = depots.soumissionnaires_dits_de(seance.consultation, seance.tour)
    propositions = rules.plis_a_proposer(
        faits,
        concession=seance.consultation.est_concession,
        dits={frozenset(dit.equipes): dit.un_seul for dit in dits},
    )
    return {(une.reference, *place) for une in propositions for place in une.enveloppes}


def _selon_le_journal(
    fait: rules.FaitsDuPli, dit: Mapping[str, Any], seance: Seance, *, retire: bool
) -> rules.FaitsDuPli:
    """Les faits de la base, où chacun de ceux que l'enregistrement du dépôt dit l'emporte."""
    recu_le = instant_lu(dit["recu_le"])
    qui = fait.soumissionnaire
    if "groupement" in dit:
        qui = replace(qui, groupement=depots.cotraitants(dit["groupement"]))
    return replace(
        fait,
        soumissionnaire=qui,
        recu_le=recu_le,
        dans_les_delais=rules.recevabilite_du_pli(
            recu_le=recu_le, date_limite=seance.limite
        ).favorable,
        retire=fait.retire and retire,
        enveloppes=frozenset((e["enveloppe"], e["lot"]) for e in dit["enveloppes"]),
        equipe=dit["deposant"].get("equipe", fait.equipe),
    )


def places_proposees(seance: Seance) -> tuple[set[Place], set[Place]]:
    """Celles de cette séance ; celles de toutes, jusqu'à elle : ce qui est ouvert ne l'est qu'une
    fois. Une réponse hors délai, que l'acheteur a admise ou écartée, est à part (R. 2151-5).
    """
    ouvertures = OuverturePli.objects.filter(
        seance__consultation=seance.consultation,
        seance__tour=seance.tour,
        seance__installee_le__lte=seance.installee_le,
        decision="",
    )
    lues = list(
        ouvertures.values_list("seance_id", "pli__reference", "enveloppe__sorte", "enveloppe__lot")
    )
    siennes = {(pli, sorte, lot) for de, pli, sorte, lot in lues if de == seance.pk}
    return siennes, {(pli, sorte, lot) for _, pli, sorte, lot in lues}
