"""Ce que les écrans de la sélection montrent, prêt à l'emploi."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beffroi.achat.consultations.ceremonie import (
    donnees_de_la_ceremonie,
    membres_de_la_ceremonie,
)
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import rules as regles_des_tours
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import dernier_tour
from beffroi.choix.selection import queries, rules, services
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.rules import NOMBRE_DE_GARDIENS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import OuverturePli
from droit.calendrier import conseils
from droit.calendrier.heures import PARIS
from formats import dates


@dataclass(frozen=True)
class Lettre:
    """Une lettre à un candidat non retenu, écrite d'après la décision."""

    destinataire: str
    adresse: str
    objet: str
    paragraphes: tuple[str, ...]


def selection(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Les candidatures, leurs fichiers, et ce qui manque avant d'inviter."""
    recues = queries.candidatures(consultation)
    faits = queries.faits_de(consultation, recues)
    decider = rules.peut_decider(faits)
    return {
        "recues": recues,
        "fichiers": fichiers_de(consultation),
        "modifiable": decider.favorable,
        "raisons": decider.motifs,
        "sans_decision": faits.sans_decision,
        "retenues": faits.retenues,
        "invitees": faits.tours > 0,
        "avertissements": rules.assez_de_candidats(
            retenues=faits.retenues,
            procedure=consultation.procedure,
            acheteur=consultation.type_d_acheteur,
            le=le.astimezone(PARIS).date(),
        ).motifs
        if not faits.sans_decision and faits.retenues
        else (),
    }


def fichiers_de(consultation: Consultation) -> dict[str, list[Any]]:
    """Les fichiers ouverts de chaque candidature, par son récépissé."""
    ouvertes = OuverturePli.objects.filter(
        seance__consultation=consultation,
        enveloppe__sorte="candidature",
        etat=OuverturePli.Etat.OUVERTE,
    )
    return {
        ouverture.pli.reference: list(ouverture.fichiers.all())
        for ouverture in ouvertes.select_related("pli").prefetch_related("fichiers")
    }


def invitation(consultation: Consultation, *, par: Utilisateur, le: datetime) -> dict[str, Any]:
    """Qui sera invité, pourquoi on ne peut pas encore,
    et la première date qui laisse le délai entier.
    """
    recues = queries.candidatures(consultation)
    faits = queries.faits_de(consultation, recues)
    possible = rules.peut_inviter(faits, invitant=par.reference)
    return {
        "invitables": [candidature for candidature in recues if candidature.est_retenue],
        "rejetees": [candidature for candidature in recues if candidature.rejets],
        "refus": possible.motifs if not possible.favorable else (),
        "avertissements": selection(consultation, le=le)["avertissements"],
        "limite_conseillee": limite_conseillee(consultation, le=le),
    }


def limite_conseillee(consultation: Consultation, *, le: datetime) -> datetime:
    """La première heure calme après le délai ordinaire ; un mois s'il est libre."""
    jour = le.astimezone(PARIS).date()
    minimal = regles_des_tours.delai_minimal_des_offres(
        le=jour, procedure=consultation.procedure, acheteur=consultation.type_d_acheteur
    )
    depuis = (
        minimal.premier_jour_sur(jour)
        if minimal
        else jour.fromordinal(jour.toordinal() + conseils.JOURS_POUR_REPONDRE)
    )
    return conseils.limite_conseillee(depuis)


def lettres(consultation: Consultation) -> list[Lettre]:
    """Une lettre par candidat non retenu,
    ou retenu pour une partie des lots seulement (CCP, art. R. 2181-1).
    """
    return [
        Lettre(
            destinataire=candidature.pli.equipe.nom,
            adresse=candidature.pli.depose_par.courriel,
            objet=f"Consultation {consultation.reference} : votre candidature n'est pas retenue",
            paragraphes=tuple(paragraphes(consultation, candidature)),
        )
        for candidature in queries.candidatures(consultation)
        if candidature.rejets
    ]


def paragraphes(consultation: Consultation, candidature: queries.Candidature) -> list[str]:
    return [
        f"Vous avez présenté une candidature à la consultation {consultation.reference}, "
        f"« {consultation.titre} ». "
        f"Nous l'avons reçue le {dates.jour_et_heure(candidature.pli.recu_le)}, "
        f"récépissé {candidature.pli.reference}.",
        *(
            (
                f"Elle n'est pas retenue{f' pour le lot {lot}' if lot else ''}, "
                f"pour cette raison : {motif}"
            )
            for lot, motif in candidature.rejets
        ),
        "Vous pouvez nous écrire pour toute précision sur cette décision (CCP, art. R. 2181-1).",
        f"{consultation.organisme.nom}",
    ]


def tours(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Chaque tour, ses invités, et ce qu'il reste à en faire."""
    lignes = [un_tour(tour, le=le) for tour in queries.tours_de(consultation)]
    dernier = lignes[-1]["tour"] if lignes else None
    negociable = (
        dernier is not None
        and rules.peut_negocier(
            procedure=consultation.procedure,
            etat=consultation.etat,
            tour_ouvert=queries.est_ouvert(dernier),
            gardes=1,
        ).favorable
    )
    return {"lignes": lignes, "negociable": negociable}


def negociation(consultation: Consultation, *, par: Utilisateur) -> dict[str, Any]:
    """Qui est encore en lice, ce qui empêche de négocier, et de quoi créer la clé du tour."""
    dernier = dernier_tour(consultation)
    en_lice = queries.encore_en_lice(dernier) if dernier else []
    possible = rules.peut_negocier(
        procedure=consultation.procedure,
        etat=consultation.etat,
        tour_ouvert=dernier is not None and queries.est_ouvert(dernier),
        gardes=len(en_lice),
        lettres_parties=queries.lettres_parties(consultation, en_lice),
    )
    membres = membres_de_la_ceremonie(consultation)
    gardiens = cles.gardiens_prets()
    signataire = next((m["identite"] for m in membres if m["personne"] == par and m["prete"]), None)
    pretes = all(m["prete"] for m in membres) and len(gardiens) >= NOMBRE_DE_GARDIENS
    return {
        "en_lice": en_lice,
        "refus": () if possible.favorable else possible.motifs,
        "a_signer_par": [m["personne"] for m in membres if m["prete"]]
        if signataire is None
        else [],
        "cles_pretes": pretes,
        "donnees": {
            **donnees_de_la_ceremonie(consultation, membres, gardiens, signataire=signataire),
            "date_limite": services.usage_d_un_tour(consultation).date_limite_ecrite,
            "enveloppes": ["offre"],
        }
        if pretes and signataire is not None
        else None,
    }


def un_tour(tour: Tour, *, le: datetime) -> dict[str, Any]:
    en_cours = le <= tour.date_limite
    return {
        "tour": tour,
        "situation": queries.situation_du_tour(tour, le=le),
        "en_cours": en_cours,
        "a_ouvrir": not en_cours and not queries.est_ouvert(tour),
        "invitations": list(tour.invitations.all()),
    }
