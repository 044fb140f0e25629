"""Le recours aux gardiens : les prévenir, et le dire à chaque entreprise."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from beffroi.consultations.services import annoncer_le_recours_aux_gardiens
from beffroi.depots.models import Pli
from beffroi.journal.acteurs import Acteur
from beffroi.ouverture.models import Seance
from beffroi.ouverture.services.table import noter
from beffroi.socle.services import ecrire_courriel

AUX_ENTREPRISES = """Bonjour,

{acheteur} ne peut pas tourner ses propres clés. Les gardiens vont ouvrir les réponses à sa place.

Consultation : {titre} ({reference})
Votre récépissé : {recepisse}
Demande écrite : {demande}

Ce recours est inscrit au registre public. Vous n'avez rien à faire.
Si vous ne le comprenez pas, demandez des explications à l'acheteur.
"""
AUX_GARDIENS = """Bonjour,

{acheteur} ne peut plus tourner ses propres clés. Il vous demande d'ouvrir les réponses à sa place.

Consultation : {titre} ({reference})
Demande écrite : {demande}
Préside la séance : {presidence}

Rejoignez la séance : {adresse}

Avant de tourner votre clé, vérifiez la demande auprès de la personne qui l'a signée.
Il faut deux gardiens, chacun sur son appareil. Ce recours est inscrit au registre public.
"""


def annoncer_le_recouvrement(*, seance: Seance, par: Acteur, maintenant: datetime) -> None:
    """Le recours ne passe pas inaperçu : une écriture, la page publique, un courriel à chaque entreprise."""
    noter("gardiens.recours", seance=seance, par=par, le=maintenant, donnees={"demande": seance.demande_ecrite})
    annoncer_le_recours_aux_gardiens(consultation=seance.consultation, maintenant=maintenant)
    prevenir_les_entreprises(seance, maintenant=maintenant)
    appeler_les_gardiens(seance, maintenant=maintenant)


def prevenir_les_entreprises(seance: Seance, *, maintenant: datetime) -> None:
    consultation = seance.consultation
    plis = Pli.objects.filter(consultation=consultation).exclude(etat=Pli.Etat.RETIRE)
    destinataires = {pli.depose_par.courriel: pli for pli in plis.select_related("depose_par")}
    for courriel, pli in destinataires.items():
        ecrire_courriel(
            cle=f"gardiens/{seance.reference}/{courriel}",
            destinataire=courriel,
            sujet=f"Les gardiens des clés vont ouvrir la consultation {consultation.reference}",
            texte=AUX_ENTREPRISES.format(recepisse=pli.reference, **faits(seance)),
            maintenant=maintenant,
        )


def appeler_les_gardiens(seance: Seance, *, maintenant: datetime) -> None:
    """Ils ne sont pas de l'organisme acheteur : leur place à la table leur ouvre la séance, et elle seule."""
    adresse = settings.ADRESSE_PUBLIQUE + reverse("ouverture:seance", args=[seance.reference])
    for place in seance.participants.filter(gardien=True).select_related("utilisateur"):
        if place.utilisateur is None:
            continue
        ecrire_courriel(
            cle=f"gardien/{seance.reference}/{place.utilisateur.courriel}",
            destinataire=place.utilisateur.courriel,
            sujet=f"Votre clé de gardien est demandée pour la consultation {seance.consultation.reference}",
            texte=AUX_GARDIENS.format(adresse=adresse, presidence=seance.presidee_par, **faits(seance)),
            maintenant=maintenant,
        )


def faits(seance: Seance) -> dict[str, str]:
    consultation = seance.consultation
    return {
        "acheteur": consultation.organisme.nom,
        "titre": consultation.titre,
        "reference": consultation.reference,
        "demande": seance.demande_ecrite,
    }
