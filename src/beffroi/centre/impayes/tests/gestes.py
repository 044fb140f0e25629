"""Mener un impayé jusqu'où un essai en a besoin, par les services."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.services import receptions
from beffroi.centre.contributions.tests import gestes as contributions
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests.gestes import decider_de_tout
from beffroi.centre.impayes.models import Defaut, SuspensionDImpaye
from beffroi.centre.impayes.services import decisions, etapes, suspensions
from beffroi.centre.impayes.services.dossier import Reception
from beffroi.centre.recettes.services.paiements import Encaissement, encaisser
from beffroi.centre.recettes.services.titres import Note, noter_un_titre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME

RECU = date(2027, 1, 5)
ECHEANCE, RELANCE = date(2027, 2, 4), date(2027, 3, 6)
MISE_EN_DEMEURE, RECEPTION = date(2027, 3, 22), date(2027, 3, 25)
DECISION, NOTIFICATION = date(2027, 4, 25), date(2027, 4, 28)
PREUVE = Fichier("avis de réception.pdf", b"%PDF-1.7 un avis")
MOTIF = "La commune n'a ni payé, ni répondu au rappel et à la mise en demeure."


def midi(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, 11, tzinfo=UTC)


def une_impayee(rang: int, fanny: Utilisateur, olivier: Utilisateur) -> Contribution:
    """Une commune de 420 agents, appelée de 250 € et qui a reçu son appel le 5 janvier 2027."""
    decider_de_tout(fanny)
    qui = contributions.sous_convention(rang, courriel="mairie@commune.example", volume_estime=4)
    ouvrir_un_organisme(qui)
    actes = ("figer", "simuler", "preparer", "valider", "emettre")
    contributions.mener(2027, *actes, par=fanny, ordonnateur=olivier)
    contribution = receptions.noter_la_reception(
        contribution=contributions.ligne(qui), le=RECU, par=fanny, maintenant=midi(RECU)
    )
    note = Note(
        exercice=2027, numero=117 + rang, emis_le=RECU, montant=contribution.montant or Decimal(0)
    )
    noter_un_titre(contribution=contribution, note=note, par=fanny, maintenant=midi(RECU))
    return contribution


def ouvrir_un_organisme(adherent: Adherent) -> Organisme:
    organisme = creer_organisme(
        nom=adherent.nom, siret=adherent.siret, par=PLATEFORME, maintenant=midi(date(2026, 1, 2))
    )
    Adherent.objects.filter(pk=adherent.pk).update(organisme=organisme)
    return organisme


def relancee(contribution: Contribution, par: Utilisateur, *, le: date = RELANCE) -> Defaut:
    return etapes.relancer(contribution=contribution, par=par, maintenant=midi(le))


def demeure_envoyee(
    contribution: Contribution, par: Utilisateur, *, le: date = MISE_EN_DEMEURE
) -> Defaut:
    return etapes.mettre_en_demeure(
        defaut=relancee(contribution, par), par=par, maintenant=midi(le)
    )


def reception(recue: date = RECEPTION, **reste: object) -> Reception:
    return Reception(**{"recue_le": recue, "preuve": PREUVE, **reste})  # type: ignore[arg-type]


def en_demeure(contribution: Contribution, par: Utilisateur) -> Defaut:
    return etapes.noter_la_reception(
        defaut=demeure_envoyee(contribution, par),
        reception=reception(),
        par=par,
        maintenant=midi(RECEPTION + timedelta(days=2)),
    )


def l_ordonnateur() -> Utilisateur:
    """Celui qui décide, jamais celle qui propose."""
    return Utilisateur.objects.get(nom="Olivier Prud'homme")


def proposee(
    defaut: Defaut,
    par: Utilisateur,
    *,
    acte: str = "decider_le_blocage",
    motif: str = MOTIF,
    le: date = DECISION,
) -> Defaut:
    decisions.proposer(defaut=defaut, acte=acte, motif=motif, par=par, maintenant=midi(le))
    return defaut


def decidee(
    contribution: Contribution, par: Utilisateur, *, acte: str = "decider_le_blocage"
) -> Defaut:
    """Par elle proposée, par l'ordonnateur décidée."""
    return decisions.decider(
        defaut=proposee(en_demeure(contribution, par), par, acte=acte),
        acte=acte,
        motif=MOTIF,
        par=l_ordonnateur(),
        maintenant=midi(DECISION),
    )


def notifiee(
    contribution: Contribution, par: Utilisateur, *, acte: str = "decider_le_blocage"
) -> Defaut:
    return decisions.notifier(
        defaut=decidee(contribution, par, acte=acte),
        reception=reception(NOTIFICATION),
        par=par,
        maintenant=midi(NOTIFICATION),
    )


def payer(
    contribution: Contribution, par: Utilisateur, *, le: date, montant: Decimal | None = None
) -> None:
    """Ce qui est encaissé de son titre : tout, sauf si l'on dit moins."""
    titre = contribution.titres.get(annule_le=None)
    recu = Encaissement(f"P503-{titre.numero}", le, montant or titre.montant)
    encaisser(titre=titre, encaissement=recu, par=par, maintenant=midi(le))


def contestee(contribution: Contribution, par: Utilisateur, *, le: date) -> SuspensionDImpaye:
    return suspensions.contester(
        contribution=contribution,
        motif="Deux consultations comptées deux fois.",
        par=par,
        maintenant=midi(le),
    )


def repondue(suspension: SuspensionDImpaye, par: Utilisateur, *, le: date) -> SuspensionDImpaye:
    reponse = suspensions.Reponse(
        SuspensionDImpaye.Issue.REJETEE, "Les deux consultations sont distinctes."
    )
    return suspensions.repondre(
        suspension=suspension, reponse=reponse, par=par, maintenant=midi(le)
    )
