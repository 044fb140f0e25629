"""Ce que le centre apprend d'un acte fait en ligne, sans que personne l'ait appelé."""

from beffroi.personnes.entreprises.events import AlarmeDonnee
from beffroi.reponse.depots.events import GesteConteste
from beffroi.service.assistance.models import Categorie
from beffroi.service.assistance.services.demandes import Saisie, signaler


def signaler_le_geste(evenement: GesteConteste) -> None:
    """« Ce n'est pas moi » : un compte est peut-être pris, et l'heure limite court."""
    contestation = evenement.contestation
    pli, geste = contestation.pli, contestation.geste
    signaler(
        saisie=Saisie(
            texte=(
                f"Le {geste} de la réponse {pli.reference} n'est pas le fait de mon équipe. "
                "Je l'ai contesté : elle reste déposée."
            ),
            cle=f"contestation/{contestation.pk}",
            categorie=Categorie.COMPTES,
            objet=pli.consultation.reference,
            sujet=f"Ce n'est pas moi : {geste} de {pli.reference}",
        ),
        par=contestation.contestee_par,
        maintenant=contestation.contestee_le,
    )


def signaler_l_alarme(evenement: AlarmeDonnee) -> None:
    """Une arrivée, un départ ou une adresse que l'équipe n'a pas voulus."""
    alarme = evenement.alarme
    fait, qui = alarme.fait.en_clair, alarme.membre.utilisateur
    signaler(
        saisie=Saisie(
            texte=(
                f"{fait.capitalize()} de {qui.nom} ({qui.reference}), équipe "
                f"{alarme.membre.equipe.reference}, n'est pas le fait de mon équipe."
            ),
            cle=alarme.cle,
            categorie=Categorie.COMPTES,
            sujet=f"Ce n'est pas moi : {fait} de {qui.nom}",
        ),
        par=alarme.personne,
        maintenant=evenement.le,
    )
