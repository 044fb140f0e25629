"""Ce que montrent la page des titulaires, pour l'acheteur, et celle d'un titulaire."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from beffroi.contrat.engagements import gestes, queries, rules
from beffroi.contrat.engagements.gestes import Geste, gestes_possibles
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.contrat.marches.states import Etat
from beffroi.socle.journal.models import Ecriture


@dataclass(frozen=True)
class Ligne:
    """Un titulaire : où il en est, ce qui reste, et ce qu'on peut y faire."""

    engagement: Engagement
    reste: str
    gestes: list[Geste]
    signer_ici: bool
    signataire: dict[str, Any] | None


def chacun(marche: Marche) -> dict[str, Any]:
    engagements = list(queries.engagements_de(marche))
    etapes = [queries.etape(engagement) for engagement in engagements]
    for engagement in engagements:
        engagement.marche = marche
    signataires = queries.signataires_confirmes(engagements)
    return {
        "marche": marche,
        "lignes": [
            _ligne(un, etapes, signataire=signataires.get(un.reference)) for un in engagements
        ],
        "a_envoyer": peut_envoyer(marche, engagements),
        "effet": rules.tous([etape.recue_le for etape in etapes]),
        "a_transmettre": marche.etat == Etat.SIGNE and queries.a_transmettre(marche),
    }


def _ligne(
    engagement: Engagement, etapes: list[rules.Etape], *, signataire: Ecriture | None
) -> Ligne:
    marche = engagement.marche
    reste = rules.reste(
        queries.etape(engagement), etapes, transmettre=queries.a_transmettre(marche)
    )
    return Ligne(
        engagement,
        "" if marche.etat == Etat.ABANDONNE else reste,
        gestes_possibles(engagement),
        gestes.acheteur_a_signer(engagement),
        {**signataire.donnees, "par": signataire.acteur_libelle} if signataire else None,
    )


def peut_envoyer(marche: Marche, engagements: list[Engagement]) -> bool:
    signe = marche.etat in (Etat.SIGNE, Etat.TRANSMIS) and not queries.a_transmettre(marche)
    attendent = any(e.envoyee_le is None and e.recue_le is None for e in engagements)
    return signe and attendent and marche.consultation_id is not None


def le_sien(engagement: Engagement) -> dict[str, Any]:
    """Son acte à lui, et rien des autres : ni leur nom, ni leur prix, ni leur nombre."""
    return {
        "engagement": engagement,
        "marche": engagement.marche,
        "piece": piece_lue(engagement),
        "etapes": etapes(engagement),
    }


def piece_lue(engagement: Engagement) -> PieceDuMarche | None:
    """L'exemplaire signé des deux parties se lit par la notification :
    avant, le titulaire ne relit que le sien.
    """
    piece: PieceDuMarche | None = (
        engagement.exemplaire_signe if engagement.recue_le else engagement.exemplaire_du_titulaire
    )
    return piece


def etapes(engagement: Engagement) -> list[tuple[str, date | None, str]]:
    """Le nom, le jour, et ce qui manque."""
    return [
        ("Signé par vous", engagement.titulaire_le, "À signer"),
        ("Signé par l'acheteur", engagement.acheteur_le, "Quand tous les titulaires ont signé"),
        (
            "Notification reçue : vous êtes engagé",
            engagement.recue_le,
            "Elle vous attend dans la messagerie"
            if engagement.envoyee_le
            else "Par la messagerie, ensuite",
        ),
        (
            "L'accord-cadre prend effet pour tous",
            engagement.marche.notifie_le,
            "Quand le dernier titulaire a reçu sa notification",
        ),
    ]
