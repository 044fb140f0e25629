"""Des achats d'exemple, entièrement inventés : un par famille de procédure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from droit.achat import (
    AccordCadre,
    Achat,
    Acheteur,
    Allotissement,
    Candidature,
    CopieDeSauvegarde,
    Critere,
    Dates,
    DocumentDuDossier,
    Durabilite,
    Execution,
    GroupementDeCommandes,
    Lot,
    Negociation,
    Offre,
    PieceDemandee,
    Plateforme,
    PrestationSupplementaire,
    Publicite,
    SousCritere,
    Tranche,
    Variantes,
)
from droit.en_vigueur import Droit
from formats.dates import PARIS

MAINTENANT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DROIT = Droit.au(date(2026, 11, 24))
LIMITE = datetime(2027, 1, 12, 11, 0, tzinfo=PARIS)

ACHETEUR = Acheteur(
    nom="Commune de Saint-Ambroise",
    siret="21620999900012",
    adresse="1 place de la Mairie",
    code_postal="62123",
    ville="Saint-Ambroise",
    code_nuts="FRE12",
    courriel="mairie@saint-ambroise.example",
    telephone="03 21 00 00 00",
    contact_donnees_personnelles="dpo@saint-ambroise.example",
    service_chorus="MARCHES",
)
PLATEFORME = Plateforme(
    nom="Marchés publics des communes",
    adresse="https://marches.example/",
    adresse_de_la_consultation="https://marches.example/consultations/2026-0142/",
    adresse_d_essai="https://marches.example/essai/",
    adresse_d_aide="https://marches.example/aide/",
    telephone_d_aide="03 21 99 99 99",
    exploitant="Centre de gestion de Trébuchet",
)
CRITERES = (
    Critere(
        nom="Prix",
        sorte="prix",
        poids=Decimal(50),
        methode="l'offre la moins chère reçoit tous les points, les autres en proportion",
    ),
    Critere(
        nom="Valeur technique",
        sorte="technique",
        poids=Decimal(35),
        sous_criteres=(
            SousCritere(nom="Organisation du chantier", poids=Decimal(20)),
            SousCritere(nom="Qualité des matériaux", poids=Decimal(15)),
        ),
    ),
    Critere(
        nom="Environnement : tri et réemploi des déchets", sorte="environnement", poids=Decimal(15)
    ),
)
DOSSIER = (
    DocumentDuDossier(
        nom="reglement.pdf", intitule="Règlement de la consultation", sorte="règlement"
    ),
    DocumentDuDossier(nom="acte-d-engagement.odt", intitule="Acte d'engagement"),
    DocumentDuDossier(nom="ccap.pdf", intitule="Cahier des clauses administratives"),
    DocumentDuDossier(nom="cctp.pdf", intitule="Cahier des clauses techniques"),
)
PIECES = (
    PieceDemandee(intitule="Acte d'engagement", enveloppe="offre", formats=("pdf", "odt")),
    PieceDemandee(intitule="Détail des prix", enveloppe="offre", formats=("ods", "xlsx")),
    PieceDemandee(intitule="Mémoire technique", enveloppe="offre", formats=("pdf",)),
)

MAPA = Achat(
    reference="2026-0142",
    titre="Réfection de la toiture de l'école Jules-Ferry",
    objet=(
        "La commune refait la toiture de l'école Jules-Ferry : charpente, "
        "couverture et isolation.\nL'école reste ouverte."
    ),
    acheteur=ACHETEUR,
    prestation="travaux",
    code_cpv="45261000-4",
    valeur_estimee=Decimal(180000),
    dates=Dates(
        envoi_de_l_avis=date(2026, 11, 30),
        limite=LIMITE,
        derniere_question=datetime(2027, 1, 4, 12, 0, tzinfo=PARIS),
    ),
    publicite=Publicite(supports=("BOAMP", "profil")),
    plateforme=PLATEFORME,
    allotissement=Allotissement(
        lots=(
            Lot(
                numero=1, intitule="Charpente", code_cpv="45261100-5", montant_estime=Decimal(60000)
            ),
            Lot(
                numero=2,
                intitule="Couverture et zinguerie",
                code_cpv="45261210-9",
                montant_estime=Decimal(90000),
            ),
            Lot(
                numero=3, intitule="Isolation", code_cpv="45321000-3", montant_estime=Decimal(30000)
            ),
        ),
    ),
    criteres=CRITERES,
    candidature=Candidature(
        pieces=("Références de travaux semblables sur cinq ans", "Effectifs et qualifications"),
        forme_de_groupement="solidaire",
        motif_de_la_forme="les trois corps de métier travaillent en même temps sur le même toit",
    ),
    offre=Offre(
        pieces=PIECES,
        validite_en_jours=120,
        variantes=Variantes(regime="interdites"),
        negociation=Negociation(prevue=True, attribution_sans_negociation=True),
        visite="Sur rendez-vous au 03 21 00 00 00, du 7 au 18 décembre 2026",
    ),
    copie_de_sauvegarde=CopieDeSauvegarde(
        adresse="Mairie, 1 place de la Mairie, 62123 Saint-Ambroise",
        horaires="du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h",
    ),
    execution=Execution(
        duree_en_mois=6,
        ccag="Travaux",
        forme_de_prix="forfaitaire",
        durabilite=Durabilite(
            condition_environnementale="les déchets du chantier sont triés et leur trajet est tracé"
        ),
        avance_en_pourcent=Decimal(30),
        lieu="École Jules-Ferry, 62123 Saint-Ambroise",
        code_nuts="FRE12",
    ),
    documents=DOSSIER,
)

AOO = replace(
    MAPA,
    reference="2026-0150",
    titre="Restauration scolaire",
    objet="Préparer et livrer les repas des écoles de la commune.",
    prestation="services",
    procedure="appel_offres_ouvert",
    code_cpv="55524000-9",
    valeur_estimee=Decimal(900000),
    publicite=Publicite(supports=("BOAMP", "JOUE")),
    allotissement=Allotissement(motif_sans_lot="les repas sortent d'une seule cuisine"),
    candidature=Candidature(
        chiffre_d_affaires_minimal=Decimal(400000),
        pieces=("Bilans",),
        cumul_de_candidatures_interdit=True,
    ),
    offre=replace(MAPA.offre, negociation=Negociation(), variantes=Variantes(), visite=""),
    execution=replace(
        MAPA.execution,
        duree_en_mois=12,
        reconductions=3,
        mois_par_reconduction=12,
        ccag="Fournitures courantes et services",
        forme_de_prix="unitaire",
        durabilite=Durabilite(
            condition_environnementale=(
                "la moitié des produits est issue de l'agriculture biologique"
            ),
            condition_sociale="une part des heures revient à des personnes en insertion",
            heures_d_insertion=800,
        ),
    ),
)

ACCORD_CADRE = replace(
    AOO,
    reference="2026-0151",
    titre="Fournitures de bureau",
    objet="Acheter des fournitures de bureau pour les services et les écoles.",
    prestation="fournitures",
    code_cpv="30192000-1",
    techniques=("accord_cadre",),
    groupement_de_commandes=GroupementDeCommandes(
        coordonnateur="Commune de Saint-Ambroise", membres=("CCAS de Saint-Ambroise",)
    ),
    execution=replace(
        AOO.execution,
        accord_cadre=AccordCadre(
            maximum_en_valeur=Decimal(800000),
            titulaires_maximum=3,
            minimum_en_valeur=Decimal(50000),
        ),
    ),
)

CONCESSION = replace(
    AOO,
    reference="2026-0160",
    titre="Exploitation du camping municipal",
    objet="Exploiter et entretenir le camping municipal, à ses risques.",
    acheteur=replace(ACHETEUR, type_d_acheteur="autorité concédante"),
    contrat="concession",
    procedure="concession_au_dessus_du_seuil",
    code_cpv="55220000-7",
    valeur_estimee=Decimal(6000000),
    publicite=Publicite(supports=("BOAMP", "JOUE", "presse spécialisée", "profil")),
    offre=replace(
        AOO.offre,
        pieces=(PieceDemandee(intitule="Compte d'exploitation prévisionnel", enveloppe="offre"),),
        negociation=Negociation(
            prevue=True, phases="deux tours au plus, avec trois entreprises au plus"
        ),
        variantes=Variantes(regime="interdites"),
    ),
    candidature=Candidature(pieces=("Expérience dans l'accueil touristique",)),
    execution=replace(
        AOO.execution, duree_en_mois=96, reconductions=0, mois_par_reconduction=0, ccag=""
    ),
)

AOR = replace(
    AOO,
    reference="2026-0170",
    procedure="appel_offres_restreint",
    candidature=Candidature(
        pieces=("Références",),
        candidats_minimum=5,
        candidats_maximum=8,
        criteres_de_selection=("qualité des références",),
    ),
)

PROCEDURE_AVEC_NEGOCIATION = replace(
    AOR,
    reference="2026-0171",
    procedure="procedure_avec_negociation",
    candidature=replace(AOR.candidature, candidats_minimum=3),
    offre=replace(
        AOR.offre, negociation=Negociation(prevue=True, attribution_sans_negociation=True)
    ),
)

RESERVE = replace(
    MAPA,
    reference="2026-0180",
    titre="Entretien des espaces verts",
    objet="Tondre, tailler et désherber les espaces verts de la commune.",
    prestation="services",
    allotissement=replace(
        MAPA.allotissement,
        lots=(
            Lot(
                numero=1,
                intitule="Centre",
                code_cpv="77310000-6",
                reserve_a="entreprises adaptées et ESAT",
            ),
            Lot(
                numero=2,
                intitule="Stade",
                code_cpv="77320000-9",
                description="Deux terrains et leurs abords.",
            ),
        ),
        maximum_de_lots_attribues=1,
        regle_si_plus_de_lots_gagnes="le lot 1 d'abord",
    ),
    execution=replace(
        MAPA.execution,
        ccag="Fournitures courantes et services",
        tranches=(Tranche(intitule="Année 1", ferme=True), Tranche(intitule="Année 2")),
        prestations_supplementaires=(
            PrestationSupplementaire(intitule="Arrosage", reponse_obligatoire=False),
        ),
        prestations_similaires=True,
    ),
)

VIDE = Achat(
    reference="2026-0199",
    titre="Un achat à peine commencé",
    objet="",
    acheteur=Acheteur(nom="Commune de Saint-Ambroise", siret="21620999900012"),
    prestation="fournitures",
)

ACHATS = {
    "mapa": MAPA,
    "aoo": AOO,
    "accord-cadre": ACCORD_CADRE,
    "concession": CONCESSION,
    "aor": AOR,
    "pn": PROCEDURE_AVEC_NEGOCIATION,
    "reserve": RESERVE,
}
