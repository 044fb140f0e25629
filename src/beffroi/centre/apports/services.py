"""Renvoyer un fichier par le lien, puis le retenir ou le faire refaire :
un acte, une transaction, une écriture.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.apports import courriels, queries, rules
from beffroi.centre.apports.models import Apport
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.rules import duree
from beffroi.centre.conventions.services import cycle
from beffroi.centre.conventions.services.pieces import (
    Fichier,
    choisi,
    compare,
    exemplaire_envoye,
    exiger_un_vrai_retour,
    ranger,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision
from formats.dates import PARIS


@dataclass(frozen=True)
class Saisie:
    """Ce que la personne joint.

    `jour` : de la délibération, ou de la signature ; la suite, pour une délibération.
    """

    de: str
    jour: date
    fichier: Fichier
    numero: str = ""
    executoire_le: date | None = None


@transaction.atomic
def apporter(*, convention: Convention, sorte: str, saisie: Saisie, maintenant: datetime) -> Apport:
    """Garde le fichier, et remplace celui qui attendait. Rien de la convention ne change encore."""
    convention = verrouiller(convention, avec=("adherent__organisme",))
    a_signe = convention.signee_par_l_adherent_le is not None
    deja = queries.du_jour(convention, le=maintenant)
    exiger(rules.peut_apporter(sorte, etat=convention.etat, a_signe=a_signe, du_jour=deja))
    exiger(_dates_recevables(convention, saisie, aujourd_hui=maintenant.astimezone(PARIS).date()))
    exiger_un_vrai_retour(convention, sorte, saisie.fichier)
    range_ = ranger(saisie.fichier)
    queries.apports_de(convention).filter(sorte=sorte, issue="").update(
        issue=Apport.Issue.REMPLACE, traite_le=maintenant
    )
    apport = Apport.objects.create(
        convention=convention,
        sorte=sorte,
        de=saisie.de,
        numero=saisie.numero,
        date=saisie.jour,
        executoire_le=saisie.executoire_le,
        nom=range_.nom,
        taille=range_.taille,
        sha256=range_.sha256,
        cle_de_stockage=range_.cle,
        recu_le=maintenant,
    )
    _noter(
        "recevoir", apport, par=Acteur(reference=apport.reference, libelle=saisie.de), le=maintenant
    )
    courriels.recu(apport, maintenant=maintenant)
    return apport


def _dates_recevables(convention: Convention, saisie: Saisie, *, aujourd_hui: date) -> Decision:
    """Les mêmes règles qu'au centre, dites tout de suite à qui peut corriger."""
    if saisie.executoire_le is not None:
        return duree.deliberation_recevable(
            prise_le=saisie.jour, executoire_le=saisie.executoire_le, aujourd_hui=aujourd_hui
        )
    assert convention.deliberation_date is not None  # la base le garantit dans cet état
    return duree.signature_recevable(
        le=saisie.jour, deliberation=convention.deliberation_date, aujourd_hui=aujourd_hui
    )


@dataclass(frozen=True)
class Examen:
    """Ce que la personne du centre ajoute en retenant : la date à porter sur l'exemplaire,
    pour une délibération ; ce qu'elle a vu, pour un exemplaire que rien d'autre ne prouve.
    """

    date_de_l_acte: date | None = None
    constat: str = ""


def retenir(
    *, apport: Apport, examen: Examen, par: Utilisateur, maintenant: datetime
) -> Convention:
    """Le fichier vaut : la délibération est reçue et l'exemplaire part à
    signer, ou l'adhérent a signé.
    """
    fichier = choisi(apport.nom, _octets(apport))
    if apport.sorte == Apport.Sorte.EXEMPLAIRE:
        envoye = exemplaire_envoye(apport.convention, PieceDeConvention.Sorte.EXEMPLAIRE)
        fichier = compare(fichier, envoye)
    return _retenir(apport, fichier, examen=examen, par=par, maintenant=maintenant)


@transaction.atomic
def _retenir(
    apport: Apport,
    fichier: Fichier,
    *,
    examen: Examen,
    par: Utilisateur,
    maintenant: datetime,
) -> Convention:
    apport = _a_traiter(apport)
    exiger(rules.vaut_encore(apport.sorte, attendue=queries.sorte_attendue(apport.convention)))
    if apport.sorte == Apport.Sorte.DELIBERATION:
        assert apport.executoire_le is not None and examen.date_de_l_acte is not None
        convention = cycle.recevoir_la_deliberation(
            convention=apport.convention,
            deliberation=cycle.Deliberation(
                apport.numero, apport.date, apport.executoire_le, fichier
            ),
            date_de_l_acte=examen.date_de_l_acte,
            par=par.acteur,
            maintenant=maintenant,
        )
    else:
        convention = cycle.signer(
            convention=apport.convention,
            signature=cycle.Signature("adherent", apport.date, fichier, examen.constat),
            par=par.acteur,
            maintenant=maintenant,
        )
    _traiter(apport, Apport.Issue.RETENU, par=par, maintenant=maintenant)
    return convention


@transaction.atomic
def faire_refaire(*, apport: Apport, motif: str, par: Utilisateur, maintenant: datetime) -> Apport:
    """Le fichier ne convient pas : la collectivité lit pourquoi, et en renvoie un autre."""
    apport = _a_traiter(apport)
    _traiter(apport, Apport.Issue.ECARTE, par=par, maintenant=maintenant, motif=motif)
    courriels.a_refaire(apport, maintenant=maintenant)
    return apport


@transaction.atomic
def oublier_les_perimes(*, maintenant: datetime) -> int:
    """Un apport que sa convention n'attend plus n'attend personne :
    le projet a changé, ou le centre a reçu le papier.
    """
    perimes = [
        apport
        for apport in queries.en_attente()
        if queries.sorte_attendue(apport.convention) != apport.sorte or _d_avant_l_envoi(apport)
    ]
    for apport in perimes:
        Apport.objects.filter(pk=apport.pk, issue="").update(
            issue=Apport.Issue.SANS_OBJET, traite_le=maintenant
        )
        _noter("oublier", apport, par=PLATEFORME, le=maintenant)
    return len(perimes)


def _d_avant_l_envoi(apport: Apport) -> bool:
    envoi = apport.convention.envoyee_le
    return envoi is not None and apport.recu_le < envoi


def _a_traiter(apport: Apport) -> Apport:
    # La convention d'abord, comme qui apporte :
    # deux verrous se prennent toujours dans le même ordre.
    verrouiller(apport.convention)
    apport = verrouiller(apport, avec=("convention__adherent__organisme",))
    if _d_avant_l_envoi(apport):
        raise ConflitEtat("Un projet plus récent est parti depuis : ce fichier répond à l'ancien.")
    if not apport.attend:
        raise ConflitEtat(
            "Ce fichier a déjà été traité, ou remplacé par un autre. Rechargez la page."
        )
    return apport


def _traiter(
    apport: Apport, issue: str, *, par: Utilisateur, maintenant: datetime, motif: str = ""
) -> None:
    apport.issue, apport.motif, apport.traite_par, apport.traite_le = issue, motif, par, maintenant
    apport.save(update_fields=["issue", "motif", "traite_par", "traite_le"])
    acte = "retenir" if issue == Apport.Issue.RETENU else "faire_refaire"
    _noter(acte, apport, par=par.acteur, le=maintenant, motif=motif)


def _noter(acte: str, apport: Apport, *, par: Acteur, le: datetime, **donnees: str) -> None:
    journaliser(
        f"apport.{acte}",
        sujet=apport.convention.reference,
        organisme=apport.convention.organisme_du_journal,
        par=par,
        le=le,
        donnees={
            "apport": apport.reference,
            "sorte": apport.sorte,
            "sha256": apport.sha256,
            **donnees,
        },
    )


def _octets(apport: Apport) -> bytes:
    with stockage().lire(apport.cle_de_stockage) as flux:
        return flux.read()
