"""« Mon entreprise » : les courriers des acheteurs."""

from datetime import datetime

from beffroi.choix.echanges.ecrans import FilAffiche, fils_affiches
from beffroi.choix.echanges.queries import fils_recus
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.ports import Element, Rubrique
from formats import dates

# Ce que « Mon entreprise » en montre ; le reste est sur sa propre page.
LIGNES = 5


def messages(membre: Membre, *, le: datetime) -> Rubrique:
    recus = list(fils_recus(membre.utilisateur)[:LIGNES])
    elements = [_message(affiche) for affiche in fils_affiches(recus, le=le)]
    vide = "Aucun acheteur ne vous a encore écrit. Un courriel vous préviendra."
    return Rubrique("messages", "Vos messages", "/messages/", "Tous vos messages", elements, vide)


def _message(affiche: FilAffiche) -> Element:
    consultation = affiche.fil.consultation
    precision = (
        f"{consultation.organisme}, {consultation.reference}, "
        f"dernier courrier le {dates.jour(affiche.le)}"
    )
    return Element(
        consultation.titre,
        f"/messages/{affiche.fil.reference}/",
        precision,
        affiche.etat.ton,
        affiche.etat.mot,
    )
