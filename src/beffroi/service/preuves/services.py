"""Remettre une preuve : un geste, une archive, une écriture."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.preuves import archive, faits, limites, rules
from beffroi.service.preuves.certificat import composer
from beffroi.service.preuves.faits import Certificat, Preuve
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.chainage import instant
from beffroi.socle.journal.services import couvrir_ce_qui_est_inscrit, journaliser


def attester(*, brouillon: BrouillonDeReponse, par: Utilisateur, maintenant: datetime) -> bytes:
    """L'attestation de tentative : à l'entreprise, sur sa réponse, quand elle veut."""
    consultation = brouillon.consultation
    fenetres = rules.fenetres_de_la_tentative(
        limite=brouillon.date_limite,
        anciennes=limites.d_avant(brouillon),
        commence_le=brouillon.commence_le,
        le=maintenant,
    )
    depuis = min(fenetres[0].debut, brouillon.commence_le)
    return _remettre(
        Preuve(
            sorte="attestation",
            reference=reference_opaque("PT", 10),
            consultation=consultation,
            periodes=faits.periodes(fenetres, autres=faits.evenements_entre(depuis, maintenant)),
            tentatives=(faits.tentative(brouillon),),
            etablie_le=maintenant,
        ),
        sujet=brouillon.reference,
        par=par.acteur,
    )


def produire_le_dossier(
    *, consultation: Consultation, par: Utilisateur, maintenant: datetime
) -> bytes:
    """Le dossier de preuve d'une consultation, une fois l'heure limite passée d'une heure."""
    exiger(rules.dossier_possible(limite=consultation.date_limite_remise, le=maintenant))
    fenetres = rules.fenetres(limites.du_dossier(consultation, le=maintenant))
    return _remettre(
        Preuve(
            sorte="dossier",
            reference=reference_opaque("PD", 10),
            consultation=consultation,
            periodes=faits.periodes(fenetres),
            tentatives=faits.tentatives_de(consultation, le=maintenant),
            etablie_le=maintenant,
        ),
        sujet=consultation.reference,
        par=par.acteur,
    )


def certifier(
    *,
    debut: datetime,
    fin: datetime,
    consultation: Consultation | None = None,
    par: Utilisateur,
    maintenant: datetime,
) -> tuple[str, bytes]:
    """Le certificat de fonctionnement d'une période, et sa référence ;
    à un acheteur, dans le temps de sa consultation.
    """
    bornes = faits.bornes_de(consultation) if consultation else None
    exiger(rules.certificat_possible(debut=debut, fin=fin, le=maintenant, bornes=bornes))
    couvrir_ce_qui_est_inscrit()
    certificat = Certificat(
        reference=reference_opaque("CF", 10),
        debut=debut,
        fin=fin,
        evenements=tuple(faits.evenements_entre(debut, fin)),
        etablie_le=maintenant,
        consultation=consultation,
    )
    octets = composer(certificat)
    with transaction.atomic():
        journaliser(
            "preuve.certifier",
            sujet=certificat.reference,
            organisme=consultation.organisme.siret if consultation else "",
            par=par.acteur,
            le=maintenant,
            donnees={
                "debut": instant(debut),
                "fin": instant(fin),
                "mesures": certificat.sante.mesures,
            },
        )
    return certificat.reference, octets


def _remettre(preuve: Preuve, *, sujet: str, par: Acteur) -> bytes:
    """Une tête signée pour elle couvre ses dernières écritures :
    la tête publique, elle, n'avance qu'à l'heure ronde.
    """
    couvrir_ce_qui_est_inscrit()
    octets = archive.archive(preuve)
    with transaction.atomic():
        journaliser(
            "preuve.remettre",
            sujet=sujet,
            organisme=preuve.consultation.organisme.siret,
            par=par,
            le=preuve.etablie_le,
            donnees={
                "sorte": preuve.sorte,
                "preuve": preuve.reference,
                "tentatives": len(preuve.tentatives),
            },
        )
    return octets
