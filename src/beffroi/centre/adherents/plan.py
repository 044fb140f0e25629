"""Ce qu'un tableau changerait à l'annuaire : qui entre, qui change, et ce qui empêche.

Rien n'est écrit ici.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.lecture import LigneLue, Tableau
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services.annuaire import Identite
from droit.decision import Decision

CHAMPS = tuple(Identite.__dataclass_fields__)
LONGUEURS = {
    champ: int(getattr(Adherent._meta.get_field(champ), "max_length", None) or 254)
    for champ in CHAMPS
}
FORMES = {
    "code_postal": (re.compile(r"\d{5}"), "un code postal a cinq chiffres"),
    "code_commune": (
        re.compile(r"(?:\d{2}|2[AB])\d{3}"),
        "un code de commune a cinq signes, par exemple 62153",
    ),
}


@dataclass(frozen=True)
class Erreur:
    """Pourquoi une ligne ne peut pas entrer."""

    numero: int
    siren: str
    phrase: str


@dataclass(frozen=True)
class Entree:
    """Un adhérent tel qu'il sera : neuf, ou changé sur ces champs."""

    numero: int
    identite: Identite
    rattache_a: str = ""
    champs: tuple[str, ...] = ()

    @property
    def nature(self) -> str:
        return str(Adherent.Nature(self.identite.nature).label)


@dataclass(frozen=True)
class Plan:
    crees: Sequence[Entree]
    changes: Sequence[Entree]
    inchanges: int
    erreurs: Sequence[Erreur]
    ignorees: Sequence[str] = field(default=())

    @property
    def est_applicable(self) -> bool:
        return not self.erreurs and bool(self.crees or self.changes)

    @property
    def empreinte(self) -> str:
        """Ce que l'aperçu a montré :
        si l'annuaire change entre-temps, l'empreinte diffère, et on relit.
        """
        dit = [[asdict(entree) for entree in entrees] for entrees in (self.crees, self.changes)]
        return hashlib.sha256(
            json.dumps(dit, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest()


def composer(tableau: Tableau, actuels: Mapping[str, Adherent]) -> Plan:
    """Le plan d'un tableau, comparé à l'annuaire (`actuels`, par SIREN).

    Une cellule vide ne change rien.
    """
    comptes = Counter(ligne.valeurs.get("siren", "") for ligne in tableau.lignes)
    natures = {siren: adherent.nature for siren, adherent in actuels.items()}
    natures |= {
        ligne.valeurs["siren"]: ligne.valeurs["nature"]
        for ligne in tableau.lignes
        if ligne.valeurs.get("siren") and ligne.valeurs.get("nature")
    }
    tetes = {
        adherent.rattache_a_id
        for adherent in actuels.values()
        if adherent.rattache_a_id is not None
    }
    sirets = Counter(_sirets(tableau, actuels).values())
    crees, changes, erreurs, inchanges = list[Entree](), list[Entree](), list[Erreur](), 0
    for ligne in tableau.lignes:
        siren = ligne.valeurs.get("siren", "")
        actuel = actuels.get(siren)
        identite = _identite(ligne, actuel)
        phrases = [
            *ligne.erreurs,
            *_fautes(identite, nature_dite="nature" in ligne.inconnues),
            *_changement_permis(identite, actuel, tetes),
            *_fautes_de_famille(ligne, identite, natures, actuels, tetes),
        ]
        if siren and comptes[siren] > 1:
            phrases.append("Ce SIREN est sur plusieurs lignes du tableau : n'en gardez qu'une.")
        if identite.siret and sirets[identite.siret] > 1:
            phrases.append("Un autre adhérent porte déjà ce SIRET.")
        erreurs += [Erreur(ligne.numero, siren, phrase) for phrase in phrases]
        if phrases:
            continue
        entree = _entree(ligne, identite, actuel)
        if actuel is None:
            crees.append(entree)
        elif entree.champs:
            changes.append(entree)
        else:
            inchanges += 1
    return Plan(crees, changes, inchanges, erreurs, tableau.ignorees)


def _sirets(tableau: Tableau, actuels: Mapping[str, Adherent]) -> dict[str, str]:
    """Le SIRET que chaque SIREN aurait."""
    sirets = {siren: adherent.siret for siren, adherent in actuels.items() if adherent.siret}
    dits = {
        ligne.valeurs.get("siren", ""): ligne.valeurs.get("siret", "") for ligne in tableau.lignes
    }
    return sirets | {siren: siret for siren, siret in dits.items() if siret}


def _identite(ligne: LigneLue, actuel: Adherent | None) -> Identite:
    dites = {champ: ligne.valeurs.get(champ, "") for champ in CHAMPS}
    if actuel:
        dites = {champ: valeur or getattr(actuel, champ) for champ, valeur in dites.items()}
    return Identite(**dites)


def _entree(ligne: LigneLue, identite: Identite, actuel: Adherent | None) -> Entree:
    rattache_a = ligne.valeurs.get("rattache_a", "")
    if actuel is None:
        return Entree(ligne.numero, identite, rattache_a)
    champs = [champ for champ in CHAMPS if getattr(identite, champ) != getattr(actuel, champ)]
    tete = actuel.rattache_a.siren if actuel.rattache_a else ""
    if rattache_a and rattache_a != tete:
        champs.append("rattache_a")
    return Entree(ligne.numero, identite, rattache_a, tuple(champs))


def _fautes(identite: Identite, *, nature_dite: bool) -> list[str]:
    if not identite.siren:
        return ["Il manque le SIREN."]
    phrases = [*_motifs(rules.siren_juste(identite.siren))]
    if not phrases:
        phrases += _motifs(rules.siret_de_l_adherent(siret=identite.siret, siren=identite.siren))
    if not identite.nom:
        phrases.append("Il manque le nom.")
    if not identite.nature and not nature_dite:
        phrases.append(
            "Il manque la nature : commune, CCAS, caisse des écoles, EPCI, syndicat ou autre."
        )
    return [*phrases, *_fautes_de_forme(identite)]


def _changement_permis(
    identite: Identite, actuel: Adherent | None, tetes: Collection[int]
) -> list[str]:
    if actuel is None:
        return []
    decision = rules.peut_changer_d_identite(
        changees=[champ for champ in CHAMPS if getattr(identite, champ) != getattr(actuel, champ)],
        est_active=actuel.organisme_id is not None,
        est_en_famille=actuel.rattache_a_id is not None or actuel.pk in tetes,
    )
    return _motifs(decision)


def _fautes_de_forme(identite: Identite) -> list[str]:
    phrases = []
    for champ, (forme, dit) in FORMES.items():
        valeur = getattr(identite, champ)
        if valeur and not forme.fullmatch(valeur):
            phrases.append(f"« {valeur[:20]} » : {dit}.")
    for champ, longueur in LONGUEURS.items():
        if (
            champ not in {"siren", "siret", "nature", *FORMES}
            and len(getattr(identite, champ)) > longueur
        ):
            phrases.append(f"La colonne « {champ} » est trop longue : {longueur} signes au plus.")
    if identite.courriel:
        try:
            validate_email(identite.courriel)
        except ValidationError:
            phrases.append(f"« {identite.courriel[:60]} » n'est pas une adresse électronique.")
    return phrases


def _fautes_de_famille(
    ligne: LigneLue,
    identite: Identite,
    natures: Mapping[str, str],
    actuels: Mapping[str, Adherent],
    tetes: Collection[int],
) -> list[str]:
    a = ligne.valeurs.get("rattache_a", "")
    if not a or not identite.nature:
        return []
    if a not in natures:
        return [f"Elle se rattache à {a[:14]}, qui n'est ni à l'annuaire ni dans ce tableau."]
    tete, actuel = actuels.get(a), actuels.get(identite.siren)
    decision = rules.peut_se_rattacher(
        nature=identite.nature,
        a=natures[a],
        a_est_rattache=tete is not None and tete.rattache_a_id is not None,
        a_des_rattaches=actuel is not None and actuel.pk in tetes,
    )
    return _motifs(decision)


def _motifs(decision: Decision) -> list[str]:
    return [] if decision.favorable else [motif.texte for motif in decision.motifs]
