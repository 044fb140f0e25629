"""Déclarer une violation, en préciser les faits, la clore."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.garde.violations import courriels, queries, rules
from beffroi.garde.violations.models import Suite, Violation
from beffroi.garde.violations.services.suites import ouverte
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.services import numero_suivant
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser
from droit.calendrier.personnes import notifier_avant
from formats.dates import PARIS


@dataclass(frozen=True)
class Faits:
    """Ce que l'on sait en la déclarant ; le reste se précise (RGPD, art. 33, § 3 et 4)."""

    titre: str
    connue_le: datetime
    commencee_le: datetime | None
    confidentialite: bool
    integrite: bool
    disponibilite: bool
    responsable: bool
    sous_traitant: bool
    nature: str
    personnes: str
    nombre_de_personnes: int | None
    donnees: str
    nombre_d_enregistrements: int | None
    consequences: str
    mesures: str
    risque: str
    raison_du_risque: str


@dataclass(frozen=True)
class Precision:
    """Ce que l'on a appris depuis ;
    ce qui a changé remplace, et l'ancien reste écrit dans la suite.
    """

    texte: str
    responsable: bool
    sous_traitant: bool
    risque: str
    nombre_de_personnes: int | None
    nombre_d_enregistrements: int | None


CHANGEANTS = {
    "responsable": "Le centre est responsable de données touchées",
    "sous_traitant": "Des acheteurs le sont",
    "risque": "Risque",
    "nombre_de_personnes": "Personnes",
    "nombre_d_enregistrements": "Enregistrements",
}


@transaction.atomic
def declarer(*, faits: Faits, cle: str, par: Utilisateur, maintenant: datetime) -> Violation:
    """Ouvre la violation :
    le compte des 72 heures court déjà, de l'heure où on l'a sue (RGPD, art. 33).
    """
    deja = Violation.objects.filter(cle_d_envoi=cle).first()
    if deja is not None:
        return deja
    exiger(
        rules.peut_declarer(
            connue_le=faits.connue_le,
            commencee_le=faits.commencee_le,
            le=maintenant,
            atteintes=faits.confidentialite + faits.integrite + faits.disponibilite,
            responsables=faits.responsable + faits.sous_traitant,
        )
    )
    suite = f"V-{faits.connue_le.astimezone(PARIS).year}"
    violation = Violation.objects.create(
        reference=f"{suite}-{numero_suivant(suite):03d}",
        **asdict(faits),
        declaree_le=maintenant,
        declaree_par=par,
        cle_d_envoi=cle,
    )
    donnees = {
        "connue_le": faits.connue_le.isoformat(),
        "notifier_avant": notifier_avant(faits.connue_le).isoformat(),
        "risque": faits.risque,
    }
    journaliser(
        "violation.declarer",
        sujet=violation.reference,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    courriels.declaree(violation, maintenant=maintenant)
    return violation


@transaction.atomic
def preciser(
    *, violation: Violation, precision: Precision, cle: str, par: Utilisateur, maintenant: datetime
) -> Violation:
    """Les faits s'apprennent par étapes :
    ce qui change se dit, et les adhérents déjà prévenus le savent (art. 33, § 4).
    """
    if Suite.objects.filter(cle_d_envoi=cle).exists():
        return violation
    violation = ouverte(violation)
    responsables = precision.responsable + precision.sous_traitant
    exiger(
        rules.peut_declarer(
            connue_le=violation.connue_le,
            commencee_le=None,
            le=maintenant,
            atteintes=1,
            responsables=responsables,
        )
    )
    nouveaux = {nom: getattr(precision, nom) for nom in CHANGEANTS}
    changements = _changements(violation, nouveaux)
    for nom, valeur in nouveaux.items():
        setattr(violation, nom, valeur)
    violation.save(update_fields=list(nouveaux))
    Suite.objects.create(
        violation=violation,
        sorte=Suite.Sorte.PRECISION,
        faite_le=maintenant,
        texte=precision.texte.strip(),
        changements=changements,
        notee_le=maintenant,
        par=par,
        cle_d_envoi=cle,
    )
    donnees = {"risque": precision.risque, "changements": changements}
    journaliser(
        "violation.preciser",
        sujet=violation.reference,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    courriels.precisee(violation, maintenant=maintenant)
    return violation


def _changements(violation: Violation, nouveaux: dict[str, Any]) -> str:
    """« Risque : Un risque pour les personnes, puis Un risque élevé pour les personnes. »"""
    avant = {nom: getattr(violation, nom) for nom in nouveaux}
    dits = [
        f"{CHANGEANTS[nom]} : {_mot(avant[nom])}, puis {_mot(nouveaux[nom])}."
        for nom in nouveaux
        if avant[nom] != nouveaux[nom]
    ]
    return " ".join(dits)


def _mot(valeur: object) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if valeur is None:
        return "nombre inconnu"
    return (
        str(Violation.Risque(valeur).label).lower()
        if valeur in Violation.Risque.values
        else str(valeur)
    )


@transaction.atomic
def clore(*, violation: Violation, bilan: str, par: Utilisateur, maintenant: datetime) -> Violation:
    """Rien n'est plus dû :
    le registre garde les faits, les effets et les mesures (RGPD, art. 33, § 5).
    """
    violation = ouverte(violation)
    exiger(rules.peut_clore(queries.situation(violation)))
    violation = franchir(
        violation, "clore", par=par.acteur, le=maintenant, bilan=bilan.strip(), close_le=maintenant
    )
    courriels.close(violation, maintenant=maintenant)
    return violation
