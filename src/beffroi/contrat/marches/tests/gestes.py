"""Mener un contrat jusqu'où un essai en a besoin, par les services."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from beffroi.contrat.marches.models import Marche, Titulaire
from beffroi.contrat.marches.services import contrats, notification, signature, vie
from beffroi.contrat.marches.services.pieces import Fichier
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from droit.decision import Decision

SIRET_DE_BOMY = "21620153300017"
SIRET_DE_L_ATELIER = "99910001900010"
ACTE = Fichier("acte.pdf", b"%PDF-1.7 un acte")
AUJOURD_HUI = LUNDI.date()
TERMES = contrats.Termes(
    numero="2026-014",
    objet="Réfection de la toiture de l'école",
    prestation="travaux",
    procedure="procedure_adaptee_ouverte",
    montant=Decimal("120000"),
    duree_en_mois=12,
    forme_de_prix="forfaitaire",
    code_cpv="45261000-4",
    lieu="62960",
)
ATELIER = contrats.Tenant(SIRET_DE_L_ATELIER, "Atelier du Faîtage")
CHARPENTES = contrats.Tenant("80295478500028", "Charpentes de la Lys")


def bomy(*, maintenant: datetime = LUNDI) -> tuple[Organisme, Utilisateur]:
    organisme = creer_organisme(
        nom="Commune de Bomy", siret=SIRET_DE_BOMY, par=PLATEFORME, maintenant=maintenant
    )
    martine = personne("Martine Caron")
    habiliter(
        organisme=organisme,
        utilisateur=martine,
        roles={"redacteur"},
        par=PLATEFORME,
        maintenant=maintenant,
    )
    return organisme, martine


def inscrit(
    organisme: Organisme,
    *,
    maintenant: datetime = LUNDI,
    reprise=contrats.Reprise(),
    titulaires=(ATELIER,),
    **termes,
) -> Marche:
    return contrats.inscrire(
        organisme=organisme,
        termes=replace(TERMES, **termes),
        titulaires=titulaires,
        reprise=reprise,
        par=PLATEFORME,
        maintenant=maintenant,
    )


def en_cours(
    organisme: Organisme,
    *,
    depuis: date = date(2026, 1, 12),
    maintenant: datetime = LUNDI,
    **termes,
) -> Marche:
    """Conclu ailleurs, notifié ce jour-là."""
    return inscrit(
        organisme, maintenant=maintenant, reprise=contrats.Reprise(depuis, None, depuis), **termes
    )


def accord_cadre(organisme: Organisme, *, maximum: str = "50000", **termes) -> Marche:
    return en_cours(
        organisme,
        nature="accord_cadre",
        maximum=Decimal(maximum),
        montant=Decimal(maximum),
        **termes,
    )


def signe(marche: Marche, *, le: date = AUJOURD_HUI, maintenant: datetime = LUNDI) -> Marche:
    for partie in ("titulaire", "acheteur"):
        dite = signature.Signature(partie, le, ACTE)
        marche = signature.signer(
            marche=marche, signature=dite, par=PLATEFORME, maintenant=maintenant
        )
    return marche


def dit(marche: Marche, *, requise: bool, maintenant: datetime = LUNDI) -> Marche:
    return notification.dire_la_transmission(
        marche=marche,
        requise=requise,
        motif="Seuil de 216 000 €.",
        par=PLATEFORME,
        maintenant=maintenant,
    )


def modifie(
    marche: Marche,
    fondement: str,
    montant: str,
    *,
    le: date = AUJOURD_HUI,
    maintenant: datetime = LUNDI,
    **dits,
):
    changement = vie.Changement(
        fondement=fondement,
        motif="Le support est pourri.",
        signee_le=le,
        notifiee_le=le,
        montant=Decimal(montant),
        **dits,
    )
    return vie.modifier(
        marche=marche, changement=changement, acte=ACTE, par=PLATEFORME, maintenant=maintenant
    )


def a_deux(organisme: Organisme, **termes) -> tuple[Marche, Titulaire, Titulaire]:
    """Un accord-cadre conclu ailleurs, et ses deux titulaires."""
    marche = accord_cadre(organisme, titulaires=(ATELIER, CHARPENTES), **termes)
    premier, second = marche.titulaires.all()
    return marche, premier, second


def commande(
    marche: Marche,
    numero: str,
    montant: str,
    *,
    a: Titulaire | None = None,
    le: date = AUJOURD_HUI,
    maintenant: datetime = LUNDI,
):
    bon = vie.Commande(numero, "Curage", Decimal(montant), le, a)
    return vie.commander(
        marche=marche, commande=bon, bon=None, par=PLATEFORME, maintenant=maintenant
    )


def accord() -> Decision:
    return Decision.accord()
