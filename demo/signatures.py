"""Des signatures à la démonstration : deux actes signés, d'une autorité inconnue d'ici ;
le premier signataire est confirmé.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from beffroi.seance.ouverture.models import FichierOuvert, Seance
from beffroi.seance.signatures.services import confirmer_le_signataire, noter_la_verification
from demo.peuplement import Troupe
from formats.signature import Certificat, Controle, Etat, RapportDeSignature, SignatureVerifiee
from formats.signature.verdict import phrase_de

AUTORITE = "Autorité d'exemple"


def raconter(seance: Seance, troupe: Troupe, *, le: datetime) -> None:
    """Les deux premières pièces d'offre sont signées ; le reste ne l'est pas."""
    fichiers = list(
        FichierOuvert.objects.filter(ouverture__seance=seance)
        .select_related("ouverture")
        .order_by("pk")
    )
    signes = [f for f in fichiers if f.ouverture.enveloppe.sorte == "offre"][:2]
    faites = [
        noter_la_verification(
            fichier=fichier,
            document=None,
            rapport=_rapport(fichier, signe=fichier in signes),
            maintenant=le + timedelta(seconds=rang),
        )
        for rang, fichier in enumerate(fichiers)
    ]
    confirmer_le_signataire(
        verification=next(faite for faite in faites if faite.fichier in signes),
        engage=True,
        fondement="Gérante d'après l'extrait Kbis joint à la candidature.",
        par=troupe.personnes["helene"],
        maintenant=le + timedelta(hours=1),
    )


def _rapport(fichier: FichierOuvert, *, signe: bool) -> RapportDeSignature:
    nu = RapportDeSignature(
        nom=fichier.nom, empreinte=fichier.sha256, taille=fichier.taille, outils=("démonstration",)
    )
    recu = fichier.ouverture.pli.recu_le
    return replace(nu, signatures=(_signature(recu),), existait_le=recu) if signe else nu


def _certificat(recu: datetime) -> Certificat:
    return Certificat(
        signataire="Sophie Merlin",
        organisation="Atelier du Faîtage",
        sujet="Sophie Merlin, Atelier du Faîtage, FR",
        emetteur=AUTORITE,
        numero="2a",
        empreinte="00" * 32,
        valable_du=recu - timedelta(days=200),
        valable_au=recu + timedelta(days=500),
        categorie="se déclare qualifié, de signature ; statut qualifié non vérifié",
    )


def _signature(recu: datetime) -> SignatureVerifiee:
    controles = (
        Controle(
            "identite",
            "Identité du signataire",
            Etat.A_CONFIRMER,
            "« Sophie Merlin » d'après le certificat.",
        ),
        Controle(
            "categorie", "Catégorie du certificat", Etat.NON_VERIFIE, "Statut qualifié non vérifié."
        ),
        Controle(
            "format", "Format de la signature", Etat.CONFORME, "PAdES, niveau B-B, dans le PDF."
        ),
        Controle(
            "validite",
            "Certificat ni expiré ni révoqué",
            Etat.NON_VERIFIE,
            "Révocation non vérifiée.",
        ),
        Controle(
            "integrite",
            "Intégrité du document",
            Etat.CONFORME,
            "Document intact. Tout le fichier est signé.",
        ),
    )
    return SignatureVerifiee(
        format="PAdES",
        niveau="B-B",
        disposition="dans le PDF",
        sous_indication="NO_CERTIFICATE_CHAIN_FOUND",
        motif=phrase_de("NO_CERTIFICATE_CHAIN_FOUND"),
        certificat=_certificat(recu),
        declaree_le=recu - timedelta(hours=2),
        jugee_au=recu,
        couverture="Tout le fichier est signé.",
        couvre_tout=True,
        algorithmes="sha256, sha256_rsa",
        controles=controles,
    )
