"""Ce qui s'écrit d'une consultation :
à qui la prépare ou la valide, où elle en est ; à qui l'ouvrira, d'essayer sa clé.
"""

from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ouvreurs import Ouvreur
from beffroi.personnes.cles.models import PartDeCle
from beffroi.personnes.cles.rules import Disposition
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a
from formats import dates

RAISONS = {
    Disposition.JAMAIS_ESSAYEE: "Votre clé n'a pas encore été essayée pour cette consultation.",
    Disposition.A_REFAIRE: "Votre dernier essai a plus de 90 jours : une phrase s'oublie.",
    Disposition.INCOMPLETE: (
        "Votre clé n'est pas terminée : il lui manque une façon de s'ouvrir, ou le code recopié."
    ),
}


def donner_a_voir(
    consultation: Consultation,
    personne: Utilisateur,
    *,
    cle: str,
    sujet: str,
    phrase: str,
    page: str,
    maintenant: datetime,
) -> None:
    """Ce qui arrive à la consultation, et la page où la personne la trouve."""
    ecrire_a(
        personne.courriel,
        cle=cle,
        sujet=f"{sujet} : {consultation.titre}",
        gabarit="consultations/courriels/a_voir.txt",
        contexte={
            "personne": personne,
            "consultation": consultation,
            "phrase": phrase,
            "page": f"{lien_vers('consultations:fiche', consultation.reference)}{page}/",
        },
        maintenant=maintenant,
    )


def demander_l_essai(consultation: Consultation, part: PartDeCle, *, maintenant: datetime) -> None:
    """Chacun fait l'essai de sa clé sur son propre appareil : le courriel le lui demande."""
    personne = part.identite.utilisateur
    ecrire_a(
        personne.courriel,
        cle=f"essai-{part.reference}",
        sujet=f"Essayez votre clé : {consultation.titre}",
        gabarit="consultations/courriels/essai.txt",
        contexte={
            "personne": personne,
            "consultation": consultation,
            "page": lien_vers("cles:canari", part.reference),
        },
        maintenant=maintenant,
    )


def rappeler_l_essai(
    consultation: Consultation, ouvreur: Ouvreur, *, echeance: timedelta, maintenant: datetime
) -> None:
    """L'heure limite est dans la clé : une prolongation rappelle de nouveau."""
    personne, limite = ouvreur.personne, consultation.limite
    a_finir = ouvreur.disposition == Disposition.INCOMPLETE
    page = lien_vers("cles:ma_cle") if a_finir else lien_vers("cles:canari", ouvreur.part)
    ecrire_a(
        personne.courriel,
        cle=f"rappel-essai:{consultation.reference}:{personne.reference}"
        f":{limite.isoformat()}:{echeance.days}",
        sujet=f"Essayez votre clé avant l'ouverture : {consultation.titre}",
        gabarit="consultations/courriels/rappel_d_essai.txt",
        contexte={
            "personne": personne,
            "consultation": consultation,
            "limite": dates.jour_et_heure(limite),
            "raison": RAISONS[ouvreur.disposition],
            "page": page,
            "perdue": lien_vers("cles:perdue"),
        },
        maintenant=maintenant,
    )
