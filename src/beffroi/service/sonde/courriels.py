"""Prévenir le centre :
trois essais manqués de suite, le retour à la normale, une horloge décalée.
"""

from datetime import datetime

from beffroi.service.sonde import queries
from beffroi.service.sonde.models import EcartDHorloge, Mesure
from beffroi.service.sonde.rules import Bascule
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun
from formats import dates

SUJETS = {
    Bascule.PANNE: "Déposer ne marche plus : trois essais manqués de suite",
    Bascule.RETOUR: "Déposer marche de nouveau",
}


def prevenir(mesure: Mesure, bascule: Bascule, *, maintenant: datetime) -> None:
    """Une fois à la panne, une fois au retour, à chaque technicien et administrateur du centre."""
    quand = dates.jour_et_heure(mesure.commencee_le)
    if bascule == Bascule.PANNE:
        dit = [
            f"Le dépôt d'essai du {quand} a échoué, comme les deux précédents.",
            f"Étape : {mesure.get_etape_display()}. {mesure.phrase}",
            (
                "Des entreprises ne peuvent sans doute plus déposer. Vérifiez le service, "
                "puis annoncez l'incident."
            ),
        ]
    else:
        dit = [
            (
                f"Le dépôt d'essai du {quand} a réussi. "
                "La liste des essais manqués est à la page de la sonde."
            )
        ]
    _ecrire(
        f"sonde-{bascule}:{mesure.commencee_le.isoformat()}",
        SUJETS[bascule],
        dit,
        maintenant=maintenant,
    )


def prevenir_de_l_horloge(ecart: EcartDHorloge, *, maintenant: datetime) -> None:
    """Une fois par jour et par horloge : l'heure d'un dépôt en dépend."""
    dit = [
        f"L'horloge du serveur s'écarte de {abs(ecart.ecart_ms or 0)} ms de {ecart.source} "
        f"(incertitude : {ecart.marge_ms} ms, seuil : {queries.seuil_ms()} ms).",
        (
            "L'heure de réception des réponses en dépend. "
            "Vérifiez la synchronisation du serveur (NTP)."
        ),
    ]
    cle = f"sonde-horloge:{ecart.source}:{maintenant.astimezone(dates.PARIS).date().isoformat()}"
    _ecrire(cle, "L'horloge du serveur est décalée", dit, maintenant=maintenant)


def _ecrire(cle: str, sujet: str, dit: list[str], *, maintenant: datetime) -> None:
    ecrire_a_chacun(
        queries.a_prevenir(maintenant),
        cle=f"{cle}:",
        sujet=sujet,
        gabarit="sonde/courriels/alarme.txt",
        contexte={"dit": dit, "page": lien_vers("disponibilite:supervision")},
        maintenant=maintenant,
    )
