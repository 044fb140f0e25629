"""Notifier chaque titulaire : lié le jour où il la reçoit ;
le contrat entier prend effet quand le dernier l'a reçue.
"""

from datetime import date, datetime

from django.db import transaction

from beffroi.contrat.engagements import queries, rules
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.contrat.marches.services.contrats import Tenant, noter
from beffroi.contrat.marches.services.notification import a_notifier, poster, prendre_effet
from beffroi.contrat.marches.services.pieces import Fichier, empreintes, garder
from beffroi.contrat.marches.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from formats.dates import PARIS

SIGNES = (Etat.SIGNE, Etat.TRANSMIS)
TEXTE = (
    "Bonjour,\n\nNous vous notifions l'accord-cadre n° {numero}, « {objet} » : "
    "votre acte d'engagement, signé des deux "
    "parties, est joint à ce message. Il vous engage le jour où vous le recevez (code de la "
    "commande publique, art. "
    "R. 2182-5). L'accord-cadre a d'autres titulaires : "
    "il prend effet pour tous quand le dernier a reçu le sien.\n\n{acheteur}"
)


@transaction.atomic
def envoyer_les_notifications(
    *, marche: Marche, par: Utilisateur, maintenant: datetime
) -> list[Engagement]:
    """Un courrier à chacun, avec son acte seul : aucun ne lit celui d'un autre."""
    marche = _a_notifier(marche, maintenant.astimezone(PARIS).date(), maintenant=maintenant)
    a_prevenir = [
        e for e in queries.engagements_de(marche) if e.envoyee_le is None and e.recue_le is None
    ]
    if not a_prevenir:
        raise ConflitEtat(
            "Toutes les notifications sont parties. "
            "Elles se suivent dans les courriers de la consultation."
        )
    for engagement in a_prevenir:
        _envoyer(engagement, marche, par=par, maintenant=maintenant)
    return a_prevenir


def _envoyer(
    engagement: Engagement, marche: Marche, *, par: Utilisateur, maintenant: datetime
) -> None:
    signe = engagement.exemplaire_signe
    if signe is None:
        raise ConflitEtat(f"L'acte de {engagement.nom} n'est pas signé des deux parties.")
    qui = Tenant(engagement.siret, engagement.nom)
    engagement.notification = poster(
        marche, qui, signe, texte=TEXTE, par=par, maintenant=maintenant
    )
    engagement.envoyee_le = maintenant.astimezone(PARIS).date()
    engagement.save(update_fields=["notification", "envoyee_le"])
    donnees: dict[str, object] = {
        "engagement": engagement.reference,
        "titulaire": engagement.siret,
        "exemplaire": engagement.notification.reference,
    }
    noter("envoyer_la_notification", marche, par=par.acteur, le=maintenant, donnees=donnees)


@transaction.atomic
def noter_la_reception(
    *, engagement: Engagement, recue_le: date, preuve: Fichier, par: Acteur, maintenant: datetime
) -> Engagement:
    """Notifié hors de la messagerie : le jour se recopie de la preuve."""
    marche = _a_notifier(engagement.marche, recue_le, maintenant=maintenant)
    engagement = verrouiller(engagement)
    if engagement.recue_le is not None:
        raise ConflitEtat(f"La réception de {engagement.nom} est déjà notée.")
    piece = garder(marche, PieceDuMarche.Sorte.NOTIFICATION, preuve, maintenant=maintenant)
    return _recevoir(
        engagement, marche, recue_le, pieces=empreintes(piece), par=par, maintenant=maintenant
    )


@transaction.atomic
def constater_la_lecture(*, engagement: Engagement, maintenant: datetime) -> Engagement:
    """Le titulaire a lu : sa première lecture est le jour de sa réception."""
    marche = verrouiller(engagement.marche, avec=("organisme", "consultation", "lot"))
    engagement = verrouiller(engagement, avec=("notification",))
    lu = engagement.notification.lu_le if engagement.notification else None
    if marche.etat not in SIGNES or engagement.recue_le is not None or lu is None:
        return engagement
    jour = lu.astimezone(PARIS).date()
    return _recevoir(engagement, marche, jour, pieces={}, par=PLATEFORME, maintenant=maintenant)


def _a_notifier(marche: Marche, recue_le: date, *, maintenant: datetime) -> Marche:
    marche = a_notifier(marche, recue_le, maintenant=maintenant)
    if marche.etat not in SIGNES:
        raise ConflitEtat(
            "Ce contrat n'est pas à notifier. Rechargez la page pour voir où il en est."
        )
    return marche


def _recevoir(
    engagement: Engagement,
    marche: Marche,
    recue_le: date,
    *,
    pieces: dict[str, str],
    par: Acteur,
    maintenant: datetime,
) -> Engagement:
    engagement.recue_le = recue_le
    engagement.save(update_fields=["recue_le"])
    donnees: dict[str, object] = {
        "engagement": engagement.reference,
        "titulaire": engagement.siret,
        "recue_le": recue_le.isoformat(),
        "pieces": pieces,
    }
    noter("recevoir_la_notification", marche, par=par, le=maintenant, donnees=donnees)
    effet = rules.tous([etape.recue_le for etape in queries.etapes_de(marche)])
    if effet:
        prendre_effet(marche, effet, par=par, maintenant=maintenant, pieces=pieces)
    return engagement
