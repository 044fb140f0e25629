"""Le bordereau d'élimination et le certificat de destruction, sur papier."""

from datetime import datetime

from beffroi.achat.consultations.archivage import gardes
from beffroi.garde.archives import queries
from beffroi.garde.archives.elimination import code
from beffroi.garde.archives.models import Elimination
from beffroi.socle.journal import remise
from beffroi.socle.journal.queries import histoire
from beffroi.socle.journal.services import couvrir_ce_qui_est_inscrit
from formats.dates import jour_et_heure
from formats.document import (
    Bloc,
    Cadre,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Paragraphe,
    Tableau,
    pdf,
    phrase,
)
from formats.pluriels import compter
from formats.tailles import humaniser

VISA = "Vu pour élimination. Le directeur des Archives départementales : nom, date, signature."


def bordereau_pdf(elimination: Elimination) -> bytes:
    """Ce que l'on envoie aux archives : la liste, son code, la place du visa."""
    ouverture = (
        Cadre(
            "Code de ce bordereau",
            phrase(code(elimination.empreinte)),
            (phrase("Il se recopie sur le visa."),),
        ),
    )
    visa = Chapitre("Visa", (Paragraphe(phrase(VISA)),))
    return _pdf("Bordereau d'élimination", elimination, ouverture, visa, le=elimination.etablie_le)


def certificat_pdf(elimination: Elimination) -> bytes:
    """Ce qui a été détruit, sous quel visa, par qui, quand : chaque empreinte est au registre."""
    detruite = elimination.detruite_le or elimination.etablie_le
    faits = Fiche(
        (
            ("Détruit le", phrase(jour_et_heure(detruite))),
            ("Par", phrase(elimination.detruite_par.nom if elimination.detruite_par else "")),
            ("Visa de", phrase(elimination.signataire)),
            ("Empreinte du visa", phrase(elimination.sha256_du_visa)),
            ("Empreinte du bordereau", phrase(elimination.empreinte)),
        )
    )
    return _pdf("Certificat de destruction", elimination, (faits,), le=detruite)


def certificat_zip(elimination: Elimination, *, le: datetime) -> bytes:
    """Le certificat, le visa, et les écritures qui ont retenu leurs
    empreintes : vérifiable sans nous.
    """
    couvrir_ce_qui_est_inscrit()
    fichiers = {
        "certificat.pdf": certificat_pdf(elimination),
        "visa": b"".join(gardes(elimination.cle_du_visa)()),
    }
    return remise.archive(
        fichiers, histoire(elimination.reference), reference=elimination.reference, le=le
    )


def _pdf(
    titre: str,
    elimination: Elimination,
    ouverture: tuple[Bloc, ...],
    *suite: Chapitre,
    le: datetime,
) -> bytes:
    lignes = queries.lignes_de(elimination)
    tableau = Tableau(
        legende=compter(len(lignes), "pièce"),
        entetes=("N°", "Pièce", "Taille", "Gardée jusqu'au", "SHA-256"),
        lignes=tuple(
            (
                phrase(str(ligne.rang)),
                phrase(f"{ligne.consultation}, {ligne.sorte} : {ligne.titre}"),
                phrase(humaniser(ligne.taille)),
                phrase(f"{ligne.jusqu_au:%d/%m/%Y} ({ligne.source})"),
                phrase(ligne.sha256),
            )
            for ligne in lignes
        ),
        largeurs=(1, 6, 2, 4, 5),
    )
    return pdf(
        Document(
            titre=titre,
            objet="Élimination d'archives publiques",
            reference=elimination.reference,
            emetteur=Emetteur(elimination.organisme.nom, elimination.organisme.adresse),
            etabli_le=le,
            ouverture=ouverture,
            chapitres=(Chapitre("Les pièces", (tableau,)), *suite),
            nature="Bordereau",
        )
    )
