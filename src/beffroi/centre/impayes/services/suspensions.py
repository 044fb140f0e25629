"""Contester une somme, y répondre : entre les deux, les délais s'arrêtent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.impayes.models import SuspensionDImpaye
from beffroi.centre.impayes.rules import preuves
from beffroi.centre.recettes.lecture import reste_du
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

Origine = SuspensionDImpaye.Origine


@transaction.atomic
def contester(
    *, contribution: Contribution, motif: str, par: Utilisateur, maintenant: datetime
) -> SuspensionDImpaye:
    """L'adhérent conteste la somme.

    La bonne foi est présumée (code civil, art. 2274) : les délais s'arrêtent ce jour.
    """
    contribution = verrouiller(contribution, avec=("exercice",))
    jour, siennes = _jour(maintenant), contribution.suspensions
    exiger(
        preuves.peut_contester(
            appelee=contribution.emise_le is not None,
            reste_du=reste_du(contribution, le=jour) > 0,
            deja=siennes.filter(origine=Origine.ADHERENT).exists(),
            en_cours=siennes.filter(fin=None).exists(),
        )
    )
    return _arreter(contribution, Origine.ADHERENT, motif, du=jour, par=par, maintenant=maintenant)


@transaction.atomic
def suspendre(
    *, contribution: Contribution, motif: str, du: date, par: Utilisateur, maintenant: datetime
) -> SuspensionDImpaye:
    """Une contestation arrivée par lettre ou par téléphone : le centre la note, à sa date."""
    contribution = verrouiller(contribution, avec=("exercice",))
    exiger(preuves.motivee(motif))
    emise = _jour(contribution.emise_le) if contribution.emise_le else date.max
    exiger(preuves.arret_recevable(du=du, emise=emise, aujourd_hui=_jour(maintenant)))
    if reste_du(contribution, le=_jour(maintenant)) <= 0:
        raise ConflitEtat("Cette somme est payée : il n'y a plus rien à contester ici.")
    if contribution.suspensions.filter(fin=None).exists():
        raise ConflitEtat("Une contestation est déjà notée, et attend sa réponse.")
    return _arreter(contribution, Origine.CENTRE, motif, du=du, par=par, maintenant=maintenant)


@dataclass(frozen=True)
class Reponse:
    """Ce que le centre répond. Fondée, la somme se corrige par un avoir, dans les contributions."""

    issue: str
    texte: str


@transaction.atomic
def repondre(
    *, suspension: SuspensionDImpaye, reponse: Reponse, par: Utilisateur, maintenant: datetime
) -> SuspensionDImpaye:
    """Répond une fois, et motive. Les délais reprennent ce jour, là où ils s'étaient arrêtés."""
    suspension = verrouiller(suspension, avec=("contribution",))
    exiger(preuves.motivee(reponse.texte))
    if suspension.fin is not None:
        raise ConflitEtat("Cette contestation a déjà sa réponse. Rechargez la page.")
    suspension.fin, suspension.issue, suspension.reponse = (
        _jour(maintenant),
        reponse.issue,
        reponse.texte.strip(),
    )
    suspension.repondue_par, suspension.repondue_le = par, maintenant
    suspension.save(update_fields=["fin", "issue", "reponse", "repondue_par", "repondue_le"])
    _journaliser("impaye.repondre", suspension, par=par, le=maintenant)
    return suspension


def _arreter(
    contribution: Contribution,
    origine: str,
    motif: str,
    *,
    du: date,
    par: Utilisateur,
    maintenant: datetime,
) -> SuspensionDImpaye:
    suspension = SuspensionDImpaye.objects.create(
        contribution=contribution,
        origine=origine,
        motif=motif.strip(),
        du=du,
        ecrite_par=par,
        ecrite_le=maintenant,
    )
    _journaliser("impaye.contester", suspension, par=par, le=maintenant)
    return suspension


def _journaliser(
    acte: str, suspension: SuspensionDImpaye, *, par: Utilisateur, le: datetime
) -> None:
    journaliser(
        acte,
        sujet=suspension.contribution.reference,
        organisme=suspension.contribution.siret,
        par=par.acteur,
        le=le,
        donnees={
            "suspension": suspension.reference,
            "du": suspension.du.isoformat(),
            "issue": suspension.issue,
        },
    )


def _jour(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()
