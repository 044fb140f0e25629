"""La consultation technique : la plateforme y dépose pour s'éprouver.

Personne n'y achète, personne ne l'ouvrira (ADR 0039).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations import queries
from beffroi.achat.consultations.models import Consultation, EntrepriseInvitee
from beffroi.achat.consultations.services.publication import publier_les_cles
from beffroi.personnes.cles.services.sans_lecteur import deposer_paire_sans_lecteur
from beffroi.personnes.cles.signature import Usage
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser

TITRE = "Consultation technique : dépôts d'essai de la plateforme"
OBJET = (
    "Aucun achat : la plateforme y dépose une réponse scellée pour vérifier que l'on peut déposer."
)


@dataclass(frozen=True)
class Deposante:
    """L'entreprise de la sonde, seule à connaître cette consultation."""

    siret: str
    nom: str
    personne: Utilisateur


@transaction.atomic
def ouvrir_la_technique(
    *, organisme: Organisme, deposante: Deposante, limite: datetime, maintenant: datetime
) -> Consultation:
    """Ouvre la consultation technique, une fois ; ses clés n'ont pas de lecteur."""
    organisme = verrouiller(organisme)
    deja = queries.technique()
    if deja is not None:
        return deja
    reference, par = reference_opaque("T", 8), deposante.personne.acteur
    paires = {
        f"cle_{sorte}": deposer_paire_sans_lecteur(
            organisme=organisme,
            usage=Usage(reference, sorte, "standard", limite),
            par=par,
            maintenant=maintenant,
        )
        for sorte in ("candidature", "offre")
    }
    # Une concession : toutes les réponses comptent, aucune n'en remplace une autre (CE, n° 454801).
    consultation = Consultation.toutes.create(
        reference=reference,
        organisme=organisme,
        titre=TITRE,
        objet=OBJET,
        nature=Consultation.Nature.CONCESSION,
        etat=Consultation.Etat.PUBLIEE,
        date_limite_remise=limite,
        redigee_par=deposante.personne,
        creee_le=maintenant,
        publiee_le=maintenant,
        technique=True,
        **paires,
    )
    EntrepriseInvitee.objects.create(
        consultation=consultation,
        siret=deposante.siret,
        nom=deposante.nom,
        courriel=deposante.personne.courriel,
    )
    _journaliser(consultation, "consultation.ouvrir_la_technique", par=par, maintenant=maintenant)
    publier_les_cles(consultation, par=par, maintenant=maintenant)
    return consultation


@transaction.atomic
def repousser_la_technique(
    *, consultation: Consultation, limite: datetime, par: Acteur, maintenant: datetime
) -> Consultation:
    """Repousse l'heure limite de la consultation technique : elle reçoit toujours."""
    consultation = verrouiller(consultation, avec=("organisme",))
    if not consultation.technique or (consultation.date_limite_remise or limite) >= limite:
        return consultation
    consultation.date_limite_remise = limite
    consultation.save(update_fields=["date_limite_remise"])
    _journaliser(
        consultation, "consultation.repousser_la_technique", par=par, maintenant=maintenant
    )
    return consultation


def _journaliser(
    consultation: Consultation, acte: str, *, par: Acteur, maintenant: datetime
) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"date_limite": consultation.limite.isoformat()},
    )
