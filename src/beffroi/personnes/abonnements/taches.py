"""Les rondes : effacer ce qui n'a pas été confirmé, écrire le résumé du jour, retenir les refus."""

from datetime import datetime

from beffroi.personnes.abonnements import rules, services
from beffroi.personnes.abonnements.models import AdresseAbonnee
from beffroi.socle.fondations.outbox import CourrielRefuse

ADRESSES_PAR_RONDE = 200


def purger(le: datetime) -> None:
    """Ronde : sans confirmation, une adresse ne reste pas plus de 48 heures."""
    services.effacer_les_demandes(avant=le - rules.VIE_D_UNE_DEMANDE)


def envoyer_les_resumes(le: datetime) -> None:
    """Ronde : à partir de huit heures, un courriel par adresse qui a des nouvelles.

    Un retard n'en perd aucune.
    """
    jusqu_a = rules.dernier_resume(le)
    dues = AdresseAbonnee.objects.filter(
        suivis__nouvelles__ecrite_le__lt=jusqu_a, refusee_le=None
    ).distinct()
    for adresse in dues[:ADRESSES_PAR_RONDE]:
        services.ecrire_le_resume(adresse=adresse, jusqu_a=jusqu_a, maintenant=le)


def retenir_un_refus(refus: CourrielRefuse) -> None:
    """Une adresse refusée ne reçoit plus rien :
    insister ferait refuser les courriels des autres.
    """
    if refus.cle.startswith(services.CLES):
        services.noter_le_refus(courriel=refus.destinataire, le=refus.le)
