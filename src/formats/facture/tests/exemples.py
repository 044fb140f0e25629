"""Des factures d'essai : une facture de chaque régime, et l'avoir qui en corrige une."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from formats.facture.modele import (
    Adresse,
    Facture,
    FactureRectifiee,
    Ligne,
    Mentions,
    Partie,
    References,
    RegimeDeTva,
    hors_taxe_de,
)

MENTIONS = Mentions(
    frais_de_recouvrement="Indemnité forfaitaire pour frais de recouvrement : 40 €.",
    penalites=(
        "Intérêts moratoires au taux de la Banque centrale européenne, majoré de huit points."
    ),
    escompte="Pas d'escompte pour paiement anticipé.",
    paiement="Mandat administratif, dans les trente jours de la réception.",
)
CENTRE = Partie(
    nom="Centre de gestion d'essai",
    siret="28620001500019",
    adresse=Adresse(voie="12 rue des Essais", code_postal="62700", ville="Bruay-la-Buissière"),
    courriel="contributions@example.org",
)
COMMUNE = Partie(
    nom="Commune d'Essai-lès-Tours",
    siret="21620178000014",
    adresse=Adresse(
        voie="Place de l'Hôtel de ville", complement="BP 3", code_postal="62000", ville="Essai"
    ),
    service="SERVICE-62",
)


def facture(
    somme: Decimal = Decimal("1753.42"), regime: RegimeDeTva = RegimeDeTva.HORS_CHAMP
) -> Facture:
    return Facture(
        numero="C-2027-0031",
        emise_le=date(2027, 2, 1),
        vendeur=CENTRE,
        acheteur=COMMUNE,
        lignes=(
            Ligne(
                libelle="Contribution 2027 à la plateforme",
                precision="Tranche 3, 365 jours",
                prix=hors_taxe_de(somme, regime),
                regime=regime,
                debut=date(2027, 1, 1),
                fin=date(2027, 12, 31),
            ),
        ),
        mentions=MENTIONS,
        references=References(
            convention="CV-ABCDEF",
            deliberation="2026-42",
            engagement="ENG-2027-7",
            service="SERVICE-62",
        ),
        echeance=date(2027, 3, 3),
        du=somme,
    )


def avoir(
    somme: Decimal = Decimal("120.10"), regime: RegimeDeTva = RegimeDeTva.HORS_CHAMP
) -> Facture:
    return replace(
        facture(somme, regime),
        numero="A-0007",
        emise_le=date(2027, 6, 1),
        echeance=None,
        rectifie=FactureRectifiee(numero="C-2027-0031", emise_le=date(2027, 2, 1)),
    )


TOUTES = {
    **{f"facture {regime.name.lower()}": facture(regime=regime) for regime in RegimeDeTva},
    **{f"avoir {regime.name.lower()}": avoir(regime=regime) for regime in RegimeDeTva},
}
