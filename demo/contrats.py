"""Les contrats de la commune :
un accord-cadre modifié, un à signer, un à notifier, un dont l'avis d'attribution tarde.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from beffroi.contrat.engagements.queries import engagements_de
from beffroi.contrat.engagements.services import signature as engagements
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import contrats, notification, signature, vie
from beffroi.contrat.marches.services.pieces import Fichier
from demo import documents
from demo.peuplement import Troupe

ESPACES_VERTS = contrats.Termes(
    numero="2026-003",
    objet="Entretien des espaces verts et des haies",
    prestation="services",
    nature="accord_cadre",
    procedure="procedure_adaptee_ouverte",
    montant=Decimal(45_000),
    maximum=Decimal(60_000),
    duree_en_mois=12,
    forme_de_prix="unitaire",
    ccag="Fournitures courantes et services",
    code_cpv="77310000",
    lieu="62960",
    offres_recues=4,
)
LAVOIR = contrats.Termes(
    numero="2026-021",
    objet="Réfection de la charpente du lavoir",
    prestation="travaux",
    procedure="sans_publicite",
    montant=Decimal("38450.00"),
    duree_en_mois=4,
    forme_de_prix="forfaitaire",
    ccag="Travaux",
    code_cpv="45261000",
    lieu="62960",
    offres_recues=3,
)
RADIATEURS = contrats.Termes(
    numero="2026-018",
    objet="Remplacement des radiateurs de la mairie",
    prestation="travaux",
    procedure="sans_publicite",
    montant=Decimal("27900.00"),
    duree_en_mois=3,
    forme_de_prix="forfaitaire",
    ccag="Travaux",
    code_cpv="45331100",
    lieu="62960",
    offres_recues=2,
)
GOUTTIERES = contrats.Termes(
    numero="2026-016",
    objet="Entretien des toitures et des gouttières",
    prestation="travaux",
    nature="accord_cadre",
    procedure="sans_publicite",
    montant=Decimal(32_000),
    maximum=Decimal(38_000),
    duree_en_mois=24,
    forme_de_prix="unitaire",
    ccag="Travaux",
    code_cpv="45261000",
    lieu="62960",
    offres_recues=4,
)
REPAS = contrats.Termes(
    numero="2026-007",
    objet="Livraison de repas à l'école et au foyer",
    prestation="services",
    procedure="appel_offres_ouvert",
    montant=Decimal("318400.00"),
    duree_en_mois=24,
    forme_de_prix="unitaire",
    ccag="Fournitures courantes et services",
    code_cpv="55524000",
    lieu="62960",
    offres_recues=3,
)
HAIES = contrats.Tenant("99910006800009", "Les Haies de l'Aa")
TABLEES = contrats.Tenant("99910007600002", "Les Tablées de l'Artois")


def raconter(troupe: Troupe, *, le: datetime) -> None:
    tenir_l_accord_cadre(troupe, le=le)
    oublier_l_avis(troupe, le=le)
    attendre_le_second_titulaire(troupe, le=le)
    lavoir = inscrire(troupe, LAVOIR, troupe_de("zingueurs", troupe), le=le - timedelta(days=6))
    signer(lavoir, "titulaire", troupe, le=le - timedelta(days=3))
    radiateurs = inscrire(
        troupe, RADIATEURS, troupe_de("tournevent", troupe), le=le - timedelta(days=9)
    )
    for partie, jours in (("titulaire", 7), ("acheteur", 5)):
        radiateurs = signer(radiateurs, partie, troupe, le=le - timedelta(days=jours))
    notification.dire_la_transmission(
        marche=radiateurs,
        requise=False,
        motif="27 900 € HT : très en dessous du seuil de transmission.",
        par=troupe.personnes["helene"].acteur,
        maintenant=le - timedelta(days=4),
    )


def attendre_le_second_titulaire(troupe: Troupe, *, le: datetime) -> None:
    """Un accord-cadre à deux titulaires :
    l'Atelier du Faîtage a signé son acte, les Zingueurs pas encore.
    """
    tenants = [troupe_de(chez, troupe) for chez in ("faitage", "zingueurs")]
    marche = contrats.inscrire(
        organisme=troupe.organismes["Bomy"],
        termes=GOUTTIERES,
        titulaires=tenants,
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(days=8),
    )
    premier = engagements_de(marche)[0]
    dite = signature.Signature(
        "titulaire",
        jour(le - timedelta(days=2)),
        fichier("acte-d-engagement-faitage.pdf", "Acte d'engagement"),
    )
    engagements.signer(
        engagement=premier,
        signature=dite,
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(days=2),
    )


def tenir_l_accord_cadre(troupe: Troupe, *, le: datetime) -> None:
    depuis = jour(le - timedelta(days=300))
    reprise = contrats.Reprise(depuis - timedelta(days=8), None, depuis)
    marche = inscrire(troupe, ESPACES_VERTS, HAIES, le=le - timedelta(days=40), reprise=reprise)
    martine = troupe.personnes["martine"].acteur
    for numero, objet, montant, jours in (
        ("BC-01", "Tonte de printemps et d'été", "31200.00", 180),
        ("BC-02", "Taille des haies", "20450.50", 60),
    ):
        commande = vie.Commande(numero, objet, Decimal(montant), jour(le - timedelta(days=jours)))
        vie.commander(
            marche=marche,
            commande=commande,
            bon=None,
            par=martine,
            maintenant=le - timedelta(days=39),
        )
    changement = vie.Changement(
        fondement="faible_montant",
        motif="Deux parterres de plus, place de l'Église.",
        montant=Decimal(3_200),
        signee_le=jour(le - timedelta(days=22)),
        notifiee_le=jour(le - timedelta(days=20)),
    )
    acte = fichier("modification-1.pdf", "Modification n° 1")
    vie.modifier(
        marche=marche,
        changement=changement,
        acte=acte,
        par=martine,
        maintenant=le - timedelta(days=20),
    )


def oublier_l_avis(troupe: Troupe, *, le: datetime) -> None:
    """Signé il y a trente-neuf jours sur l'ancien profil d'acheteur :
    son avis devait partir il y a neuf jours.
    """
    signe, transmis, notifie = (jour(le - timedelta(days=jours)) for jours in (39, 37, 35))
    inscrire(
        troupe,
        REPAS,
        TABLEES,
        le=le - timedelta(days=10),
        reprise=contrats.Reprise(signe, transmis, notifie),
    )


def inscrire(
    troupe: Troupe,
    termes: contrats.Termes,
    tenant: contrats.Tenant,
    *,
    le: datetime,
    reprise: contrats.Reprise = contrats.Reprise(),
) -> Marche:
    return contrats.inscrire(
        organisme=troupe.organismes["Bomy"],
        termes=termes,
        titulaires=[tenant],
        reprise=reprise,
        par=troupe.personnes["martine"].acteur,
        maintenant=le,
    )


def signer(marche: Marche, partie: str, troupe: Troupe, *, le: datetime) -> Marche:
    dite = signature.Signature(
        partie, jour(le), fichier(f"acte-d-engagement-{partie}.pdf", "Acte d'engagement")
    )
    return signature.signer(
        marche=marche, signature=dite, par=troupe.personnes["helene"].acteur, maintenant=le
    )


def fichier(nom: str, titre: str) -> Fichier:
    return Fichier(
        nom, documents.pdf(titre, "Commune de Bomy", objet="Document de la démonstration.")
    )


def troupe_de(societe: str, troupe: Troupe) -> contrats.Tenant:
    equipe = troupe.equipes[societe]
    return contrats.Tenant(equipe.identifiant, equipe.nom)


def jour(le: datetime) -> date:
    return le.date()
