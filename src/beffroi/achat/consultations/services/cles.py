"""Les clés de la consultation : choisir la politique, déposer les deux paires, les attacher."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations import queries as lectures
from beffroi.achat.consultations.courriels import demander_l_essai
from beffroi.achat.consultations.models import Consultation, MembreQuiOuvre
from beffroi.achat.consultations.services.brouillon import brouillon_verrouille
from beffroi.personnes.cles import queries
from beffroi.personnes.cles import rules as regles_des_cles
from beffroi.personnes.cles import services as cles
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.signature import PaireScellee, Usage
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser

CHOISIR, PROPOSER = "consultation.choisir_la_politique", "consultation.proposer_la_politique"


@transaction.atomic
def choisir_la_politique(
    *, consultation: Consultation, politique: str, par: Acteur, maintenant: datetime
) -> Consultation:
    """Choisit combien de personnes tournent leur clé ;
    des clés déjà créées pour une autre politique sont retirées.
    """
    consultation = brouillon_verrouille(consultation)
    if politique not in regles_des_cles.MEMBRES_MINIMUM:
        raise RegleEnfreinte("Choisissez Standard ou Double contrôle.")
    deja = politique == consultation.politique_de_cles
    if deja and lectures.politique_choisie(consultation):
        return consultation
    if not deja:
        _detacher(consultation, par=par, maintenant=maintenant)
    return _retenir(CHOISIR, consultation, politique, par=par, maintenant=maintenant)


@transaction.atomic
def proposer_la_politique(
    *, consultation: Consultation, par: Acteur, maintenant: datetime
) -> Consultation:
    """Suit le nombre de personnes désignées tant que personne n'a choisi, et qu'aucune clé n'est
    faite : à partir de trois, Double contrôle.
    """
    consultation = brouillon_verrouille(consultation)
    politique = regles_des_cles.politique_proposee(membres=consultation.membres_qui_ouvrent.count())
    if (
        politique == consultation.politique_de_cles
        or consultation.cle_offre_id
        or lectures.politique_choisie(consultation)
    ):
        return consultation
    return _retenir(PROPOSER, consultation, politique, par=par, maintenant=maintenant)


def _retenir(
    acte: str, consultation: Consultation, politique: str, *, par: Acteur, maintenant: datetime
) -> Consultation:
    consultation.politique_de_cles = politique
    consultation.save(update_fields=["politique_de_cles"])
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"politique": politique},
    )
    return consultation


@transaction.atomic
def creer_les_cles(
    *,
    consultation: Consultation,
    candidature: PaireScellee,
    offre: PaireScellee,
    par: Acteur,
    maintenant: datetime,
) -> Consultation:
    """Enregistre les deux paires faites dans le navigateur et les attache à la
    consultation (scellement, §10.1).
    """
    consultation = brouillon_verrouille(consultation)
    attendus = set(consultation.membres_qui_ouvrent.values_list("utilisateur_id", flat=True))
    for scellee in (candidature, offre):
        if {identite.utilisateur_id for identite in scellee.parts_des_membres} != attendus:
            raise RegleEnfreinte(
                "Les parts reçues ne sont pas celles des personnes désignées. Rechargez la page."
            )
    deposees = [
        cles.deposer_paire(
            organisme=consultation.organisme,
            usage=usage_de(consultation, enveloppe),
            scellee=scellee,
            par=par,
            maintenant=maintenant,
        )
        for enveloppe, scellee in (("candidature", candidature), ("offre", offre))
    ]
    consultation = attacher_cles(
        consultation=consultation,
        candidature=deposees[0],
        offre=deposees[1],
        par=par,
        maintenant=maintenant,
    )
    demander_les_essais(consultation, maintenant=maintenant)
    return consultation


def usage_de(consultation: Consultation, enveloppe: str) -> Usage:
    """Ce que la signature d'une clé dit de la consultation, au moment de signer."""
    return Usage(
        consultation=consultation.reference,
        enveloppe=enveloppe,
        politique=consultation.politique_de_cles,
        date_limite=consultation.date_limite_remise,
    )


def demander_les_essais(consultation: Consultation, *, maintenant: datetime) -> None:
    offre = consultation.cle_offre
    for part in queries.parts_des_membres(offre) if offre else ():
        demander_l_essai(consultation, part, maintenant=maintenant)


@transaction.atomic
def remplacer_les_membres(
    *, consultation: Consultation, vers: Sequence[Utilisateur], maintenant: datetime
) -> Consultation:
    """Les personnes désignées sont celles qui tiennent une part :
    elles suivent un repartage, qui le journalise.
    """
    consultation.membres_qui_ouvrent.exclude(utilisateur__in=vers).delete()
    deja = set(consultation.membres_qui_ouvrent.values_list("utilisateur_id", flat=True))
    MembreQuiOuvre.objects.bulk_create(
        MembreQuiOuvre(consultation=consultation, utilisateur=personne, designe_le=maintenant)
        for personne in vers
        if personne.pk not in deja
    )
    return consultation


@transaction.atomic
def attacher_cles(
    *,
    consultation: Consultation,
    candidature: PaireDeCles,
    offre: PaireDeCles,
    par: Acteur,
    maintenant: datetime,
) -> Consultation:
    """Attache à un brouillon ses deux paires, du même organisme et de la politique choisie."""
    consultation = brouillon_verrouille(consultation)
    for enveloppe, paire in (("candidature", candidature), ("offre", offre)):
        signee = json.loads(paire.enregistrement)
        pour_elle = (signee["consultation"], signee["enveloppe"]) == (
            consultation.reference,
            enveloppe,
        )
        if not pour_elle or paire.politique != consultation.politique_de_cles:
            raise RegleEnfreinte(
                "Ces clés n'ont pas été faites pour cette consultation. Créez-les de nouveau."
            )
    if candidature == offre:
        raise RegleEnfreinte("La candidature et l'offre ont chacune leur clé.")
    _detacher(consultation, par=par, maintenant=maintenant)
    consultation.cle_candidature, consultation.cle_offre = candidature, offre
    consultation.save(update_fields=["cle_candidature", "cle_offre"])
    journaliser(
        "consultation.attacher_cles",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={
            "candidature": candidature.empreinte,
            "offre": offre.empreinte,
            "politique": candidature.politique,
        },
    )
    return consultation


def _detacher(consultation: Consultation, *, par: Acteur, maintenant: datetime) -> None:
    """Les paires remplacées ne servent plus et n'appellent plus d'essai ;
    elles ne sont pas effacées.
    """
    for paire in consultation.paires_de_cles.values():
        cles.retirer_paire(paire=paire, par=par, maintenant=maintenant)
    consultation.cle_candidature = consultation.cle_offre = None
    consultation.save(update_fields=["cle_candidature", "cle_offre"])
