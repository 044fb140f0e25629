"""Une démonstration relancée plus tard :
ce qui courait encore est prolongé, ce qui est échu est publié de nouveau.

Un délai échu ne se rouvre pas (CCP, art. R. 2151-4), dans la démonstration non plus.
Les consultations que les personnes ont publiées elles-mêmes gardent leur heure limite.
"""

import logging
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import prolonger_le_delai
from beffroi.personnes.cles import queries as cles_publiees
from beffroi.reponse.depots.acces import jeton_de_reponse
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.services import commencer_reponse
from beffroi.socle.fondations.erreurs import ErreurMetier
from demo import marches
from demo.cles import cle_de, porteurs
from demo.peuplement import Troupe, retrouver

logger = logging.getLogger(__name__)

PARIS = ZoneInfo("Europe/Paris")
# Une consultation ouverte laisse au moins ce temps à qui essaie.
RESTE_AU_MOINS = timedelta(days=2)
# Les consultations ouvertes de l'histoire, dans l'ordre du récit,
# et le délai que chacune laisse pour répondre.
OUVERTES = ((marches.TOITURE, 6), (marches.TOITURE_EN_LOTS, 12))


def prochain_midi(le: datetime, *, dans: int) -> datetime:
    """Midi, heure de Paris, un mardi, mercredi ou jeudi, au moins `dans` jours plus tard."""
    jour = (le.astimezone(PARIS) + timedelta(days=dans)).date()
    while jour.weekday() not in (1, 2, 3):
        jour += timedelta(days=1)
    return datetime.combine(jour, time(12), PARIS)


def reprendre(recit: dict[str, Any], *, le: datetime) -> dict[str, Any]:
    """Le récit, avec des consultations où l'on peut répondre et une
    réponse qui attend ses fichiers.
    """
    troupe = retrouver()
    ouvertes = [
        garder_ouverte(reference, rang, troupe, le=le)
        for rang, reference in enumerate(recit["ouvertes"])
    ]
    sans_lot = Consultation.toutes.get(reference=ouvertes[0])
    garde = peut_recevoir(recit["televersement"]["reponse"], sans_lot, le=le)
    envoi = recit["televersement"] if garde else televersement(sans_lot, troupe, le=le)
    return {**recit, "ouvertes": ouvertes, "televersement": envoi}


def garder_ouverte(reference: str, rang: int, troupe: Troupe, *, le: datetime) -> str:
    """La référence de la consultation où répondre :
    la même, prolongée s'il le faut, ou celle qui la remplace.
    """
    consultation = Consultation.toutes.get(reference=reference)
    limite, publiee = consultation.limite, consultation.etat == Consultation.Etat.PUBLIEE
    if not publiee or limite <= le:
        return publier_de_nouveau(rang, troupe, le=le) or reference
    if limite < le + RESTE_AU_MOINS:
        prolonger_le_delai(
            consultation=consultation,
            nouvelle=prochain_midi(le, dans=6),
            motif="La démonstration reprend.",
            par=consultation.redigee_par.acteur,
            maintenant=le,
        )
    return reference


def publier_de_nouveau(rang: int, troupe: Troupe, *, le: datetime) -> str | None:
    """Le même achat, publié une nouvelle fois.

    Rien, en le disant, si ce que l'on a essayé ne le permet plus.
    """
    marche, dans = OUVERTES[rang]
    membres = tuple(membre for membre in marche.membres if a_sa_cle(membre, troupe))
    try:
        with transaction.atomic():
            neuve = marches.rediger(
                replace(marche, membres=membres), troupe, le=le, limite=prochain_midi(le, dans=dans)
            )
            return marches.publier(neuve, troupe, membres, le=le).reference
    except ErreurMetier as erreur:
        logger.warning("la démonstration n'a pas republié « %s » : %s", marche.titre, erreur)
        return None


def a_sa_cle(membre: str, troupe: Troupe) -> bool:
    """Cette personne tient-elle encore la clé que la démonstration lui avait donnée ?"""
    identite = cles_publiees.identite_en_cours(troupe.personnes[membre])
    cle = next(cle_de(porteur) for porteur in porteurs() if porteur.cle == membre)
    return identite is not None and identite.destinataire == cle.recipient.encode()


def televersement(consultation: Consultation, troupe: Troupe, *, le: datetime) -> dict[str, Any]:
    """Une réponse ouverte, prête à recevoir des parties, et les en-têtes à envoyer."""
    sophie = troupe.personnes["sophie"]
    brouillon = commencer_reponse(
        consultation=consultation,
        equipe=troupe.equipes["faitage"],
        lots=(),
        par=sophie,
        maintenant=le,
    )
    jeton = jeton_de_reponse(brouillon, sophie)
    return {"reponse": brouillon.reference, "entetes": {"Authorization": f"Bearer {jeton}"}}


def peut_recevoir(reponse: str, consultation: Consultation, *, le: datetime) -> bool:
    """Une réponse déjà déposée, effacée, ou d'une consultation échue n'attend plus de fichier."""
    return BrouillonDeReponse.objects.filter(
        reference=reponse, consultation=consultation, plis=None, expire_le__gt=le + RESTE_AU_MOINS
    ).exists()
