"""Signer : le titulaire, puis l'acheteur,
chacun avec l'outil de son choix (CCP, R. 2182-3, annexe 12).
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.contrat.marches import ports, suspension
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.contrat.marches.rules import legalite
from beffroi.contrat.marches.rules.dates import signature_recevable
from beffroi.contrat.marches.services.contrats import noter
from beffroi.contrat.marches.services.pieces import Fichier, empreintes, garder
from beffroi.contrat.marches.states import Etat
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from formats.dates import PARIS

Sorte = PieceDuMarche.Sorte


@dataclass(frozen=True)
class Signature:
    """Une partie signe :
    `titulaire` ou `acheteur`, le jour écrit sur le document, et le document.
    """

    partie: str
    le: date
    fichier: Fichier


@dataclass(frozen=True)
class Signataire:
    """Celui qui a signé pour le titulaire :
    son nom, sa qualité, ce qui le prouve, et s'il peut engager l'entreprise.
    """

    nom: str
    qualite: str
    fondement: str
    engage: str


@transaction.atomic
def signer(*, marche: Marche, signature: Signature, par: Acteur, maintenant: datetime) -> Marche:
    """Garde l'exemplaire signé.

    À la signature de l'acheteur, le contrat est conclu, jamais avant la fin de la suspension.
    """
    marche = a_signer(marche, maintenant=maintenant)
    exiger_un_seul_acte(marche)
    if signature.partie == "titulaire":
        exiger_la_date(marche, signature, maintenant=maintenant)
        return _du_titulaire(marche, signature, par=par, maintenant=maintenant)
    if marche.signe_par_le_titulaire_le is None:
        raise ConflitEtat("Le titulaire signe d'abord. Déposez l'exemplaire qu'il a signé.")
    exiger_la_date(
        marche, signature, titulaire=marche.signe_par_le_titulaire_le, maintenant=maintenant
    )
    piece = garder(marche, Sorte.SIGNE, signature.fichier, maintenant=maintenant)
    return conclure(marche, signature.le, pieces=empreintes(piece), par=par, maintenant=maintenant)


def a_signer(marche: Marche, *, maintenant: datetime) -> Marche:
    """Le contrat, sous verrou : il reste à signer, et rien ne l'empêche aujourd'hui."""
    marche = verrouiller(marche, avec=("organisme", "consultation", "lot"))
    if marche.etat != Etat.A_SIGNER:
        raise ConflitEtat(
            "Ce contrat n'est plus à signer. Rechargez la page pour voir où il en est."
        )
    exiger(suspension.peut_signer(marche, le=maintenant))
    return marche


def exiger_un_seul_acte(marche: Marche) -> None:
    if ports.actes_de(marche):
        raise ConflitEtat(
            "Cet accord-cadre a plusieurs titulaires : chacun signe son acte, "
            "à la page des titulaires."
        )


def exiger_la_date(
    marche: Marche, signature: Signature, *, titulaire: date | None = None, maintenant: datetime
) -> None:
    """L'acheteur, après le titulaire et la suspension ; personne au-delà d'aujourd'hui."""
    acheteur = signature.partie == "acheteur"
    exiger(
        signature_recevable(
            le=signature.le,
            aujourd_hui=maintenant.astimezone(PARIS).date(),
            titulaire=titulaire,
            au_plus_tot=suspension.premier_jour(marche, le=maintenant) if acheteur else None,
        )
    )


def _du_titulaire(
    marche: Marche, signature: Signature, *, par: Acteur, maintenant: datetime
) -> Marche:
    if marche.signe_par_le_titulaire_le is not None:
        raise ConflitEtat("Le titulaire a déjà signé.")
    piece = garder(marche, Sorte.SIGNE_PAR_LE_TITULAIRE, signature.fichier, maintenant=maintenant)
    marche.signe_par_le_titulaire_le = signature.le
    marche.save(update_fields=["signe_par_le_titulaire_le"])
    noter(
        "recevoir_la_signature",
        marche,
        par=par,
        le=maintenant,
        donnees={"pieces": empreintes(piece)},
    )
    return marche


@transaction.atomic
def confirmer_le_signataire(
    *, marche: Marche, dit: Signataire, par: Acteur, maintenant: datetime
) -> None:
    """Qui a signé pour le titulaire, et d'où il tient ce pouvoir :
    aucun logiciel ne le sait (CCP, annexe 12, art. 5).
    """
    marche = verrouiller(marche, avec=("organisme",))
    if marche.signe_par_le_titulaire_le is None:
        raise ConflitEtat(
            "Le titulaire n'a pas encore signé : il n'y a pas de signataire à confirmer."
        )
    noter("confirmer_le_signataire", marche, par=par, le=maintenant, donnees=asdict(dit))


def conclure(
    marche: Marche, le: date, *, pieces: dict[str, str], par: Acteur, maintenant: datetime
) -> Marche:
    """L'acheteur a signé : le contrat est conclu, et l'on sait s'il se transmet au préfet."""
    due = legalite.transmission_due(
        montant=marche.maximum or marche.montant,
        concession=marche.est_une_concession,
        collectivite=True,
        signature=le,
    )
    return franchir(
        marche,
        "signer",
        par=par,
        le=maintenant,
        donnees={"le": le.isoformat(), "pieces": pieces},
        signe_le=le,
        transmission="" if due.reponse == "a_dire" else due.reponse,
        motif_de_transmission=str(due.motif)[:500],
    )


@transaction.atomic
def abandonner(*, marche: Marche, motif: str, par: Acteur, maintenant: datetime) -> Marche:
    """Avant toute signature de l'acheteur, on renonce, et on dit pourquoi. Le numéro reste pris."""
    marche = verrouiller(marche, avec=("organisme",))
    if marche.etat == Etat.A_SIGNER and marche.pieces.filter(sorte=Sorte.SIGNE).exists():
        raise ConflitEtat(
            "L'acheteur a déjà signé l'acte d'un titulaire : ce contrat ne s'abandonne plus."
        )
    return franchir(
        marche,
        "abandonner",
        par=par,
        le=maintenant,
        donnees={"motif": motif},
        motif_de_fin=motif.strip(),
    )
