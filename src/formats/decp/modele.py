"""Les données essentielles d'un contrat, avant toute syntaxe :
un marché, une concession, un paquet de l'un et de l'autre.

Un champ porte le nom du format national, en minuscules soulignées (`codeCPV` devient `code_cpv`).
Source : arrêtés du 22 décembre 2022, modifiés le 22 décembre 2023, sur les données essentielles des
marchés publics et des concessions. Les valeurs admises de chaque champ codé sont dans `codes.toml`.
Rien n'est vérifié à la construction : `decp.regles` le fait.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu:
    """Le lieu principal d'exécution.

    `type_code` : « Code commune », « Code postal »… ; `code` : dans cette nomenclature.
    """

    code: str
    type_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Titulaire:
    """Un opérateur économique.

    `type_identifiant` : SIRET, TVA, TAHITI, RIDET, FRWF, IREP ou HORS-UE.
    """

    id: str
    type_identifiant: str = "SIRET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """Une modification notifiée : `id` croît avec l'ordre des notifications.

    Ce qui n'a pas changé reste à `None` ou vide.
    """

    id: int
    date_notification_modification: date
    date_publication_donnees_modification: date
    duree_mois: int | None = None
    montant: Decimal | None = None
    titulaires: tuple[Titulaire, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeSousTraitance:
    """Un acte spécial de sous-traitance notifié.

    `variation_prix` : Ferme, Actualisable, Révisable ; `montant` : euros HT.
    """

    id: int
    sous_traitant: Titulaire
    duree_mois: int
    date_notification: date
    date_publication_donnees: date
    montant: Decimal
    variation_prix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModificationActeSousTraitance:
    """Ce qui change dans un acte de sous-traitance.

    `id` est celui de l'acte modifié, qui doit exister.
    """

    id: int
    date_notification_modification_sous_traitance: date
    date_publication_donnees: date
    duree_mois: int | None = None
    montant: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marche:
    """Un marché, ou un lot. Montants en euros HT ; durées en mois entiers, arrondies
    au-dessus ; parts et taux de 0 à 1.

    `id` : 16 caractères au plus. `montant` : initial, forfaitaire ou estimé maximum.
    `date_publication_donnees` : celle de la première publication, qu'une modification ne change
    pas. `id_accord_cadre` : vide hors d'un marché subséquent.
    """

    id: str
    acheteur_id: str
    nature: str
    objet: str
    code_cpv: str
    techniques: tuple[str, ...]
    modalites_execution: tuple[str, ...]
    marche_innovant: bool
    ccag: str
    offres_recues: int
    attribution_avance: bool
    type_groupement_operateurs: str
    procedure: str
    lieu_execution: Lieu
    duree_mois: int
    date_notification: date
    date_publication_donnees: date
    montant: Decimal
    types_prix: tuple[str, ...]
    forme_prix: str
    titulaires: tuple[Titulaire, ...]
    considerations_sociales: tuple[str, ...]
    considerations_environnementales: tuple[str, ...]
    sous_traitance_declaree: bool
    id_accord_cadre: str = ""
    taux_avance: Decimal | None = None
    origine_ue: Decimal | None = None
    origine_france: Decimal | None = None
    actes_sous_traitance: tuple[ActeSousTraitance, ...] = ()
    modifications: tuple[Modification, ...] = ()
    modifications_actes_sous_traitance: tuple[ModificationActeSousTraitance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tarif:
    """Un tarif à la charge des usagers.

    `tarif` : en euros HT ; `intitule_tarif` : 256 caractères au plus.
    """

    intitule_tarif: str
    tarif: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesAnnuelles:
    """L'exécution d'une concession sur une année :
    investissements du concessionnaire, principaux tarifs. En euros HT.
    """

    date_publication_donnees_execution: date
    depenses_investissement: Decimal
    tarifs: tuple[Tarif, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModificationConcession:
    """Une modification signée d'une concession. `valeur_globale` : la nouvelle, en euros HT."""

    id: int
    date_signature_modification: date
    date_publication_donnees_modification: date
    duree_mois: int | None = None
    valeur_globale: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """Un contrat de concession. Montants en euros HT.

    `donnees_execution` : une entrée par année publiée ;
    `None` si le champ n'est pas dit, vide s'il est dit sans entrée.
    """

    id: str
    autorite_concedante_id: str
    nature: str
    objet: str
    procedure: str
    duree_mois: int
    date_signature: date
    date_publication_donnees: date
    date_debut_execution: date
    valeur_globale: Decimal
    montant_subvention_publique: Decimal
    concessionnaires: tuple[Titulaire, ...]
    considerations_sociales: tuple[str, ...]
    considerations_environnementales: tuple[str, ...]
    donnees_execution: tuple[DonneesAnnuelles, ...] | None = None
    modifications: tuple[ModificationConcession, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paquet:
    """Les contrats d'un fichier, dans son ordre : les marchés, puis les concessions."""

    marches: tuple[Marche, ...] = ()
    concessions: tuple[Concession, ...] = ()
