"""Signer l'acte d'un titulaire : lui d'abord, l'acheteur quand tous l'ont fait ;
au dernier acte, le contrat est conclu.
"""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from beffroi.contrat.engagements import documents, queries, rules
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.contrat.marches.services import signature as du_contrat
from beffroi.contrat.marches.services.contrats import noter
from beffroi.contrat.marches.services.pieces import Fichier, empreintes, garder, relu
from beffroi.contrat.marches.services.signature import Signataire, Signature
from beffroi.contrat.marches.services.signer_ici import ACHETEUR, TITULAIRE, signature_de
from beffroi.contrat.marches.suspension import peut_signer
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.signature import Cle
from formats.signature.cosignature import adresse_de_la_table

Sorte = PieceDuMarche.Sorte


@transaction.atomic
def signer(
    *, engagement: Engagement, signature: Signature, par: Acteur, maintenant: datetime
) -> Engagement:
    """Garde l'exemplaire signé.

    Le contrat est verrouillé le premier : deux titulaires signent l'un après l'autre.
    """
    marche = du_contrat.a_signer(engagement.marche, maintenant=maintenant)
    engagement = verrouiller(engagement)
    if signature.partie == TITULAIRE:
        du_contrat.exiger_la_date(marche, signature, maintenant=maintenant)
        return _du_titulaire(engagement, marche, signature, par=par, maintenant=maintenant)
    if engagement.acheteur_le is not None:
        raise ConflitEtat(
            "L'acheteur a déjà signé cet acte. Rechargez la page pour voir où il en est."
        )
    exiger(rules.acheteur_peut_signer(queries.etapes_de(marche)))
    du_contrat.exiger_la_date(
        marche, signature, titulaire=engagement.titulaire_le, maintenant=maintenant
    )
    return _de_l_acheteur(engagement, marche, signature, par=par, maintenant=maintenant)


def _du_titulaire(
    engagement: Engagement,
    marche: Marche,
    signature: Signature,
    *,
    par: Acteur,
    maintenant: datetime,
) -> Engagement:
    if engagement.titulaire_le is not None:
        raise ConflitEtat("Ce titulaire a déjà signé son acte.")
    piece = garder(marche, Sorte.SIGNE_PAR_LE_TITULAIRE, signature.fichier, maintenant=maintenant)
    engagement.titulaire_le, engagement.exemplaire_du_titulaire = signature.le, piece
    engagement.save(update_fields=["titulaire_le", "exemplaire_du_titulaire"])
    tous = rules.tous([etape.titulaire_le for etape in queries.etapes_de(marche)])
    if tous:
        marche.signe_par_le_titulaire_le = tous
        marche.save(update_fields=["signe_par_le_titulaire_le"])
    noter(
        "recevoir_la_signature",
        marche,
        par=par,
        le=maintenant,
        donnees=_dites(engagement, signature.le, piece),
    )
    return engagement


def _de_l_acheteur(
    engagement: Engagement,
    marche: Marche,
    signature: Signature,
    *,
    par: Acteur,
    maintenant: datetime,
) -> Engagement:
    piece = garder(marche, Sorte.SIGNE, signature.fichier, maintenant=maintenant)
    engagement.acheteur_le, engagement.exemplaire_signe = signature.le, piece
    engagement.save(update_fields=["acheteur_le", "exemplaire_signe"])
    noter(
        "signer_un_acte",
        marche,
        par=par,
        le=maintenant,
        donnees=_dites(engagement, signature.le, piece),
    )
    dernier = rules.tous([etape.acheteur_le for etape in queries.etapes_de(marche)])
    if dernier:
        signes = [e.exemplaire_signe for e in queries.engagements_de(marche)]
        du_contrat.conclure(
            marche, dernier, pieces=empreintes(*signes), par=par, maintenant=maintenant
        )
    return engagement


def _dites(engagement: Engagement, le: date, piece: PieceDuMarche) -> dict[str, object]:
    return {
        "engagement": engagement.reference,
        "titulaire": engagement.siret,
        "le": le.isoformat(),
        "pieces": empreintes(piece),
    }


def document_a_signer(engagement: Engagement, partie: str) -> Fichier:
    """Pour le titulaire, son acte ; pour l'acheteur, l'exemplaire que ce titulaire a signé."""
    if partie == TITULAIRE:
        return documents.rendre(engagement, "pdf")
    if engagement.exemplaire_du_titulaire is None:
        raise ConflitEtat(f"{engagement.nom} n'a pas encore signé son acte.")
    exiger(rules.acheteur_peut_signer(queries.etapes_de(engagement.marche)))
    return relu(engagement.exemplaire_du_titulaire)


def signer_ici(
    *, engagement: Engagement, partie: str, lu: str, cle: Cle, par: Acteur, maintenant: datetime
) -> Engagement:
    """Le délai se vérifie avant de signer : rien ne se signe pendant la suspension."""
    exiger(peut_signer(engagement.marche, le=maintenant))
    dite = signature_de(
        document_a_signer(engagement, partie), partie, lu=lu, cle=cle, le=maintenant
    )
    return signer(engagement=engagement, signature=dite, par=par, maintenant=maintenant)


def deposer_le_sien(
    *, engagement: Engagement, signature: Signature, par: Acteur, maintenant: datetime
) -> Engagement:
    """Le titulaire dépose l'acte signé sur son poste :
    l'acte proposé, octet pour octet, et une signature que rien ne suit.

    Un papier signé ne se dépose pas ici : il va à l'acheteur, qui juge.
    """
    acte = documents.rendre(engagement, "pdf").octets
    if not signature.fichier.octets.startswith(acte):
        raise RegleEnfreinte(
            "Ce fichier n'est pas l'acte proposé ici, signé. Téléchargez l'acte, "
            "signez-le sans l'imprimer ni le convertir, "
            "puis déposez-le. Signé sur papier, envoyez-le à l'acheteur par la messagerie."
        )
    if signature.fichier.signatures and signature.fichier.signatures[0].get(
        "origine"
    ) != adresse_de_la_table(acte):
        raise RegleEnfreinte(
            "Ce fichier ajoute à l'acte proposé autre chose qu'une signature. Téléchargez l'acte, "
            "signez-le sans rien y "
            "écrire, puis déposez-le."
        )
    if not any(
        dite.get("intacte") and dite.get("couvre_tout") for dite in signature.fichier.signatures
    ):
        raise RegleEnfreinte(
            "Aucune signature électronique intacte, qui couvre tout le fichier, ne s'y lit. "
            "Signez l'acte en dernier, puis "
            "déposez-le tel quel."
        )
    return signer(engagement=engagement, signature=signature, par=par, maintenant=maintenant)


@transaction.atomic
def confirmer_le_signataire(
    *, engagement: Engagement, dit: Signataire, par: Acteur, maintenant: datetime
) -> None:
    """Qui a signé pour ce titulaire, et d'où il tient ce pouvoir (CCP, annexe 12, art. 5)."""
    engagement = verrouiller(engagement, avec=("marche__organisme",))
    if engagement.titulaire_le is None:
        raise ConflitEtat(
            f"{engagement.nom} n'a pas encore signé : il n'y a pas de signataire à confirmer."
        )
    journaliser(
        "engagement.confirmer_le_signataire",
        sujet=engagement.reference,
        organisme=engagement.marche.organisme.siret,
        par=par,
        le=maintenant,
        donnees=asdict(dit),
    )


__all__ = [
    "ACHETEUR",
    "TITULAIRE",
    "confirmer_le_signataire",
    "deposer_le_sien",
    "signer",
    "signer_ici",
]
