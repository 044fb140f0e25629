"""Ce qui suit une violation :
notifier la CNIL, prévenir les personnes et les adhérents, ou dire pourquoi non.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.garde.violations import courriels, queries, rules
from beffroi.garde.violations.models import Suite, Touche, Violation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

Sorte = Suite.Sorte


def ouverte(violation: Violation) -> Violation:
    """La violation verrouillée, si elle n'est pas close : ses actes se suivent."""
    violation = verrouiller(violation)
    if not violation.est_ouverte:
        raise ConflitEtat(
            "Cette violation est close : rien ne s'y ajoute. "
            "Une suite se déclare comme une autre violation."
        )
    return violation


@transaction.atomic
def notifier_la_cnil(
    *,
    violation: Violation,
    faite_le: datetime,
    texte: str,
    numero: str,
    motif_du_retard: str,
    cle: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Suite:
    """Note la notification faite au téléservice de la CNIL,
    puis chaque complément (RGPD, art. 33, § 1 et 4).
    """
    violation = ouverte(violation)
    premiere = not queries.situation(violation).notifiee
    exiger(
        rules.peut_notifier(
            responsable=violation.responsable,
            premiere=premiere,
            faite_le=faite_le,
            connue_le=violation.connue_le,
            motif=motif_du_retard,
        )
    )
    return _noter(
        violation,
        Sorte.NOTIFICATION if premiere else Sorte.COMPLEMENT,
        acte="notifier_la_cnil",
        faite_le=faite_le,
        cle=cle,
        par=par,
        maintenant=maintenant,
        texte=texte,
        numero=numero,
        motif_du_retard=motif_du_retard if premiere else "",
    )


@transaction.atomic
def ecarter_la_notification(
    *, violation: Violation, texte: str, cle: str, par: Utilisateur, maintenant: datetime
) -> Suite:
    """Aucun risque n'en résulte pour les personnes, et pourquoi (RGPD, art. 33, § 1)."""
    violation = ouverte(violation)
    notifiee = queries.situation(violation).notifiee
    exiger(rules.peut_ecarter_la_notification(risque=violation.risque, notifiee=notifiee))
    return _noter(
        violation,
        Sorte.SANS_NOTIFICATION,
        acte="ecarter_la_notification",
        faite_le=maintenant,
        cle=cle,
        par=par,
        maintenant=maintenant,
        texte=texte,
    )


@transaction.atomic
def communiquer(
    *,
    violation: Violation,
    faite_le: datetime,
    texte: str,
    nombre: int | None,
    cle: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Suite:
    """Les personnes ont été prévenues, en mots simples (RGPD, art. 34, § 1 et 2)."""
    return _noter(
        ouverte(violation),
        Sorte.COMMUNICATION,
        acte="communiquer",
        faite_le=faite_le,
        cle=cle,
        par=par,
        maintenant=maintenant,
        texte=texte,
        nombre=nombre,
    )


@transaction.atomic
def ecarter_la_communication(
    *, violation: Violation, cas: str, texte: str, cle: str, par: Utilisateur, maintenant: datetime
) -> Suite:
    """Les personnes ne sont pas prévenues :
    le cas du texte, et les faits qui l'établissent (RGPD, art. 34, § 3).
    """
    violation = ouverte(violation)
    exiger(rules.peut_ecarter_la_communication(risque=violation.risque, cas=cas))
    return _noter(
        violation,
        Sorte.SANS_COMMUNICATION,
        acte="ecarter_la_communication",
        faite_le=maintenant,
        cle=cle,
        par=par,
        maintenant=maintenant,
        texte=texte,
        cas=cas,
    )


@transaction.atomic
def prevenir(
    *,
    violation: Violation,
    organismes: Sequence[Organisme],
    message: str,
    par: Utilisateur,
    maintenant: datetime,
) -> list[Touche]:
    """Prévient chaque adhérent touché : son délai à lui court de là (RGPD, art. 33, § 2)."""
    violation = ouverte(violation)
    if not violation.sous_traitant:
        raise RegleEnfreinte(
            "Aucune donnée d'un acheteur n'est notée touchée : précisez d'abord les faits."
        )
    deja = set(violation.touches.values_list("organisme", flat=True))
    nouveaux = [organisme for organisme in organismes if organisme.pk not in deja]
    touches = [
        Touche.objects.create(
            violation=violation,
            organisme=une,
            message=message.strip(),
            prevenu_le=maintenant,
            prevenu_par=par,
        )
        for une in nouveaux
    ]
    if touches:
        donnees = {"organismes": [une.siret for une in nouveaux]}
        journaliser(
            "violation.prevenir",
            sujet=violation.reference,
            par=par.acteur,
            le=maintenant,
            donnees=donnees,
        )
    for touche in touches:
        courriels.prevenu(touche, maintenant=maintenant)
    return touches


def _noter(
    violation: Violation,
    sorte: str,
    *,
    acte: str,
    faite_le: datetime,
    cle: str,
    par: Utilisateur,
    maintenant: datetime,
    **champs: Any,
) -> Suite:
    deja = Suite.objects.filter(cle_d_envoi=cle).first()
    if deja is not None:
        return deja
    exiger(rules.peut_dater(faite_le=faite_le, connue_le=violation.connue_le, le=maintenant))
    textes = {
        nom: valeur.strip() if isinstance(valeur, str) else valeur for nom, valeur in champs.items()
    }
    suite = Suite.objects.create(
        violation=violation,
        sorte=sorte,
        faite_le=faite_le,
        **textes,
        notee_le=maintenant,
        par=par,
        cle_d_envoi=cle,
    )
    journaliser(
        f"violation.{acte}",
        sujet=violation.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"sorte": str(sorte), "faite_le": faite_le.isoformat()},
    )
    return suite
