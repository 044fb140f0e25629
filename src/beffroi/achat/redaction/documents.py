"""Les documents d'une consultation, chacun décrit d'après l'achat.

Rien n'est inventé : ce qui manque se voit.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from beffroi.achat.redaction import couverture, declaration, engagement, lettre, pieces
from beffroi.achat.redaction import reglement as chapitres_du_reglement
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.portee import exiger_la_portee
from droit.achat import Achat
from droit.en_vigueur import Droit
from formats.document import Chapitre, Document, Emetteur, Fiche, phrase

Ecrivain = Callable[[Achat, Droit, datetime], Document]


@dataclass(frozen=True)
class Manque:
    """Ce que les documents attendent encore : le champ de l'achat, ce qu'il dira, et où."""

    champ: str
    libelle: str
    documents: tuple[str, ...]


def reglement(achat: Achat, droit: Droit, maintenant: datetime) -> Document:
    """Le règlement de la consultation."""
    faits = _faits(achat, droit)
    corps = _document(
        faits, "Règlement de la consultation", chapitres_du_reglement.chapitres(faits), maintenant
    )
    document = replace(corps, couverture=True, ouverture=couverture.essentiel(faits))
    return replace(
        document, ouverture=(*couverture.projet(len(document.manques())), *document.ouverture)
    )


def acte_d_engagement(achat: Achat, droit: Droit, maintenant: datetime) -> Document:
    """Le contrat que l'entreprise complète, et que l'acheteur signe à la fin."""
    faits = _faits(achat, droit)
    titre = "Engagement du concessionnaire" if faits.est_une_concession else "Acte d'engagement"
    return _document(faits, titre, engagement.chapitres(faits), maintenant)


def lettre_de_candidature(achat: Achat, droit: Droit, maintenant: datetime) -> Document:
    """Qui est candidat, seul ou en groupement, et à quoi."""
    faits = _faits(achat, droit)
    return _document(faits, "Lettre de candidature", lettre.chapitres(faits), maintenant)


def declaration_du_candidat(achat: Achat, droit: Droit, maintenant: datetime) -> Document:
    """Ce que chaque entreprise affirme sur l'honneur, et ce qu'elle sait faire."""
    faits = _faits(achat, droit)
    return _document(faits, "Déclaration du candidat", declaration.chapitres(faits), maintenant)


def pieces_attendues(achat: Achat, droit: Droit, maintenant: datetime) -> Document:
    """La liste de ce qu'il faut déposer, à cocher."""
    faits = _faits(achat, droit)
    return _document(faits, "Pièces à déposer", pieces.chapitres(faits), maintenant)


ECRIVAINS: dict[str, Ecrivain] = {
    "reglement": reglement,
    "acte-d-engagement": acte_d_engagement,
    "lettre-de-candidature": lettre_de_candidature,
    "declaration-du-candidat": declaration_du_candidat,
    "pieces-a-deposer": pieces_attendues,
}


def tous(achat: Achat, droit: Droit, maintenant: datetime) -> dict[str, Document]:
    """Les cinq documents, par leur nom de fichier."""
    return {nom: ecrire(achat, droit, maintenant) for nom, ecrire in ECRIVAINS.items()}


def a_completer(achat: Achat, droit: Droit, maintenant: datetime) -> tuple[Manque, ...]:
    """Ce que l'acheteur n'a pas encore dit, dans l'ordre du règlement puis des autres documents."""
    manques: dict[str, Manque] = {}
    for document in tous(achat, droit, maintenant).values():
        for segment in document.manques():
            libelle = segment.texte.removeprefix("[").removesuffix("]").partition(":")[2].strip()
            connu = manques.get(segment.cible, Manque(segment.cible, libelle, ()))
            manques[segment.cible] = replace(connu, documents=(*connu.documents, document.titre))
    return tuple(manques.values())


def _faits(achat: Achat, droit: Droit) -> Faits:
    exiger_la_portee(achat, droit)
    return Faits(achat, droit)


def _document(
    faits: Faits, titre: str, chapitres: tuple[Chapitre, ...], maintenant: datetime
) -> Document:
    acheteur = faits.achat.acheteur
    return Document(
        titre=titre,
        objet=faits.achat.titre,
        reference=faits.achat.reference,
        emetteur=Emetteur(acheteur.nom, acheteur.adresse_postale),
        etabli_le=maintenant,
        chapitres=chapitres,
        ouverture=(Fiche((("Procédure", phrase(faits.procedure.libelle)),)),),
    )
