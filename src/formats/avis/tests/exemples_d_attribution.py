"""Des avis d'attribution complets, d'après les avis de marché des exemples."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from formats.avis.attribution import (
    AvisDAttribution,
    ContratConclu,
    OffreRetenue,
    OffresRecues,
    Recettes,
    ResultatDuLot,
    Titulaire,
)
from formats.avis.modele import Organisation
from formats.avis.tests import exemples
from formats.dates import PARIS

COUVREUR = Titulaire(
    organisation=Organisation(
        nom="Couvertures du Ternois",
        identifiant="33245605200049",
        adresse="3 rue des Ardoises",
        code_postal="62130",
        ville="Saint-Pol-sur-Ternoise",
        code_nuts="FRE12",
        courriel="contact@couvertures.example.fr",
        telephone="+33 300000002",
    ),
    taille="small",
)
CHARPENTIER = replace(
    COUVREUR,
    organisation=replace(
        COUVREUR.organisation, nom="Charpentes de l'Authie", identifiant="55204599900869"
    ),
)
CONTRAT = ContratConclu(
    numero="2026-0142-01",
    decide_le=date(2026, 12, 28),
    signe_le=date(2027, 1, 12),
    intitule="Couverture",
)
COUVERTURE = ResultatDuLot(
    lot=1,
    offres=OffresRecues(recues=4, de_pme=3, electroniques=4, d_autres_etats_de_l_eee=1),
    offre=OffreRetenue(
        reference="Offre 2",
        titulaires=(COUVREUR, CHARPENTIER),
        montant_ht=Decimal("171250.40"),
        sous_traitance=True,
        montant_sous_traite_ht=Decimal(20000),
        part_sous_traitee=Decimal("11.68"),
    ),
    contrat=CONTRAT,
    offre_la_plus_basse_ht=Decimal(165000),
    offre_la_plus_haute_ht=Decimal(201000),
)
CHARPENTE = ResultatDuLot(lot=2, motif="no-rece")
ENVOI = datetime(2027, 1, 20, 9, 0, tzinfo=PARIS)


def marche() -> AvisDAttribution:
    """Un appel d'offres en deux lots, l'un attribué à un groupement,
    l'autre sans offre : le sous-type 29.
    """
    avis = replace(exemples.marche(), sous_type="29", envoi=ENVOI)
    precedent = f"{exemples.IDENTIFIANTS.avis}-01"
    return AvisDAttribution(avis=avis, resultats=(COUVERTURE, CHARPENTE), avis_de_marche=precedent)


def accord_cadre() -> AvisDAttribution:
    """Un accord-cadre à bons de commande et à titulaire unique :
    le sous-type 29, avec son maximum.
    """
    avis = replace(
        exemples.marche(),
        sous_type="29",
        envoi=ENVOI,
        nature="services",
        code_cpv="90910000",
        lots=(exemples.NETTOYAGE,),
    )
    offre = OffreRetenue(reference="Offre 1", titulaires=(COUVREUR,), montant_ht=Decimal(80000))
    resultat = replace(COUVERTURE, offre=offre, maximum_de_l_accord_cadre_ht=Decimal(400000))
    return AvisDAttribution(avis=avis, resultats=(resultat,))


def plusieurs_titulaires() -> AvisDAttribution:
    """Le même accord-cadre, à deux titulaires : une offre chacun, un seul contrat."""
    attribution = accord_cadre()
    (resultat,) = attribution.resultats
    seconde = OffreRetenue(
        reference="Offre 2", titulaires=(CHARPENTIER,), montant_ht=Decimal(84000), rang=2
    )
    return replace(attribution, resultats=(replace(resultat, autres_offres=(seconde,)),))


def entite_adjudicatrice() -> AvisDAttribution:
    """Le même marché, passé par un syndicat des eaux : le sous-type 30."""
    attribution = marche()
    acheteur = replace(
        attribution.avis.acheteur,
        entite_adjudicatrice=True,
        forme="pub-undert-la",
        activite="water",
    )
    return replace(attribution, avis=replace(attribution.avis, sous_type="30", acheteur=acheteur))


def concession() -> AvisDAttribution:
    """Un camping délégué : le sous-type 32."""
    avis = replace(exemples.concession(), sous_type="32", envoi=ENVOI)
    recettes = Recettes(
        de_l_acheteur=Decimal(0),
        des_usagers=Decimal(6000000),
        description="Cinq saisons, d'après le compte prévisionnel.",
    )
    offre = OffreRetenue(
        reference="Offre 1", titulaires=(COUVREUR,), montant_ht=Decimal(6000000), recettes=recettes
    )
    return AvisDAttribution(avis=avis, resultats=(replace(COUVERTURE, offre=offre),))


def volontaire() -> AvisDAttribution:
    """Une procédure adaptée, dont l'issue est annoncée de plein gré : le sous-type E4."""
    avis = replace(exemples.volontaire(), sous_type="E4", envoi=ENVOI)
    return AvisDAttribution(avis=avis, resultats=(COUVERTURE,))


def social() -> AvisDAttribution:
    """Des services sociaux au-dessus de leur seuil :
    le sous-type 33, qui ignore les offres extrêmes.
    """
    avis = replace(exemples.social(), sous_type="33", envoi=ENVOI)
    return AvisDAttribution(
        avis=avis, resultats=(replace(COUVERTURE, maximum_de_l_accord_cadre_ht=Decimal(800000)),)
    )


def sans_suite() -> AvisDAttribution:
    """Un marché abandonné : chaque lot dit pourquoi."""
    offres = OffresRecues(recues=2, de_pme=2, electroniques=2)
    lots = tuple(ResultatDuLot(lot=numero, offres=offres, motif="chan-need") for numero in (1, 2))
    return replace(marche(), resultats=lots)


def groupement() -> AvisDAttribution:
    """Le même marché, acheté à deux."""
    attribution = marche()
    return replace(attribution, avis=replace(exemples.groupement(), sous_type="29", envoi=ENVOI))


TOUS = {
    "29": marche,
    "29, accord-cadre": accord_cadre,
    "29, plusieurs titulaires": plusieurs_titulaires,
    "29, groupement de commandes": groupement,
    "29, sans suite": sans_suite,
    "30": entite_adjudicatrice,
    "32": concession,
    "33": social,
    "E4": volontaire,
}
