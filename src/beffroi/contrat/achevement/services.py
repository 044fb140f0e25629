"""Écrire l'avis d'attribution, établir le rapport de présentation, noter à qui il part."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement import queries, redaction
from beffroi.contrat.achevement.assemblage import assembler
from beffroi.contrat.achevement.models import (
    AnnonceDAttribution,
    CommunicationDuRapport,
    ContratAnnonce,
    RapportDePresentation,
)
from beffroi.contrat.achevement.rules import presentation as rules
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.services import ecrire_un_avis_d_attribution
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS
from formats.document import odt, pdf


@transaction.atomic
def ecrire_l_avis(
    *,
    consultation: Consultation,
    numeros: Sequence[int],
    complements: Mapping[str, Any],
    forme: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Avis:
    """Fixe l'avis de ces lots.

    Une mention qui manque le refuse, chaque défaut avec son remède ; rien ne part encore.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    tous = queries.lots_de(consultation, le=maintenant)
    lots = [lot for lot in tous if lot.numero in numeros]
    exiger(queries.peut_ecrire(consultation, tous, choisis=len(lots), forme=forme, le=maintenant))
    if any(not lot.est_conclu and not lot.est_sans_attributaire for lot in lots) or len(
        lots
    ) != len(set(numeros)):
        raise ConflitEtat(
            "Un de ces lots n'a plus de contrat signé. Rechargez la page pour voir où il en est."
        )
    attribution = assembler(consultation, lots, dict(complements), forme=forme, le=maintenant)
    avis = ecrire_un_avis_d_attribution(
        consultation=consultation,
        attribution=attribution,
        forme=forme,
        par=par.acteur,
        maintenant=maintenant,
    )
    annonce = AnnonceDAttribution.objects.create(
        avis=avis, complements=dict(complements), ecrite_le=maintenant
    )
    for lot in lots:
        if lot.est_conclu and lot.marche is not None:
            ContratAnnonce.objects.create(annonce=annonce, marche=lot.marche)
    dits: dict[str, object] = {
        "avis": avis.reference,
        "lots": sorted(numeros),
        "sous_type": attribution.avis.sous_type,
    }
    _noter("annoncer_l_attribution", consultation, par=par, le=maintenant, donnees=dits)
    return avis


@transaction.atomic
def etablir_le_rapport(
    *,
    consultation: Consultation,
    complements: Mapping[str, str],
    par: Utilisateur,
    maintenant: datetime,
) -> RapportDePresentation:
    """Garde une version du rapport : ses deux fichiers, leurs empreintes.

    La suivante ne l'efface pas.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    if not redaction.a_de_quoi_dire(consultation, le=maintenant):
        raise ConflitEtat(
            "Aucun lot n'est décidé : le rapport n'a encore rien à dire. Attribuez d'abord."
        )
    dits = {nom: texte.strip() for nom, texte in complements.items()}
    document = redaction.composer(consultation, dits, etabli_le=maintenant)
    (cle_odt, sha256_odt), (cle_pdf, sha256_pdf) = _garder(odt(document)), _garder(pdf(document))
    derniere = (
        consultation.rapports_de_presentation.aggregate(version=Max("version"))["version"] or 0
    )
    rapport = RapportDePresentation.objects.create(
        consultation=consultation,
        version=derniere + 1,
        **dits,
        odt=cle_odt,
        sha256_odt=sha256_odt,
        pdf=cle_pdf,
        sha256_pdf=sha256_pdf,
        etabli_le=maintenant,
        etabli_par=par,
    )
    donnees = {"version": rapport.version, "sha256_odt": sha256_odt, "sha256_pdf": sha256_pdf}
    _noter("etablir_le_rapport", consultation, par=par, le=maintenant, donnees=donnees)
    return rapport


@dataclass(frozen=True)
class Envoi:
    """À qui le rapport est parti, quand, et depuis quand il était demandé."""

    destinataire: str
    faite_le: date
    aupres_de: str = ""
    demandee_le: date | None = None


@transaction.atomic
def noter_la_communication(
    *, rapport: RapportDePresentation, envoi: Envoi, par: Utilisateur, maintenant: datetime
) -> CommunicationDuRapport:
    """Le rapport part avec les pièces du contrat (art. R. 2184-5),
    ou à la demande de la Commission (art. R. 2184-6).
    """
    if (
        envoi.destinataire == CommunicationDuRapport.Destinataire.AUTRE
        and not envoi.aupres_de.strip()
    ):
        raise RegleEnfreinte("Dites à quelle autorité le rapport est parti.")
    exiger(
        rules.peut_communiquer(
            faite_le=envoi.faite_le,
            etabli_le=rapport.etabli_le.astimezone(PARIS).date(),
            demandee_le=envoi.demandee_le,
            aujourd_hui=maintenant.astimezone(PARIS).date(),
        )
    )
    communication = CommunicationDuRapport.objects.create(
        rapport=rapport,
        destinataire=envoi.destinataire,
        aupres_de=envoi.aupres_de.strip(),
        demandee_le=envoi.demandee_le,
        faite_le=envoi.faite_le,
        notee_le=maintenant,
        notee_par=par,
    )
    donnees = {
        "version": rapport.version,
        "a": envoi.destinataire,
        "le": envoi.faite_le.isoformat(),
    }
    _noter("communiquer_le_rapport", rapport.consultation, par=par, le=maintenant, donnees=donnees)
    return communication


def _garder(octets: bytes) -> tuple[str, str]:
    cle = nouvelle_cle("rapports-de-presentation")
    stockage().ecrire(cle, io.BytesIO(octets))
    return cle, hashlib.sha256(octets).hexdigest()


def _noter(
    acte: str,
    consultation: Consultation,
    *,
    par: Utilisateur,
    le: datetime,
    donnees: dict[str, object],
) -> None:
    journaliser(
        f"achevement.{acte}",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=le,
        donnees=donnees,
    )
