"""Lire un défi rendu : lequel c'est, et ce que vaut sa signature. Rien ici n'écrit."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from beffroi.personnes.niveaux.models import Defi
from beffroi.personnes.niveaux.rules import SignatureDuDefi
from formats.signature import (
    Certificat,
    Demande,
    RapportDeSignature,
    SignatureVerifiee,
    confiance_du_dossier,
    nature,
    verifier,
)
from formats.signature.cosignature import adresse_de_la_table
from formats.signature.numeros import entreprises

OCTETS_D_UN_DEFI_SIGNE = 5_000_000
SANS_CONSTAT = SignatureDuDefi("", "", True, False, "", (), "")


@dataclass(frozen=True)
class DefiRendu:
    """Le fichier rendu, le défi qu'il signe s'il en signe un d'ici, et ce qui en a été constaté."""

    empreinte: str
    defi: Defi | None
    signature: SignatureDuDefi
    certificat: Certificat | None = None


def lire(nom: str, octets: bytes, *, defi: Defi | None, maintenant: datetime) -> DefiRendu:
    """`defi` : celui que l'équipe a en cours, pour une signature qui en est séparée.

    Reçu à l'instant, le fichier existe à l'instant : c'est là que le certificat se juge.
    """
    sorte = nature(Demande(nom, octets))
    trouve = _defi_du_pdf(octets) if sorte == "pdf" else defi
    vide = DefiRendu(hashlib.sha256(octets).hexdigest(), trouve, SANS_CONSTAT)
    if trouve is None:
        return vide
    document = bytes(trouve.document)
    confiance = confiance_du_dossier(
        Path(settings.NORMES) if settings.NORMES else None, le=maintenant
    )
    demande = Demande(
        nom,
        octets,
        document=None if sorte == "pdf" else document,
        nom_du_document="defi.pdf",
        existait_le=maintenant,
    )
    rapport = verifier(demande, confiance)
    return replace(
        vide,
        signature=_constat(rapport, document, est_un_pdf=sorte == "pdf"),
        certificat=rapport.signatures[0].certificat if rapport.signatures else None,
    )


def _defi_du_pdf(octets: bytes) -> Defi | None:
    """Un PDF signé commence par le défi, octet pour octet : c'est lui qui dit lequel."""
    tailles = Defi.objects.order_by().values_list("taille", flat=True).distinct()
    debuts = [hashlib.sha256(octets[:taille]).hexdigest() for taille in tailles]
    return Defi.objects.filter(empreinte__in=debuts).select_related("membre__equipe").first()


def _constat(rapport: RapportDeSignature, document: bytes, *, est_un_pdf: bool) -> SignatureDuDefi:
    if len(rapport.signatures) != 1:
        return replace(
            SANS_CONSTAT,
            sous_indication="GENERIC",
            phrase=rapport.lacune
            or (
                "Ce fichier porte plusieurs signatures ; une seule est attendue."
                if rapport.signatures
                else "Ce fichier ne porte pas de signature électronique."
            ),
        )
    [signature] = rapport.signatures
    certificat = signature.certificat
    return SignatureDuDefi(
        sous_indication=signature.sous_indication,
        phrase=rapport.phrase,
        couvre_tout=signature.couvre_tout
        and (not est_un_pdf or _reste_le_defi(signature, document)),
        qualifie=_est_qualifie(signature),
        emetteur=certificat.emetteur if certificat else "",
        entreprises=tuple(entreprises(certificat.numeros)) if certificat else (),
        listes=rapport.confiance,
    )


def _reste_le_defi(signature: SignatureVerifiee, document: bytes) -> bool:
    """Rien ne s'affiche par-dessus le défi : seules des signatures le suivent.

    Une révision ajoutée ferait signer le défi d'un autre sous une page qui n'en dit rien.
    """
    return signature.origine is not None and signature.origine == adresse_de_la_table(document)


def _est_qualifie(signature: SignatureVerifiee) -> bool:
    return any(
        controle.cle == "categorie" and controle.etat == "conforme"
        for controle in signature.controles
    )
