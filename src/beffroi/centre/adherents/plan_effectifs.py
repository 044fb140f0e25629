"""Ce qu'un tableur d'effectifs, ou de populations, changerait : ce qui entre, ce qui diffère de ce
que l'on savait, et ce qui empêche. Rien n'est écrit ici.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.lecture_effectifs import LigneLue, Lu
from beffroi.centre.adherents.models import Adherent, Effectif
from droit.decision import Decision


@dataclass(frozen=True)
class Erreur:
    """Pourquoi une ligne ne peut pas entrer, et comment la corriger."""

    numero: int
    siren: str
    phrase: str


@dataclass(frozen=True)
class Entree:
    """Ce qu'un adhérent aura : un nombre, son jour ; et celui qu'on connaissait, s'il diffère."""

    numero: int
    siren: str
    nom: str
    nombre: int
    au: date
    annee: int
    source: str = ""
    avant: int | None = None

    @property
    def est_differente(self) -> bool:
        return self.avant is not None and self.avant != self.nombre


@dataclass(frozen=True)
class Plan:
    lues: int
    entrees: Sequence[Entree]
    inchangees: int
    erreurs: Sequence[Erreur]
    # Celles d'un fichier de populations qui ne concernent aucun adhérent.
    ailleurs: int = 0
    ignorees: Sequence[str] = field(default=())

    @property
    def est_applicable(self) -> bool:
        return not self.erreurs and bool(self.entrees)

    @property
    def refusees(self) -> int:
        return len({erreur.numero for erreur in self.erreurs})

    @property
    def differentes(self) -> list[Entree]:
        return [entree for entree in self.entrees if entree.est_differente]

    @property
    def empreinte(self) -> str:
        """Ce que l'aperçu a montré : si l'annuaire change entre-temps, on relit."""
        dit = [[*map(str, vars(entree).values())] for entree in self.entrees]
        return hashlib.sha256(json.dumps(dit, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Connus:
    """L'annuaire tel qu'il est, lu une fois."""

    par_siren: Mapping[str, Adherent]
    effectifs: Mapping[tuple[int, int], Effectif]
    aujourd_hui: date

    def par_code(self) -> dict[str, Adherent]:
        """Une commune nouvelle garde souvent le code d'une ancienne : qui est repris s'oublie."""
        communes = [
            un
            for un in self.par_siren.values()
            if un.nature == Adherent.Nature.COMMUNE and un.successeur_id is None
        ]
        return {un.code_commune: un for un in communes if un.code_commune}


# ---------------------------------------------------------------- les effectifs


def des_effectifs(lu: Lu, connus: Connus) -> Plan:
    comptes = Counter((ligne.repere, ligne.annee) for ligne in lu.lignes)
    entrees, erreurs, inchangees = list[Entree](), list[Erreur](), 0
    for ligne in lu.lignes:
        qui = connus.par_siren.get(ligne.repere)
        actuel = connus.effectifs.get((qui.pk, ligne.annee)) if qui and ligne.annee else None
        phrases = [*ligne.erreurs, *_fautes(ligne, qui, actuel, connus.aujourd_hui)]
        if ligne.repere and comptes[ligne.repere, ligne.annee] > 1:
            phrases.append("Ce SIREN est sur plusieurs lignes pour cette année : gardez la juste.")
        erreurs += [Erreur(ligne.numero, ligne.repere, phrase) for phrase in phrases]
        if phrases or qui is None:
            continue
        if actuel and actuel.agents == ligne.nombre:
            inchangees += 1
        else:
            entrees.append(_entree(ligne, qui, actuel.agents if actuel else None))
    return Plan(len(lu.lignes), entrees, inchangees, erreurs, ignorees=lu.ignorees)


def _fautes(
    ligne: LigneLue, qui: Adherent | None, actuel: Effectif | None, aujourd_hui: date
) -> list[str]:
    if not ligne.repere:
        return []
    phrases = _motifs(rules.siren_juste(ligne.repere))
    if phrases:
        return phrases
    if qui is None:
        return ["Aucun adhérent n'a ce SIREN : inscrivez-le à l'annuaire, ou retirez cette ligne."]
    if qui.successeur:
        return [f"Repris par {qui.successeur.nom} : mettez l'effectif sur son SIREN."]
    if ligne.annee is None or ligne.au is None:
        return []
    est_fige = bool(actuel and actuel.fige_le and actuel.agents != ligne.nombre)
    return _motifs(
        rules.peut_declarer(
            annee=ligne.annee, constate_le=ligne.au, aujourd_hui=aujourd_hui, est_fige=est_fige
        )
    )


# ---------------------------------------------------------------- les populations


def des_populations(lu: Lu, connus: Connus) -> Plan:
    """Un fichier de l'INSEE nomme tout un département : qui n'est pas adhérent se laisse."""
    par_code, comptes = connus.par_code(), Counter(ligne.repere for ligne in lu.lignes)
    entrees, erreurs, inchangees, ailleurs = list[Entree](), list[Erreur](), 0, 0
    for ligne in lu.lignes:
        qui = par_code.get(ligne.repere) or connus.par_siren.get(ligne.repere)
        if qui is None and ligne.repere:
            ailleurs += 1
            continue
        phrases = [*ligne.erreurs, *_fautes_d_une_population(ligne, qui, connus.aujourd_hui)]
        if ligne.repere and comptes[ligne.repere] > 1:
            phrases.append("Cette commune est sur plusieurs lignes : gardez la juste.")
        erreurs += [Erreur(ligne.numero, ligne.repere, phrase) for phrase in phrases]
        if phrases or qui is None:
            continue
        if (qui.habitants, qui.habitants_au) == (ligne.nombre, ligne.au):
            inchangees += 1
        else:
            entrees.append(_entree(ligne, qui, qui.habitants))
    return Plan(len(lu.lignes), entrees, inchangees, erreurs, ailleurs, lu.ignorees)


def _fautes_d_une_population(ligne: LigneLue, qui: Adherent | None, aujourd_hui: date) -> list[str]:
    if qui is None:
        return []
    phrases = []
    if qui.nature != Adherent.Nature.COMMUNE:
        phrases.append(f"{qui.nom} n'est pas une commune : retirez cette ligne.")
    if ligne.au and ligne.au > aujourd_hui:
        phrases.append("Cette date est à venir : une population se constate.")
    if ligne.au and qui.habitants_au and ligne.au < qui.habitants_au:
        phrases.append(
            f"On connaît déjà sa population au {qui.habitants_au:%d/%m/%Y}, plus récente : "
            "retirez cette ligne."
        )
    return phrases


def _entree(ligne: LigneLue, qui: Adherent, avant: int | None) -> Entree:
    if ligne.nombre is None or ligne.au is None:
        raise ValueError("Une ligne sans faute a son nombre et son jour.")
    annee = ligne.annee or ligne.au.year
    dits = (ligne.nombre, ligne.au, annee, ligne.source, avant)
    return Entree(ligne.numero, qui.siren, qui.nom, *dits)


def _motifs(decision: Decision) -> list[str]:
    return [] if decision.favorable else [motif.texte for motif in decision.motifs]
