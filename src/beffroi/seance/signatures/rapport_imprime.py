"""Le rapport de vérification, en PDF."""

from beffroi.seance.signatures.models import ConfirmationDuSignataire, VerificationDeSignature
from formats import dates, document
from formats.document import Chapitre, Document, Emetteur, Fiche, Paragraphe, Tableau, phrase
from formats.signature import RapportDeSignature, SignatureVerifiee


def en_pdf(verification: VerificationDeSignature) -> bytes:
    rapport = verification.lu
    consultation = verification.fichier.ouverture.seance.consultation
    signatures = [_signature(rang, une) for rang, une in enumerate(rapport.signatures, 1)]
    confirmations = list(verification.confirmations.select_related("confirmee_par"))
    return document.pdf(
        Document(
            titre="Rapport de vérification de signature",
            objet=rapport.nom,
            reference=consultation.reference,
            emetteur=Emetteur(consultation.organisme.nom),
            etabli_le=verification.faite_le,
            chapitres=(_fichier(rapport), *signatures, _signataire(confirmations)),
        )
    )


def _fichier(rapport: RapportDeSignature) -> Chapitre:
    lignes = [
        ("Conclusion", rapport.phrase),
        ("Empreinte SHA-256", rapport.empreinte),
        ("Document signé à part", rapport.document),
        ("Empreinte du document", rapport.empreinte_du_document),
        ("Reçu le", dates.jour_et_heure(rapport.existait_le) if rapport.existait_le else ""),
        ("Confiance", rapport.confiance),
        ("Outils", ", ".join(rapport.outils)),
    ]
    return Chapitre("Le fichier", (_fiche(lignes),))


def _signature(rang: int, signature: SignatureVerifiee) -> Chapitre:
    certificat = signature.certificat
    lignes = [
        ("Verdict (EN 319 102-1)", f"{signature.verdict} {signature.sous_indication}".strip()),
        ("Ce que cela veut dire", signature.motif),
        ("Format", f"{signature.format} {signature.niveau} {signature.disposition}".strip()),
        ("Signataire", certificat.sujet if certificat else ""),
        ("Émetteur du certificat", certificat.emetteur if certificat else ""),
        ("Valable jusqu'au", dates.jour(certificat.valable_au) if certificat else ""),
        ("Catégorie", certificat.categorie if certificat else ""),
        (
            "Heure déclarée",
            dates.jour_et_heure(signature.declaree_le) if signature.declaree_le else "",
        ),
        ("Horodatage", signature.horodateur or "aucun"),
        ("Révocation", signature.revocation),
        ("Algorithmes", signature.algorithmes),
    ]
    controles = tuple(
        (phrase(c.nom), phrase(str(c.etat)), phrase(c.phrase)) for c in signature.controles
    )
    table = Tableau(
        legende="Contrôles de l'annexe 12 du CCP, art. 5",
        entetes=("Contrôle", "État", "Constat"),
        lignes=controles,
        largeurs=(3, 2, 5),
    )
    return Chapitre(f"Signature {rang}", (_fiche(lignes), *((table,) if controles else ())))


def _fiche(lignes: list[tuple[str, str]]) -> Fiche:
    return Fiche(tuple((nom, phrase(valeur)) for nom, valeur in lignes if valeur))


def _signataire(confirmations: list[ConfirmationDuSignataire]) -> Chapitre:
    if not confirmations:
        return Chapitre(
            "Le signataire",
            (Paragraphe(phrase("Personne n'a encore confirmé qu'il engage l'entreprise.")),),
        )
    blocs = tuple(
        Paragraphe(
            phrase(
                f"{une.confirmee_par.nom}, le {dates.jour_et_heure(une.confirmee_le)} : "
                f"{'peut engager' if une.engage else 'ne peut pas engager'} l'entreprise. "
                f"{une.fondement}"
            )
        )
        for une in confirmations
    )
    return Chapitre("Le signataire", blocs)
