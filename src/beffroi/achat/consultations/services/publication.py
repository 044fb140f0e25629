"""Publier, renoncer, constater la clôture : les actes qui engagent l'acheteur."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations import ports, queries
from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationPubliee,
    RenonciationDecidee,
)
from beffroi.achat.consultations.models import ChangementPublie, Consultation
from beffroi.achat.consultations.rules import heure_limite
from beffroi.achat.consultations.rules import publication as rules
from beffroi.achat.consultations.services.dossier import enfiler_l_archive
from beffroi.personnes.cles import services as cles
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir


@transaction.atomic
def publier_consultation(
    *,
    consultation: Consultation,
    par: Acteur,
    maintenant: datetime,
    heure_dite: datetime | None = None,
) -> Consultation:
    """Rend la consultation publique, avec ses documents et ses clés,
    pour toujours (CCP, art. R. 2132-2).

    `heure_dite` : celle que la personne avait programmée ;
    la date de publication reste celle d'aujourd'hui.
    """
    consultation = verrouiller(consultation)
    exiger_de_publier(consultation, par=par, le=maintenant)
    consultation.pieces.update(publiee_le=maintenant)
    consultation = franchir(
        consultation,
        "publier",
        par=par,
        le=maintenant,
        donnees=_ce_qui_est_publie(consultation)
        | ({"heure_dite": heure_dite.isoformat()} if heure_dite else {}),
        publiee_le=maintenant,
        publication_prevue_le=heure_dite,
        publication_empechee_le=None,
        motif_d_empechement="",
    )
    publier_les_cles(consultation, par=par, maintenant=maintenant)
    enfiler_l_archive(consultation)
    evenements.publier(ConsultationPubliee(reference=consultation.reference, le=maintenant))
    return consultation


def publier_les_cles(consultation: Consultation, *, par: Acteur, maintenant: datetime) -> None:
    for paire in consultation.paires_de_cles.values():
        cles.publier_la_cle(
            paire=paire, consultation=consultation.reference, par=par, maintenant=maintenant
        )


def exiger_de_publier(consultation: Consultation, *, par: Acteur, le: datetime) -> None:
    """Tout ce qui doit être vrai à l'instant où la consultation devient publique."""
    exiger(
        rules.peut_publier(
            a_deux=consultation.organisme.publication_a_deux,
            redacteur=consultation.redigee_par.reference,
            publieur=par.reference,
        )
    )
    exiger(rules.peut_etre_publiee(queries.faits_de_publication(consultation, le)))
    exiger(ports.attente_du_joue(consultation, maintenant=le))


def _ce_qui_est_publie(consultation: Consultation) -> dict[str, Any]:
    """Ce que le journal retient : l'heure limite, les documents, les clés ;
    qui les change ensuite se voit.
    """
    candidature, offre, limite = (
        consultation.cle_candidature,
        consultation.cle_offre,
        consultation.date_limite_remise,
    )
    if candidature is None or offre is None or limite is None:
        raise ValueError("La règle a laissé passer une consultation incomplète.")
    documents = [
        {
            "document": piece.reference,
            "nom": piece.nom,
            "taille": piece.taille,
            "sha256": piece.sha256,
        }
        for piece in consultation.pieces.order_by("rang", "pk")
    ]
    return {
        "titre": consultation.titre,
        "date_limite": limite.isoformat(),
        "lots": list(consultation.lots.values_list("numero", flat=True)),
        "documents": documents,
        "politique": consultation.politique_de_cles,
        "cles": {
            "candidature": {
                "empreinte": candidature.empreinte,
                "destinataire": candidature.destinataire,
            },
            "offre": {"empreinte": offre.empreinte, "destinataire": offre.destinataire},
        },
    }


@transaction.atomic
def declarer_sans_suite(
    *, consultation: Consultation, motif: str, par: Acteur, maintenant: datetime
) -> Consultation:
    """Renonce à la procédure, en disant pourquoi (CCP, art. R. 2185-1 et R. 2185-2)."""
    exiger(rules.peut_etre_declaree_sans_suite(motif=motif))
    consultation = verrouiller(consultation)
    evenements.publier(RenonciationDecidee(reference=consultation.reference, le=maintenant))
    annoncer(consultation, ChangementPublie.Sorte.SANS_SUITE, motif.strip(), maintenant=maintenant)
    consultation = franchir(
        consultation,
        "declarer_sans_suite",
        par=par,
        le=maintenant,
        donnees={"motif": motif.strip()},
        sans_suite_le=maintenant,
        motif_sans_suite=motif.strip(),
    )
    for paire in consultation.paires_de_cles.values():
        cles.retirer_paire(paire=paire, par=par, maintenant=maintenant)
    evenements.publier(
        ConsultationDeclareeSansSuite(
            reference=consultation.reference, motif=motif.strip(), le=maintenant
        )
    )
    return consultation


@transaction.atomic
def constater_la_cloture(
    *,
    consultation: Consultation,
    par: Acteur,
    maintenant: datetime,
    donnees: Mapping[str, Any] | None = None,
) -> Consultation:
    """Note que l'heure limite est passée.

    Rien n'en dépend : la clôture est un fait de dates (CCP, art. R. 2143-2).
    """
    consultation = verrouiller(consultation)
    exiger(heure_limite.delai_expire(limite=consultation.date_limite_remise, maintenant=maintenant))
    return franchir(
        consultation, "clore", par=par, le=maintenant, donnees=donnees, close_le=maintenant
    )


def annoncer(consultation: Consultation, sorte: str, texte: str, *, maintenant: datetime) -> None:
    """Ce que la page publique raconte depuis la publication."""
    ChangementPublie.objects.create(
        consultation=consultation, sorte=sorte, texte=texte[:500], le=maintenant
    )
