"""L'acte d'engagement, assemblé de ce que le contrat dit : un modèle, en PDF et en ODT."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from beffroi.contrat.marches import queries
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services.contrats import Tenant
from beffroi.contrat.marches.services.pieces import Fichier
from droit.citation import Article
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Paragraphe,
    Tableau,
    cite,
    odt,
    pdf,
    phrase,
)
from formats.sommes import en_euros

RENDUS = {"pdf": pdf, "odt": odt}
LIGNES_A_SIGNER = 3
A_PART = (
    "Le titulaire s'engage à exécuter les prestations aux conditions de son offre. "
    "L'accord-cadre a d'autres titulaires : "
    "chacun signe son acte, et le maximum leur est commun"
)


@dataclass(frozen=True)
class Engage:
    """Qui signe l'acte, et pour quel prix :
    le titulaire, un groupement et son mandataire, ou l'un des titulaires.
    """

    tenants: Sequence[Tenant]
    montant: Decimal
    groupement: str = ""
    a_part: bool = False


def engage_de(marche: Marche) -> Engage:
    tenants = [Tenant(tenant.siret, tenant.nom) for tenant in queries.titulaires_de(marche)]
    return Engage(tenants, marche.montant, marche.groupement)


def acte_d_engagement(marche: Marche, qui: Engage, *, le: datetime) -> Document:
    organisme = marche.organisme
    return Document(
        titre="Acte d'engagement",
        objet=marche.objet,
        reference=marche.numero,
        nature=str(marche.get_nature_display()),
        emetteur=Emetteur(organisme.nom, _adresse(marche)),
        etabli_le=le,
        chapitres=(
            Chapitre("Les parties", _parties(marche, qui)),
            Chapitre("L'objet et le prix", _prix(marche, qui)),
            Chapitre("La durée et la prise d'effet", _duree(marche)),
            Chapitre("Les signatures", _signatures(marche, qui)),
        ),
    )


def rendre(marche: Marche, format_: str, *, le: datetime, qui: Engage | None = None) -> Fichier:
    """`qui` : l'un des titulaires d'un accord-cadre qui en a plusieurs ;
    sinon, tous ceux du contrat.
    """
    qui = qui or engage_de(marche)
    nom = f"acte-d-engagement-{marche.numero}{f'-{qui.tenants[0].siret}' if qui.a_part else ''}"
    return Fichier(f"{nom}.{format_}", RENDUS[format_](acte_d_engagement(marche, qui, le=le)))


def _adresse(marche: Marche) -> str:
    organisme = marche.organisme
    return ", ".join(
        filter(None, (organisme.adresse, f"{organisme.code_postal} {organisme.ville}".strip()))
    )


def _parties(marche: Marche, qui: Engage) -> tuple[Bloc, ...]:
    lignes = [("L'acheteur", phrase(f"{marche.organisme.nom}, SIRET {marche.organisme.siret}"))]
    seul = len(qui.tenants) == 1 or not (qui.groupement or qui.a_part)
    for rang, tenant in enumerate(qui.tenants):
        role = "Le titulaire" if seul else "Un cotraitant" if rang else "Le mandataire"
        lignes.append((role, phrase(f"{tenant.nom}, {tenant.siret}")))
    if qui.groupement:
        lignes.append(("Le groupement", phrase(str(Marche.Groupement(qui.groupement).label))))
    if marche.consultation:
        lignes.append(("La consultation", phrase(marche.consultation.reference)))
    return (Fiche(tuple(lignes)),)


def _prix(marche: Marche, qui: Engage) -> tuple[Bloc, ...]:
    lignes = [
        ("Objet", phrase(marche.objet)),
        ("Montant hors taxes", phrase(en_euros(qui.montant))),
        ("Forme du prix", phrase(str(marche.get_forme_de_prix_display()))),
    ]
    if marche.maximum is not None:
        lignes.append(
            (
                "Maximum hors taxes",
                phrase(en_euros(marche.maximum), cite(Article("CCP", "R. 2162-4"))),
            )
        )
    if marche.ccag:
        lignes.append(("CCAG", phrase(marche.ccag.replace("Maitrise", "Maîtrise"))))
    engagement = Paragraphe(
        phrase("Le titulaire s'engage à exécuter les prestations aux conditions de son offre.")
    )
    if qui.a_part:
        engagement = Paragraphe(phrase(A_PART, cite(Article("CCP", "L. 2125-1")), "."))
    return Fiche(tuple(lignes)), engagement


def _duree(marche: Marche) -> tuple[Bloc, ...]:
    dit = (
        f"Le contrat dure {marche.duree_en_mois} mois. "
        "Il prend effet le jour où le titulaire en reçoit la notification"
    )
    return (Paragraphe(phrase(dit, cite(Article("CCP", "R. 2182-5")), ".")),)


def _signatures(marche: Marche, qui: Engage) -> tuple[Bloc, ...]:
    """Un groupement signe par son mandataire."""
    signent = qui.tenants[: 1 if qui.groupement or qui.a_part else None]
    noms = ", ".join(tenant.nom for tenant in signent)
    outil = Paragraphe(
        phrase(
            "Chaque partie signe avec l'outil de son choix, le titulaire d'abord",
            cite(Article("CCP", "annexe 12, art. 4")),
            ".",
        )
    )
    cases = Tableau(
        legende="À signer",
        entetes=(f"Pour {noms}", f"Pour {marche.organisme.nom}"),
        lignes=(((), ()),) * LIGNES_A_SIGNER,
        largeurs=(1, 1),
    )
    return outil, cases
