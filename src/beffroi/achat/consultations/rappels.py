"""Rappeler d'essayer sa clé avant l'heure limite.

La ronde repasse sans cesse : un courriel par échéance et par personne.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ouvreurs import Ouvreur, ouvreurs_de
from beffroi.achat.consultations.rules.rappels import RAPPELS_D_ESSAI, rappel_en_cours
from beffroi.personnes.cles.rules import Disposition
from beffroi.socle.fondations.services import ecrire_courriel
from formats import dates

RAISONS = {
    Disposition.JAMAIS_ESSAYEE: "Votre clé n'a pas encore été essayée pour cette consultation.",
    Disposition.A_REFAIRE: "Votre dernier essai a plus de 90 jours : une phrase s'oublie.",
    Disposition.INCOMPLETE: (
        "Votre clé n'est pas terminée : il lui manque une façon de s'ouvrir, ou le code recopié."
    ),
}


def rappeler_les_essais(le: datetime) -> None:
    """Ronde : à J−7 et J−2, écrit à chaque personne qui ne saurait pas ouvrir aujourd'hui."""
    proches = Consultation.toutes.filter(
        etat=Consultation.Etat.PUBLIEE,
        date_limite_remise__gt=le,
        date_limite_remise__lte=le + max(RAPPELS_D_ESSAI),
    )
    consultations = {consultation.pk: consultation for consultation in proches}
    for pk, ouvreurs in ouvreurs_de(list(consultations.values()), le).items():
        echeance = rappel_en_cours(limite=consultations[pk].limite, maintenant=le)
        for ouvreur in ouvreurs:
            if echeance and ouvreur.a_essayer:
                with transaction.atomic():
                    _ecrire(consultations[pk], ouvreur, echeance=echeance, le=le)


def _ecrire(
    consultation: Consultation, ouvreur: Ouvreur, *, echeance: timedelta, le: datetime
) -> None:
    limite = consultation.limite
    page = (
        "/cles/"
        if ouvreur.disposition == Disposition.INCOMPLETE
        else f"/cles/canari/{ouvreur.part}/"
    )
    ecrire_courriel(
        # L'heure limite est dans la clé : une prolongation rappelle de nouveau.
        cle=f"rappel-essai:{consultation.reference}:{ouvreur.personne.reference}"
        f":{limite.isoformat()}:{echeance.days}",
        destinataire=ouvreur.personne.courriel,
        sujet=f"Essayez votre clé avant l'ouverture : {consultation.titre}",
        texte=(
            f"Bonjour {ouvreur.personne.nom},\n\n"
            f"Vous ouvrirez les réponses à la consultation {consultation.reference}, "
            f"« {consultation.titre} ».\n"
            f"L'heure limite est le {dates.jour_et_heure(limite)}.\n"
            f"{RAISONS[ouvreur.disposition]}\n\n"
            f"Essayez-la maintenant, cela dure une minute : {settings.ADRESSE_PUBLIQUE}{page}\n"
            "Phrase oubliée, appareil perdu ? Le code de secours suffit : "
            f"{settings.ADRESSE_PUBLIQUE}/cles/perdue/\n"
        ),
        maintenant=le,
    )
