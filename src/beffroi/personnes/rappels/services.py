"""Régler ses notifications, écrire le résumé du matin, tenir l'agenda."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.rappels import queries, rules
from beffroi.personnes.rappels.models import EcheanceServie, Matin, Preferences
from beffroi.personnes.rappels.ports import Attendu, ce_qui_attend
from beffroi.socle.fondations import exploitant, horloge
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.agenda import Echeance

OCTETS_DU_SECRET = 32
MONTREES = 20


@transaction.atomic
def regler_le_resume(*, personne: Utilisateur, voulu: bool) -> None:
    """Arrêter ou reprendre le résumé du matin.

    Les courriels qu'un texte exige ne passent pas par ici.
    """
    Preferences.objects.update_or_create(utilisateur=personne, defaults={"resume_du_matin": voulu})


@transaction.atomic
def ouvrir_l_agenda(*, personne: Utilisateur, maintenant: datetime) -> str:
    """Un secret neuf, rendu ici une fois : l'ancien, s'il y en avait un, n'ouvre plus rien."""
    secret = secrets.token_urlsafe(OCTETS_DU_SECRET)
    valeurs = {"agenda": queries.empreinte_du_secret(secret), "agenda_cree_le": maintenant}
    Preferences.objects.update_or_create(utilisateur=personne, defaults=valeurs)
    journaliser("agenda.ouvrir", sujet=personne.reference, par=personne.acteur, le=maintenant)
    return secret


@transaction.atomic
def fermer_l_agenda(*, personne: Utilisateur, maintenant: datetime) -> None:
    """L'adresse de l'agenda n'ouvre plus rien, tout de suite."""
    ouvertes = Preferences.objects.filter(utilisateur=personne).exclude(agenda=None)
    if ouvertes.update(agenda=None, agenda_cree_le=None):
        journaliser("agenda.fermer", sujet=personne.reference, par=personne.acteur, le=maintenant)


@transaction.atomic
def commencer_le_matin(*, jour: date) -> int:
    """Confie à la file un résumé par personne.

    Le jour est unique : deux ouvriers n'en confient qu'une fois.
    """
    _, nouveau = Matin.objects.get_or_create(jour=jour)
    personnes = queries.a_resumer() if nouveau else []
    for personne in personnes:
        resumer.enqueue(personne.pk, jour.isoformat())
    return len(personnes)


@task()
def resumer(personne: int, jour: str) -> None:
    """Une tâche refaite n'écrit rien de plus.

    La file a pu la retenir : passé midi, elle n'écrit plus rien.
    """
    le, du_jour = horloge.maintenant(), date.fromisoformat(jour)
    trouvee = Utilisateur.objects.filter(pk=personne, est_actif=True).first()
    if trouvee is not None and rules.matin_en_cours(le) == du_jour:
        ecrire_le_resume(personne=trouvee, jour=du_jour, maintenant=le)


@transaction.atomic
def ecrire_le_resume(*, personne: Utilisateur, jour: date, maintenant: datetime) -> bool:
    """Ce qui attend la personne ce matin ; rien ne l'attend, rien ne part.

    La clé n'écrit qu'un courriel par jour.
    """
    attendus = (
        ce_qui_attend(personne, le=maintenant)
        if queries.preferences_de(personne).resume_du_matin
        else []
    )
    if attendus:
        ecrire_courriel(
            cle=f"a-faire:{personne.reference}:{jour.isoformat()}",
            destinataire=personne.courriel,
            sujet=_objet(attendus),
            texte=texte_du_resume(attendus),
            maintenant=maintenant,
        )
    return bool(attendus)


def _objet(attendus: Sequence[Attendu]) -> str:
    """« À faire : Ouvrir les réponses, et 2 autres »."""
    autres = len(attendus) - 1
    suite = f", et {autres} autre{'s' if autres > 1 else ''}" if autres else ""
    return f"À faire : {attendus[0].titre}{suite}"


def texte_du_resume(attendus: Sequence[Attendu]) -> str:
    adresse = str(settings.ADRESSE_PUBLIQUE).removesuffix("/")
    contexte = {
        "attendus": [
            {
                "titre": attendu.titre,
                "detail": attendu.detail,
                "quand": attendu.quand,
                "page": f"{adresse}{attendu.page}",
            }
            for attendu in attendus[:MONTREES]
        ],
        "autres": max(0, len(attendus) - MONTREES),
        "nombre": len(attendus),
        "tout": f"{adresse}/a-faire/",
        "regler": f"{adresse}{reverse('notifications:regler')}",
        "service": exploitant.service(),
    }
    return render_to_string("notifications/courriels/resume.txt", contexte)


@transaction.atomic
def echeances_de_l_agenda(personne: Utilisateur, *, maintenant: datetime) -> list[Echeance]:
    """Ce qui a une date à venir.

    Un identifiant qui ne change pas ; un numéro qui croît quand le reste change (RFC 5545).
    """
    verrouiller(personne)
    servies = {servie.cle: servie for servie in EcheanceServie.objects.filter(utilisateur=personne)}
    a_venir = [
        a
        for a in ce_qui_attend(personne, le=maintenant)
        if a.echeance is not None and a.echeance > maintenant
    ]
    return [
        _echeance(attendu, _tenir(personne, attendu, servies.get(attendu.cle), le=maintenant))
        for attendu in a_venir
    ]


def _tenir(
    personne: Utilisateur, attendu: Attendu, servie: EcheanceServie | None, *, le: datetime
) -> EcheanceServie:
    dit = (attendu.titre, attendu.detail, attendu.page, str(attendu.echeance))
    empreinte = hashlib.sha256("\n".join(dit).encode()).hexdigest()
    if servie is None:
        return EcheanceServie.objects.create(
            utilisateur=personne, cle=attendu.cle, empreinte=empreinte, ecrite_le=le
        )
    if servie.empreinte != empreinte:
        servie.empreinte, servie.sequence, servie.ecrite_le = empreinte, servie.sequence + 1, le
        servie.save(update_fields=["empreinte", "sequence", "ecrite_le"])
    return servie


def _echeance(attendu: Attendu, servie: EcheanceServie) -> Echeance:
    adresse = str(settings.ADRESSE_PUBLIQUE).removesuffix("/")
    assert attendu.echeance is not None
    return Echeance(
        identifiant=f"a-faire-{attendu.cle}@{urlsplit(adresse).hostname}",
        sequence=servie.sequence,
        instant=attendu.echeance,
        ecrite_le=servie.ecrite_le,
        titre=attendu.titre,
        texte=f"{attendu.detail}\n{adresse}{attendu.page}",
        adresse=f"{adresse}{attendu.page}",
    )
