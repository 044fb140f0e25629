"""Un avis, tel que l'acheteur l'annonce :
ce que le BOAMP, un journal d'annonces légales ou le JOUE en publieront.

Une seule forme pour tous les supports : chaque rendu en prend ce que son format sait dire.
Les codes sont ceux de `codes`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """L'acheteur, le tribunal ou toute autre organisation nommée.

    `identifiant` : son SIRET. `code_nuts` : où elle est.
    """

    nom: str
    identifiant: str = ""
    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    code_nuts: str = ""
    pays: str = "FRA"
    courriel: str = ""
    telephone: str = ""
    site: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acheteur:
    """Qui achète. `forme` et les deux activités : codes européens ;
    d'office, une autorité locale et l'administration générale.

    `membres` : les autres acheteurs d'un groupement de commandes. `coordonnateur` :
    son SIRET, vide si c'est l'acheteur.
    """

    organisation: Organisation
    forme: str = "la"
    activite: str = "gen-pub"
    activite_de_reseau: str = ""
    profil: str = ""
    entite_adjudicatrice: bool = False
    groupement_de_commandes: bool = False
    membres: tuple[Organisation, ...] = ()
    coordonnateur: str = ""

    @property
    def reseau(self) -> str:
        """L'activité de réseau d'une entité adjudicatrice ;
        une entreprise publique n'en a pas d'autre.
        """
        return self.activite_de_reseau or self.activite

    def mene_le_groupement(self, organisation: Organisation) -> bool:
        """Celui qui passe le marché pour tous (CCP, art. L. 2113-7)."""
        return organisation.identifiant == (self.coordonnateur or self.organisation.identifiant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recours:
    """Qui juge, et dans quels délais."""

    tribunal: Organisation
    delais: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """Un critère d'attribution.

    `sorte` : price, cost ou quality. Sans poids, l'ordre des critères fait foi.
    """

    nom: str
    sorte: str
    poids: Decimal | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccordCadre:
    """`mode` : fa-wo-rc (bons de commande), fa-w-rc (marchés subséquents) ou fa-mix.

    Montant hors taxes (R. 2162-4).
    """

    mode: str
    maximum_ht: Decimal | None = None
    titulaires_maximum: int | None = None
    justification_de_la_duree: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duree:
    """Combien de temps le marché dure : en mois, ou entre deux dates.

    `reconductions` : combien, au plus.
    """

    mois: int | None = None
    debut: date | None = None
    fin: date | None = None
    reconductions: int = 0
    description_des_reconductions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Une part de l'achat ; un achat sans lots en a un seul.

    `reserve` : code de réservation. `variantes` : code.
    """

    numero: int
    intitule: str
    description: str
    code_cpv: str
    cpv_secondaires: tuple[str, ...] = ()
    duree: Duree = field(default_factory=Duree)
    lieu: str = ""
    criteres: tuple[Critere, ...] = ()
    valeur_estimee_ht: Decimal | None = None
    accord_cadre: AccordCadre | None = None
    reserve: str = "none"
    variantes: str = "not-allowed"
    options: str = ""
    fonds_europeens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """Comment on achète.

    `code` : code européen. `nom` : le nom français, pour les avis nationaux.
    """

    code: str
    nom: str
    description: str = ""
    acceleree: bool = False
    justification: str = ""
    candidats_minimum: int | None = None
    candidats_maximum: int | None = None
    negociation: str = ""
    attribution_sans_negociation: bool = False
    lots_soumis_maximum: int | None = None
    lots_attribues_maximum: int | None = None
    tranches: bool = False

    @property
    def est_en_plusieurs_phases(self) -> bool:
        """Des candidatures d'abord, des offres ensuite, de ceux que l'on invite."""
        return self.code in {"restricted", "neg-w-call", "comp-dial", "innovation", "oth-mult"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ouverture:
    """La séance d'ouverture, quand elle est annoncée."""

    le: datetime
    lieu: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsRestreints:
    """Les documents que l'adresse du dossier ne donne pas.

    `justification` : code européen, vide s'il n'y en a pas.
    """

    intitules: tuple[str, ...]
    raison: str
    moyen_d_acces: str
    adresse: str
    justification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutilParticulier:
    """Un outil peu courant qu'il faut pour répondre, et où l'obtenir."""

    nom: str
    adresse: str
    acces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remise:
    """Où trouver le dossier, où et quand répondre.

    Les instants portent leur fuseau ; ils s'écrivent à l'heure de Paris.
    """

    limite: datetime | None
    adresse_du_dossier: str
    adresse_de_depot: str
    limite_des_questions: datetime | None = None
    langue: str = "FRA"
    validite_en_jours: int | None = None
    electronique: str = "required"
    justification_hors_electronique: str = ""
    modalites_hors_electronique: str = ""
    signature_exigee: bool = False
    ouverture: Ouverture | None = None
    documents_restreints: DocumentsRestreints | None = None
    outil: OutilParticulier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Les conditions de participation, en texte :
    aptitude, capacité économique, capacité technique, visite.
    """

    aptitude: str = "Voir le règlement de la consultation."
    capacite_economique: str = "Voir le règlement de la consultation."
    capacite_technique: str = "Voir le règlement de la consultation."
    visite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """Ce qui change : les parties de l'avis (`LOT-0001`, `PROCEDURE`…), en une phrase."""

    parties: tuple[str, ...]
    description: str
    dossier_modifie_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changement:
    """Ce qui fait d'un avis un avis rectificatif ou d'annulation.

    `avis` : l'avis publié, `UUID-version` au JOUE.
    """

    avis: str
    motif: str
    explication: str
    modifications: tuple[Modification, ...] = ()

    @property
    def est_une_annulation(self) -> bool:
        return self.motif == "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Avis:
    """L'avis entier.

    `nature` : works, supplies ou services. `code_nuts` : le lieu d'exécution.
    `envoi` : la date d'envoi.
    """

    sous_type: str
    reference: str
    titre: str
    description: str
    nature: str
    code_cpv: str
    code_nuts: str
    acheteur: Acheteur
    recours: Recours
    procedure: Procedure
    remise: Remise
    lots: tuple[Lot, ...]
    envoi: datetime
    cpv_secondaires: tuple[str, ...] = ()
    lieu: str = ""
    participation: Participation = field(default_factory=Participation)
    valeur_estimee_ht: Decimal | None = None
    informations: str = ""
    base_juridique: str = ""
    changement: Changement | None = None

    @property
    def est_alloti(self) -> bool:
        return len(self.lots) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiants:
    """Les identifiants d'un avis européen.

    `avis` et `dossier` sont des UUID ; `version` va de 01 à 99.
    """

    avis: str
    dossier: str
    version: str = "01"
