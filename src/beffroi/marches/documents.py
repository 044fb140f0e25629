"""L'acte d'engagement, assemblé de ce que le contrat dit : un modèle, en PDF et en ODT."""

from datetime import datetime

from beffroi.marches import queries
from beffroi.marches.models import Marche
from beffroi.marches.services.pieces import Fichier
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
TYPES = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}
LIGNES_A_SIGNER = 3


def acte_d_engagement(marche: Marche, *, le: datetime) -> Document:
    organisme = marche.organisme
    return Document(
        titre="Acte d'engagement",
        objet=marche.objet,
        reference=marche.numero,
        nature=str(marche.get_nature_display()),
        emetteur=Emetteur(organisme.nom, _adresse(marche)),
        etabli_le=le,
        chapitres=(
            Chapitre("Les parties", _parties(marche)),
            Chapitre("L'objet et le prix", _prix(marche)),
            Chapitre("La durée et la prise d'effet", _duree(marche)),
            Chapitre("Les signatures", _signatures(marche)),
        ),
    )


def rendre(marche: Marche, format_: str, *, le: datetime) -> Fichier:
    return Fichier(f"acte-d-engagement-{marche.numero}.{format_}", RENDUS[format_](acte_d_engagement(marche, le=le)))


def _adresse(marche: Marche) -> str:
    organisme = marche.organisme
    return ", ".join(filter(None, (organisme.adresse, f"{organisme.code_postal} {organisme.ville}".strip())))


def _parties(marche: Marche) -> tuple[Bloc, ...]:
    tenants = queries.titulaires_de(marche)
    lignes = [("L'acheteur", phrase(f"{marche.organisme.nom}, SIRET {marche.organisme.siret}"))]
    for tenant in tenants:
        role = "Le titulaire" if not marche.groupement else "Le mandataire" if tenant.rang == 1 else "Un cotraitant"
        lignes.append((role, phrase(f"{tenant.nom}, {tenant.siret}")))
    if marche.groupement:
        lignes.append(("Le groupement", phrase(str(marche.get_groupement_display()))))
    if marche.consultation:
        lignes.append(("La consultation", phrase(marche.consultation.reference)))
    return (Fiche(tuple(lignes)),)


def _prix(marche: Marche) -> tuple[Bloc, ...]:
    lignes = [
        ("Objet", phrase(marche.objet)),
        ("Montant hors taxes", phrase(en_euros(marche.montant))),
        ("Forme du prix", phrase(str(marche.get_forme_de_prix_display()))),
    ]
    if marche.maximum is not None:
        lignes.append(("Maximum hors taxes", phrase(en_euros(marche.maximum), cite(Article("CCP", "R. 2162-4")))))
    if marche.ccag:
        lignes.append(("CCAG", phrase(marche.ccag.replace("Maitrise", "Maîtrise"))))
    engagement = Paragraphe(phrase("Le titulaire s'engage à exécuter les prestations aux conditions de son offre."))
    return Fiche(tuple(lignes)), engagement


def _duree(marche: Marche) -> tuple[Bloc, ...]:
    dit = (
        f"Le contrat dure {marche.duree_en_mois} mois. Il prend effet le jour où le titulaire en reçoit la notification"
    )
    return (Paragraphe(phrase(dit, cite(Article("CCP", "R. 2182-5")), ".")),)


def _signatures(marche: Marche) -> tuple[Bloc, ...]:
    tenants = queries.titulaires_de(marche)[: 1 if marche.groupement else None]
    qui = ", ".join(tenant.nom for tenant in tenants)
    outil = Paragraphe(
        phrase(
            "Chaque partie signe avec l'outil de son choix, le titulaire d'abord",
            cite(Article("CCP", "annexe 12, art. 4")),
            ".",
        )
    )
    cases = Tableau(
        legende="À signer",
        entetes=(f"Pour {qui}", f"Pour {marche.organisme.nom}"),
        lignes=(((), ()),) * LIGNES_A_SIGNER,
        largeurs=(1, 1),
    )
    return outil, cases
