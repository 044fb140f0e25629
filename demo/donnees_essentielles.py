"""Les marchés conclus de la démonstration :
trente contrats inventés, de trois communes et cinq entreprises.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from beffroi.contrat.donnees_essentielles import services
from beffroi.contrat.donnees_essentielles.contenu import Contrat
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from demo.personnages import SOCIETES, communes
from demo.peuplement import Troupe
from formats.dates import PARIS
from formats.decp import (
    Concession,
    DonneesAnnuelles,
    Lieu,
    Marche,
    Modification,
    Paquet,
    Tarif,
    Titulaire,
)
from formats.decp.ecriture import en_json

NOMS = {une.siret: {"nom": une.nom, "code_postal": "62960"} for une in SOCIETES}
SIRETS = {une.cle: une.siret for une in SOCIETES}
RIEN_DE_SOCIAL, RIEN_DE_VERT = (
    ("Pas de considération sociale",),
    ("Pas de considération environnementale",),
)
# La commune, l'objet, le code CPV, le montant,
# le titulaire, il y a combien de jours, combien d'offres.
CONTRATS = (
    ("Bomy", "Réfection de la toiture de la mairie", "45261000", "61200.00", "faitage", 210, 3),
    (
        "Bomy",
        "Réfection de la voirie communale, programme de l'année",
        "45233140",
        "128450.50",
        "tournevent",
        195,
        4,
    ),
    (
        "Bomy",
        "Remplacement des menuiseries de l'école",
        "45421000",
        "47380.00",
        "zingueurs",
        180,
        2,
    ),
    (
        "Bomy",
        "Fourniture de repas pour la cantine, en liaison froide",
        "55524000",
        "92000.00",
        "lanterne",
        172,
        3,
    ),
    (
        "Bomy",
        "Éclairage public : passage aux lampes à diodes",
        "45316110",
        "75640.00",
        "tournevent",
        160,
        5,
    ),
    ("Bomy", "Nettoyage des bâtiments communaux", "90911200", "31800.00", "lanterne", 150, 4),
    ("Bomy", "Assurance des bâtiments et de la flotte", "66510000", "26400.00", "etoile", 141, 2),
    ("Bomy", "Maîtrise d'œuvre de la salle des fêtes", "71200000", "38900.00", "etoile", 133, 6),
    ("Bomy", "Charpente de la salle des fêtes", "45422000", "84300.00", "faitage", 120, 3),
    ("Bomy", "Couverture de la salle des fêtes", "45261210", "96750.00", "zingueurs", 120, 4),
    ("Bomy", "Chauffage de la salle des fêtes", "45331000", "58210.00", "tournevent", 120, 2),
    ("Bomy", "Fourniture de bois déchiqueté", "03413000", "29500.00", "lanterne", 96, 1),
    ("Bomy", "Entretien des espaces verts", "77310000", "34200.00", "lanterne", 88, 3),
    (
        "Azincourt",
        "Restauration de la couverture de l'église",
        "45212361",
        "214000.00",
        "faitage",
        205,
        3,
    ),
    (
        "Azincourt",
        "Paratonnerre et descente du clocher",
        "45312311",
        "27950.00",
        "zingueurs",
        190,
        2,
    ),
    ("Azincourt", "Accueil du musée : scénographie", "79421200", "118600.00", "etoile", 170, 5),
    (
        "Azincourt",
        "Réfection du chemin de la bataille",
        "45233160",
        "64800.00",
        "tournevent",
        148,
        4,
    ),
    ("Azincourt", "Fourniture de mobilier scolaire", "39160000", "25000.00", "lanterne", 130, 3),
    ("Azincourt", "Impression du bulletin et des guides", "79810000", "33150.00", "etoile", 118, 2),
    (
        "Azincourt",
        "Assainissement : réhabilitation du réseau",
        "45232410",
        "187300.00",
        "tournevent",
        104,
        4,
    ),
    ("Azincourt", "Contrôle technique des bâtiments", "71630000", "39999.99", "etoile", 92, 3),
    ("Fruges", "Construction d'un préau", "45214210", "146900.00", "faitage", 200, 4),
    ("Fruges", "Zinguerie de la salle de sport", "45261310", "52300.00", "zingueurs", 188, 3),
    ("Fruges", "Fourniture d'un véhicule électrique", "34144900", "41250.00", "tournevent", 164, 2),
    (
        "Fruges",
        "Étude de programmation de la maison de santé",
        "71240000",
        "44600.00",
        "etoile",
        152,
        6,
    ),
    ("Fruges", "Repas à domicile des personnes âgées", "55521100", "171500.00", "lanterne", 139, 2),
    ("Fruges", "Travaux de la station d'épuration", "45252100", "398000.00", "tournevent", 126, 5),
    ("Fruges", "Toiture de la trésorerie", "45261000", "72880.00", "zingueurs", 111, 3),
    ("Fruges", "Prestations de propreté urbaine", "90610000", "36700.00", "lanterne", 99, 3),
    ("Fruges", "Signalisation horizontale", "45233221", "28300.00", "tournevent", 90, 4),
)
CCAG = {"45": "Travaux", "71": "Maitrise d'œuvre"}


def raconter(troupe: Troupe, *, le: datetime) -> None:
    """Trente contrats publiés, et de quoi voir chaque état :
    modifié, retenu, d'ailleurs, à publier, importé, à relire.
    """
    fiches = [
        publier(
            troupe,
            marche_de(rang, ligne, le=le),
            commune=ligne[0],
            le=le - timedelta(days=ligne[5] - 20),
        )
        for rang, ligne in enumerate(CONTRATS, 1)
    ]
    modifier(fiches[1], troupe, le=le)
    conceder(troupe, le=le)
    attendre(troupe, le=le)
    publier_ailleurs(troupe, le=le)
    deposer_des_fichiers(troupe, le=le)


def jour(le: datetime) -> date:
    return le.astimezone(PARIS).date()


def marche_de(
    rang: int, ligne: tuple[str, str, str, str, str, int, int], *, le: datetime
) -> Marche:
    commune, objet, cpv, montant, chez, jours, offres = ligne
    lui = communes()[commune]
    return Marche(
        id=f"2026-{rang:03d}",
        acheteur_id=lui.siret,
        nature="Marché",
        objet=objet,
        code_cpv=cpv,
        techniques=("Sans objet",),
        modalites_execution=("Sans objet",),
        marche_innovant=False,
        ccag=CCAG.get(cpv[:2], "Fournitures courantes et services"),
        offres_recues=offres,
        attribution_avance=False,
        type_groupement_operateurs="Pas de groupement",
        procedure="Procédure adaptée",
        lieu_execution=Lieu(code=lui.code, type_code="Code commune"),
        duree_mois=1 + rang % 12,
        date_notification=jour(le - timedelta(days=jours)),
        date_publication_donnees=jour(le - timedelta(days=jours - 20)),
        montant=Decimal(montant),
        types_prix=("Définitif révisable",) if rang % 3 == 0 else ("Définitif ferme",),
        forme_prix="Unitaire" if rang % 4 == 0 else "Forfaitaire",
        titulaires=(Titulaire(id=SIRETS[chez]),),
        considerations_sociales=("Clause sociale",) if rang % 5 == 0 else RIEN_DE_SOCIAL,
        considerations_environnementales=("Critère environnemental",)
        if rang % 2 == 0
        else RIEN_DE_VERT,
        sous_traitance_declaree=False,
    )


def publier(troupe: Troupe, contrat: Contrat, *, commune: str, le: datetime) -> FicheDeContrat:
    return services.publier_la_fiche(
        organisme=troupe.organismes[commune],
        marche=contrat,
        par=troupe.personnes["martine"].acteur,
        maintenant=le,
        noms=NOMS,
    )


def modifier(fiche: FicheDeContrat, troupe: Troupe, *, le: datetime) -> None:
    """La voirie a coûté plus que prévu."""
    services.ajouter_une_modification(
        fiche=fiche,
        modification=Modification(
            id=1,
            date_notification_modification=jour(le - timedelta(days=60)),
            date_publication_donnees_modification=jour(le - timedelta(days=40)),
            montant=Decimal("139800.00"),
            duree_mois=8,
        ),
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(days=40),
    )


def conceder(troupe: Troupe, *, le: datetime) -> None:
    """Le camping, et ce qu'il a fait de sa première année."""
    signee = le - timedelta(days=200)
    camping = Concession(
        id="2026-C1",
        autorite_concedante_id=communes()["Fruges"].siret,
        nature="Délégation de service public",
        objet="Gestion du camping municipal",
        procedure="Procédure négociée ouverte",
        duree_mois=60,
        date_signature=jour(signee),
        date_publication_donnees=jour(signee + timedelta(days=5)),
        date_debut_execution=jour(signee + timedelta(days=30)),
        valeur_globale=Decimal("640000.00"),
        montant_subvention_publique=Decimal("15000.00"),
        concessionnaires=(Titulaire(id=SIRETS["lanterne"]),),
        considerations_sociales=RIEN_DE_SOCIAL,
        considerations_environnementales=RIEN_DE_VERT,
    )
    fiche = publier(troupe, camping, commune="Fruges", le=signee + timedelta(days=5))
    tarifs = (
        Tarif(intitule_tarif="Emplacement, la nuit", tarif=Decimal("12.50")),
        Tarif(intitule_tarif="Électricité, la nuit", tarif=Decimal("3.20")),
    )
    annuelles = DonneesAnnuelles(
        date_publication_donnees_execution=jour(le - timedelta(days=12)),
        depenses_investissement=Decimal("18400.00"),
        tarifs=tarifs,
    )
    services.ajouter_des_donnees_d_execution(
        fiche=fiche,
        annuelles=annuelles,
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(days=12),
    )


def attendre(troupe: Troupe, *, le: datetime) -> None:
    """Deux fiches à publier, dont une en retard ; une troisième paraît sans son montant."""
    martine, bomy = troupe.personnes["martine"].acteur, troupe.organismes["Bomy"]
    for rang, jours in ((41, 30), (42, 75), (43, 45)):
        contrat = replace(
            marche_de(
                rang, ("Bomy", OBJETS[rang], "45261000", "54300.00", "faitage", jours, 2), le=le
            ),
            date_publication_donnees=jour(le - timedelta(days=jours)),
        )
        fiche = services.preparer_la_fiche(
            organisme=bomy,
            contrat=contrat,
            par=martine,
            maintenant=le - timedelta(days=jours),
            noms=NOMS,
        )
    raison = "Le prix de ce procédé est un secret de fabrication de l'entreprise."
    services.retenir(
        fiche=fiche, retenues={"montant": raison}, par=martine, maintenant=le - timedelta(days=10)
    )
    services.publier_la_preparee(fiche=fiche, par=martine, maintenant=le - timedelta(days=9))


OBJETS = {
    41: "Réfection de la couverture du presbytère",
    42: "Gouttières de l'école",
    43: "Traitement de la charpente du lavoir par un procédé nouveau",
}


def publier_ailleurs(troupe: Troupe, *, le: datetime) -> None:
    """Un contrat d'Azincourt est parti par le comptable public."""
    contrat = marche_de(
        50, ("Azincourt", "Pavage du parvis", "45233222", "83100.00", "tournevent", 70, 3), le=le
    )
    services.publier_la_fiche(
        organisme=troupe.organismes["Azincourt"],
        marche=contrat,
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(days=50),
        canal="pes",
        noms=NOMS,
    )


def deposer_des_fichiers(troupe: Troupe, *, le: datetime) -> None:
    """Un fichier d'un autre logiciel à relire, et un autre qui a des fautes."""
    ancien = marche_de(
        61, ("Bomy", "Curage des fossés", "90640000", "42700.00", "tournevent", 85, 2), le=le
    )
    for rang, (nom, contrats) in enumerate(
        (
            ("ancien-logiciel.json", (ancien,)),
            ("export-faux.json", (ancien, replace(ancien, id="2026-062", duree_mois=0))),
        )
    ):
        services.deposer_un_fichier(
            nom=nom,
            octets=en_json(Paquet(marches=contrats)),
            maintenant=le - timedelta(days=2, hours=rang),
            organisme=troupe.organismes["Bomy"],
            par=troupe.personnes["martine"],
        )
