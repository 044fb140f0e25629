"""Des avis d'une commune, complets, pour les tests."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from formats.avis.modele import (
    AccordCadre,
    Acheteur,
    Avis,
    Changement,
    Critere,
    DocumentsRestreints,
    Duree,
    Identifiants,
    Lot,
    Modification,
    Organisation,
    OutilParticulier,
    Ouverture,
    Participation,
    Procedure,
    Recours,
    Remise,
)
from formats.dates import PARIS

SITE = "https://marches.example.fr"
IDENTIFIANTS = Identifiants(
    avis="5b2f0f0e-6a0a-4f0e-9b3f-0d5a1c2b3e4f", dossier="0c9e8d7c-6b5a-4f3e-8d2c-1b0a9f8e7d6c"
)
AUTRES = Identifiants(avis="7d4a1c2b-3e4f-4a5b-8c6d-0e1f2a3b4c5d", dossier=IDENTIFIANTS.dossier)

COMMUNE = Organisation(
    nom="Commune de Saint-Ambroise",
    identifiant="21629999900018",
    adresse="1 place de la Mairie",
    code_postal="62000",
    ville="Saint-Ambroise",
    code_nuts="FRE12",
    courriel="marches@saint-ambroise.example.fr",
    telephone="+33 300000001",
    site="https://saint-ambroise.example.fr",
    service="Service des marchés",
)
# Un tribunal et une commune d'essai : leurs numéros ne sont à personne.
TRIBUNAL = Organisation(
    nom="Tribunal administratif de Trébuchet",
    identifiant="10000000000008",
    adresse="2 place du Palais",
    code_postal="59000",
    ville="Trébuchet",
    code_nuts="FRE11",
    telephone="+33 300000000",
    courriel="greffe@tribunal.example",
)
CRITERES = (
    Critere(nom="Prix", sorte="price", poids=Decimal(50)),
    Critere(
        nom="Valeur technique",
        sorte="quality",
        poids=Decimal(40),
        description="D'après le mémoire technique.",
    ),
    Critere(
        nom="Environnement",
        sorte="quality",
        poids=Decimal(10),
        description="Gestion des déchets de chantier.",
    ),
)
COUVERTURE = Lot(
    numero=1,
    intitule="Couverture",
    description="Dépose de la couverture, pose d'ardoises neuves et zinguerie.",
    code_cpv="45261210",
    duree=Duree(mois=6),
    criteres=CRITERES,
    valeur_estimee_ht=Decimal("180000"),
    options="Isolation sous toiture.",
)
CHARPENTE = Lot(
    numero=2,
    intitule="Charpente",
    description="Reprise de la charpente en chêne.",
    code_cpv="45261100",
    duree=Duree(debut=date(2027, 3, 1), fin=date(2027, 9, 30)),
    criteres=CRITERES,
    valeur_estimee_ht=Decimal("90000"),
    variantes="allowed",
)
NETTOYAGE = Lot(
    numero=1,
    intitule="Nettoyage des écoles",
    description="Nettoyage des quatre écoles et du gymnase.",
    code_cpv="90910000",
    cpv_secondaires=("90919300",),
    duree=Duree(
        mois=12, reconductions=3, description_des_reconductions="Trois fois un an, tacitement."
    ),
    criteres=(Critere(nom="Prix", sorte="price"), Critere(nom="Moyens humains", sorte="quality")),
    accord_cadre=AccordCadre(mode="fa-wo-rc", maximum_ht=Decimal("400000"), titulaires_maximum=1),
)


def marche() -> Avis:
    """Un appel d'offres ouvert de travaux, en deux lots : le sous-type 16."""
    return Avis(
        sous_type="16",
        reference="2026-0142",
        titre="Réfection de la toiture de l'école Jules-Ferry",
        description=(
            "Réfection complète de la toiture et reprise de la charpente de l'école élémentaire."
        ),
        nature="works",
        code_cpv="45261210",
        code_nuts="FRE12",
        lieu="École Jules-Ferry, Saint-Ambroise",
        acheteur=Acheteur(organisation=COMMUNE, profil=SITE),
        recours=Recours(
            tribunal=TRIBUNAL,
            delais=(
                "Référé précontractuel avant la signature. "
                "Référé contractuel dans les 31 jours de l'avis d'attribution."
            ),
        ),
        procedure=Procedure(
            code="open",
            nom="Appel d'offres ouvert",
            lots_soumis_maximum=2,
            lots_attribues_maximum=2,
        ),
        remise=Remise(
            limite=datetime(2026, 12, 15, 12, 0, tzinfo=PARIS),
            adresse_du_dossier=f"{SITE}/consultations/2026-0142/",
            adresse_de_depot=f"{SITE}/consultations/2026-0142/deposer/",
            limite_des_questions=datetime(2026, 12, 5, 12, 0, tzinfo=PARIS),
            validite_en_jours=120,
            ouverture=Ouverture(
                le=datetime(2026, 12, 15, 14, 0, tzinfo=PARIS), lieu="En mairie, salle du conseil."
            ),
        ),
        lots=(COUVERTURE, CHARPENTE),
        envoi=datetime(2026, 11, 10, 9, 30, tzinfo=PARIS),
        valeur_estimee_ht=Decimal("270000"),
        participation=Participation(visite="Visite obligatoire, sur rendez-vous."),
        informations="Le dossier est gratuit et en accès libre.",
    )


def restreint() -> Avis:
    """Un accord-cadre en appel d'offres restreint : le sous-type 16, en deux phases."""
    avis = marche()
    return replace(
        avis,
        titre="Nettoyage des bâtiments communaux",
        nature="services",
        code_cpv="90910000",
        procedure=Procedure(
            code="restricted",
            nom="Appel d'offres restreint",
            candidats_minimum=5,
            candidats_maximum=8,
        ),
        remise=replace(avis.remise, ouverture=None, validite_en_jours=None),
        lots=(NETTOYAGE,),
        valeur_estimee_ht=None,
    )


def negocie() -> Avis:
    """Une procédure avec négociation, accélérée : le sous-type 16, en deux phases."""
    avis = restreint()
    return replace(
        avis,
        procedure=Procedure(
            code="neg-w-call",
            nom="Procédure avec négociation",
            acceleree=True,
            justification="L'inondation du 2 novembre rend les locaux inutilisables.",
            candidats_minimum=3,
            negociation="En deux tours.",
            attribution_sans_negociation=True,
        ),
    )


def sur_papier() -> Avis:
    """Le même marché, qui demande une maquette : la réponse n'est pas électronique."""
    avis = marche()
    papier = replace(
        avis.remise,
        electronique="not-allowed",
        justification_hors_electronique="phy-mod",
        modalites_hors_electronique="La maquette est remise en mairie, contre récépissé.",
    )
    return replace(avis, remise=papier)


def social() -> Avis:
    """Des services sociaux au-dessus de leur seuil : le sous-type 20."""
    avis = marche()
    return replace(
        avis,
        sous_type="20",
        titre="Gestion de la crèche municipale",
        description="Gestion et animation de la crèche municipale de trente places.",
        nature="services",
        code_cpv="85312110",
        procedure=Procedure(
            code="oth-single",
            nom="Procédure adaptée ouverte",
            description=(
                "Procédure adaptée : une seule phase, "
                "négociation possible avec les trois meilleures offres."
            ),
            negociation="Avec les trois meilleures offres.",
        ),
        remise=replace(avis.remise, ouverture=None),
        lots=(
            replace(
                NETTOYAGE, intitule="Gestion de la crèche", code_cpv="85312110", cpv_secondaires=()
            ),
        ),
        valeur_estimee_ht=Decimal("900000"),
    )


def concession() -> Avis:
    """Une concession au-dessus du seuil : le sous-type 19."""
    avis = marche()
    return replace(
        avis,
        sous_type="19",
        titre="Exploitation du camping municipal",
        description="Délégation de service public pour exploiter le camping municipal.",
        nature="services",
        code_cpv="55221000",
        procedure=Procedure(
            code="oth-single", nom="Concession, procédure ouverte", description="Une seule phase."
        ),
        remise=replace(avis.remise, ouverture=None),
        lots=(
            replace(
                COUVERTURE,
                intitule="Camping municipal",
                code_cpv="55221000",
                duree=Duree(mois=60),
                criteres=(
                    Critere(nom="Qualité du service", sorte="quality"),
                    Critere(nom="Redevance", sorte="price"),
                ),
                valeur_estimee_ht=Decimal("6000000"),
                options="",
            ),
        ),
        valeur_estimee_ht=Decimal("6000000"),
    )


def volontaire() -> Avis:
    """Une procédure adaptée, annoncée de plein gré au JOUE : le sous-type E3."""
    avis = marche()
    return replace(
        avis,
        sous_type="E3",
        base_juridique="Code de la commande publique, article R. 2123-1",
        procedure=Procedure(
            code="oth-single",
            nom="Procédure adaptée ouverte",
            description="Procédure adaptée, en une phase.",
        ),
        remise=replace(avis.remise, ouverture=None),
        lots=(COUVERTURE,),
    )


def rectificatif() -> Avis:
    """Le même marché, dont la limite recule et le dossier change."""
    avis = marche()
    return replace(
        avis,
        remise=replace(
            avis.remise,
            limite=datetime(2026, 12, 22, 12, 0, tzinfo=PARIS),
            ouverture=Ouverture(le=datetime(2026, 12, 22, 14, 0, tzinfo=PARIS)),
        ),
        envoi=datetime(2026, 11, 24, 9, 30, tzinfo=PARIS),
        changement=Changement(
            avis=f"{IDENTIFIANTS.avis}-{IDENTIFIANTS.version}",
            motif="cor-buy",
            explication="Le dossier a été complété ; la date limite recule d'une semaine.",
            modifications=(
                Modification(
                    parties=("LOT-0001", "LOT-0002"),
                    description="Date limite portée au 22 décembre 2026 à 12 h.",
                    dossier_modifie_le=date(2026, 11, 23),
                ),
            ),
        ),
    )


def annulation() -> Avis:
    """Le même marché, abandonné."""
    return replace(
        marche(),
        envoi=datetime(2026, 11, 24, 9, 30, tzinfo=PARIS),
        changement=Changement(
            avis=f"{IDENTIFIANTS.avis}-{IDENTIFIANTS.version}",
            motif="cancel",
            explication="Le besoin a disparu ; la procédure est déclarée sans suite.",
        ),
    )


SYNDICAT = replace(
    COMMUNE, nom="Syndicat des eaux de l'Aa", identifiant="25629999900016", service="", site=""
)


def groupement() -> Avis:
    """Le même marché, acheté à deux :
    la commune passe le marché pour le syndicat (CCP, art. L. 2113-7).
    """
    avis = marche()
    return replace(
        avis, acheteur=replace(avis.acheteur, groupement_de_commandes=True, membres=(SYNDICAT,))
    )


def hors_profil() -> Avis:
    """Des plans remis autrement, et une maquette numérique à rendre (CCP,
    art. R. 2132-5 et R. 2132-14).
    """
    avis = marche()
    restreints = DocumentsRestreints(
        intitules=("Plans de la salle des coffres",),
        raison="des informations particulièrement sensibles",
        moyen_d_acces="par courriel, dans la journée.",
        adresse=f"{SITE}/consultations/2026-0142/",
        justification="sen-info",
    )
    outil = OutilParticulier(
        nom="Maquette numérique (IFC)", adresse=f"{SITE}/outil/", acces="un jeton provisoire"
    )
    return replace(avis, remise=replace(avis.remise, documents_restreints=restreints, outil=outil))


TOUS = {
    "16, groupement": groupement,
    "16, hors profil": hors_profil,
    "16": marche,
    "16, deux phases": restreint,
    "16, négociée": negocie,
    "16, sur papier": sur_papier,
    "20": social,
    "19": concession,
    "E3": volontaire,
    "rectificatif": rectificatif,
    "annulation": annulation,
}
