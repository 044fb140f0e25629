"""Le registre des violations : ce que le centre y tient, ce qu'un adhérent touché en lit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from beffroi.garde.violations import rules
from beffroi.garde.violations.models import Suite, Touche, Violation
from beffroi.garde.violations.permissions import ACTES
from beffroi.garde.violations.rules import Compte, Situation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import exiger_chez
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from droit.decision import Motif

Sorte = Suite.Sorte


def chez_l_adherent(personne: Utilisateur, siret: str, le: datetime) -> Organisme:
    habilitation = exiger_chez(personne, siret, "lire_les_violations_qui_nous_touchent", ACTES, le)
    return habilitation.organisme


def violations() -> QuerySet[Violation]:
    """La dernière connue d'abord."""
    return Violation.objects.prefetch_related("suites__par", "touches__organisme")


def violation(reference: str) -> Violation:
    trouvee = violations().select_related("declaree_par").filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def situation(violation: Violation) -> Situation:
    """Ce que ses suites disent ; la dernière raison donnée est celle qui compte."""
    suites = list(violation.suites.all())
    sortes = {suite.sorte for suite in suites}
    cas = [suite.cas for suite in suites if suite.sorte == Sorte.SANS_COMMUNICATION]
    return Situation(
        responsable=violation.responsable,
        sous_traitant=violation.sous_traitant,
        risque=violation.risque,
        notifiee=Sorte.NOTIFICATION in sortes,
        notification_ecartee=Sorte.SANS_NOTIFICATION in sortes,
        communiquee=Sorte.COMMUNICATION in sortes,
        cas=cas[-1] if cas else "",
        adherents_prevenus=len(violation.touches.all()),
    )


@dataclass(frozen=True)
class Ligne:
    """Une violation, son compte à rebours s'il court, ce qui reste dû."""

    violation: Violation
    compte: Compte | None
    reste: tuple[Motif, ...]
    notification: Suite | None
    a_temps: bool


def ligne(violation: Violation, *, le: datetime) -> Ligne:
    actuelle = situation(violation)
    court = violation.est_ouverte and rules.notification_attendue(actuelle)
    notification = next(
        (suite for suite in violation.suites.all() if suite.sorte == Sorte.NOTIFICATION), None
    )
    limite = rules.compte_a_rebours(connue_le=violation.connue_le, le=le)
    return Ligne(
        violation,
        limite if court else None,
        rules.reste_a_faire(actuelle) if violation.est_ouverte else (),
        notification,
        notification is not None and notification.faite_le <= limite.limite,
    )


def lignes(violations: Iterable[Violation], *, le: datetime) -> list[Ligne]:
    return [ligne(une, le=le) for une in violations]


def ouvertes(le: datetime) -> list[Ligne]:
    return lignes(en_cours(), le=le)


@prete
def en_cours() -> QuerySet[Violation]:
    return violations().filter(etat=Violation.Etat.OUVERTE)


def permises(habilitation: Habilitation) -> dict[str, bool]:
    return {acte: permet(habilitation, acte, ACTES) for acte in ACTES}


def a_prevenir(violation: Violation) -> QuerySet[Organisme]:
    """Les organismes servis que cette violation n'a pas encore nommés, partis compris :
    leurs données sont encore là.
    """
    return Organisme.objects.filter(role=Organisme.Role.ACHETEUR).exclude(
        pk__in=violation.touches.values("organisme")
    )


def touches_de(organisme: Organisme) -> QuerySet[Touche]:
    """Les violations qui touchent cet organisme, la dernière d'abord.

    Jamais les autres adhérents.
    """
    lues = Touche.objects.filter(organisme=organisme).select_related("violation")
    return lues.prefetch_related("violation__suites").order_by("-prevenu_le", "-pk")


def precisions(violation: Violation) -> list[Suite]:
    """Ce qui s'est appris depuis, que l'adhérent doit savoir aussi."""
    return [suite for suite in violation.suites.all() if suite.sorte == Sorte.PRECISION]
