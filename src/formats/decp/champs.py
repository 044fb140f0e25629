"""Le format national, champ par champ : le nom, le type, ce qui est exigé.
Une seule table pour lire, écrire et refuser.

Source : format 2.0.3 (JSON) et 2.0.2 (XML), annexes des arrêtés du 22 décembre 2022 modifiés.
"""

from dataclasses import dataclass
from enum import Enum, auto

from formats.decp import modele


class Sorte(Enum):
    """Ce qu'un champ contient."""

    TEXTE = auto()
    CODE = auto()
    ENTIER = auto()
    NOMBRE = auto()
    BOOLEEN = auto()
    DATE = auto()
    ORGANISME = auto()  # {"id": SIRET}
    VALEURS = auto()  # {"technique": ["…", "…"]}
    OBJET = auto()  # {…}
    TABLE = auto()  # [{"titulaire": {…}}, …]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Un objet du format :
    la dataclass qui le porte, et ses champs dans l'ordre où nous les écrivons.
    """

    classe: type
    champs: "tuple[Champ, ...]"

    def champ(self, nom: str) -> "Champ | None":
        return next((champ for champ in self.champs if champ.nom == nom), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """Un champ. `enveloppe` : le nom intérieur d'une double imbrication ;
    `enveloppe_xml` : s'il diffère en XML.

    `minimum` et `maximum` bornent un nombre, `longueur` un texte ; `vide_admis` :
    une table peut n'avoir aucune ligne.
    """

    nom: str
    attribut: str
    sorte: Sorte
    obligatoire: bool = True
    liste: str = ""
    enveloppe: str = ""
    enveloppe_xml: str = ""
    structure: Structure | None = None
    minimum: int | None = None
    maximum: int | None = None
    longueur: tuple[int, int] | None = None
    motif: str = ""
    vide_admis: bool = False
    nul_admis: bool = False

    @property
    def balise(self) -> str:
        return self.enveloppe_xml or self.enveloppe


def _texte(
    nom: str,
    attribut: str = "",
    *,
    obligatoire: bool = True,
    longueur: tuple[int, int] | None = None,
) -> Champ:
    return Champ(
        nom=nom,
        attribut=attribut or nom,
        sorte=Sorte.TEXTE,
        obligatoire=obligatoire,
        longueur=longueur,
    )


def _code(nom: str, attribut: str, liste: str = "") -> Champ:
    return Champ(nom=nom, attribut=attribut, sorte=Sorte.CODE, liste=liste or attribut)


def _date(nom: str, attribut: str) -> Champ:
    return Champ(nom=nom, attribut=attribut, sorte=Sorte.DATE)


def _oui_non(nom: str, attribut: str) -> Champ:
    return Champ(nom=nom, attribut=attribut, sorte=Sorte.BOOLEEN)


def _entier(nom: str, attribut: str, *, obligatoire: bool = True) -> Champ:
    return Champ(nom=nom, attribut=attribut, sorte=Sorte.ENTIER, obligatoire=obligatoire, minimum=1)


def _montant(nom: str, attribut: str, *, obligatoire: bool = True, minimum: int = 1) -> Champ:
    return Champ(
        nom=nom, attribut=attribut, sorte=Sorte.NOMBRE, obligatoire=obligatoire, minimum=minimum
    )


def _part(nom: str, attribut: str, *, nul_admis: bool = False) -> Champ:
    return Champ(
        nom=nom,
        attribut=attribut,
        sorte=Sorte.NOMBRE,
        obligatoire=False,
        minimum=0,
        maximum=1,
        nul_admis=nul_admis,
    )


def _valeurs(nom: str, attribut: str, enveloppe: str, liste: str) -> Champ:
    return Champ(nom=nom, attribut=attribut, sorte=Sorte.VALEURS, enveloppe=enveloppe, liste=liste)


def _table(
    nom: str,
    attribut: str,
    enveloppe: str,
    structure: Structure,
    *,
    obligatoire: bool = False,
    enveloppe_xml: str = "",
) -> Champ:
    return Champ(
        nom=nom,
        attribut=attribut,
        sorte=Sorte.TABLE,
        enveloppe=enveloppe,
        enveloppe_xml=enveloppe_xml,
        structure=structure,
        obligatoire=obligatoire,
    )


NUMERO = (1, 16)
OPERATEUR = Structure(
    classe=modele.Titulaire, champs=(_code("typeIdentifiant", "type_identifiant"), _texte("id"))
)
LIEU = Structure(classe=modele.Lieu, champs=(_texte("code"), _code("typeCode", "type_code")))
MODIFICATION = Structure(
    classe=modele.Modification,
    champs=(
        _entier("id", "id"),
        _entier("dureeMois", "duree_mois", obligatoire=False),
        _montant("montant", "montant", obligatoire=False),
        _table("titulaires", "titulaires", "titulaire", OPERATEUR),
        _date("dateNotificationModification", "date_notification_modification"),
        _date("datePublicationDonneesModification", "date_publication_donnees_modification"),
    ),
)
ACTE = Structure(
    classe=modele.ActeSousTraitance,
    champs=(
        _entier("id", "id"),
        Champ(nom="sousTraitant", attribut="sous_traitant", sorte=Sorte.OBJET, structure=OPERATEUR),
        _entier("dureeMois", "duree_mois"),
        _date("dateNotification", "date_notification"),
        _montant("montant", "montant"),
        _code("variationPrix", "variation_prix"),
        _date("datePublicationDonnees", "date_publication_donnees"),
    ),
)
ACTE_MODIFIE = Structure(
    classe=modele.ModificationActeSousTraitance,
    champs=(
        _entier("id", "id"),
        _entier("dureeMois", "duree_mois", obligatoire=False),
        _date(
            "dateNotificationModificationSousTraitance",
            "date_notification_modification_sous_traitance",
        ),
        _montant("montant", "montant", obligatoire=False),
        _date("datePublicationDonnees", "date_publication_donnees"),
    ),
)
MARCHE = Structure(
    classe=modele.Marche,
    champs=(
        _texte("id", longueur=NUMERO),
        Champ(nom="acheteur", attribut="acheteur_id", sorte=Sorte.ORGANISME),
        _code("nature", "nature"),
        _texte("objet", longueur=(0, 1000)),
        Champ(nom="codeCPV", attribut="code_cpv", sorte=Sorte.TEXTE, motif=r"[0-9]{8}(-[0-9])?"),
        _valeurs("techniques", "techniques", "technique", "technique"),
        _valeurs(
            "modalitesExecution", "modalites_execution", "modaliteExecution", "modalite_execution"
        ),
        _texte("idAccordCadre", "id_accord_cadre", obligatoire=False, longueur=NUMERO),
        _oui_non("marcheInnovant", "marche_innovant"),
        _code("ccag", "ccag"),
        _entier("offresRecues", "offres_recues"),
        _oui_non("attributionAvance", "attribution_avance"),
        _part("tauxAvance", "taux_avance"),
        _code("typeGroupementOperateurs", "type_groupement_operateurs"),
        _code("procedure", "procedure"),
        Champ(nom="lieuExecution", attribut="lieu_execution", sorte=Sorte.OBJET, structure=LIEU),
        _entier("dureeMois", "duree_mois"),
        _date("dateNotification", "date_notification"),
        _date("datePublicationDonnees", "date_publication_donnees"),
        _montant("montant", "montant"),
        _valeurs("typesPrix", "types_prix", "typePrix", "type_prix"),
        _code("formePrix", "forme_prix"),
        _part("origineUE", "origine_ue", nul_admis=True),
        _part("origineFrance", "origine_france", nul_admis=True),
        _table("titulaires", "titulaires", "titulaire", OPERATEUR, obligatoire=True),
        _valeurs(
            "considerationsSociales",
            "considerations_sociales",
            "considerationSociale",
            "consideration_sociale",
        ),
        _valeurs(
            "considerationsEnvironnementales",
            "considerations_environnementales",
            "considerationEnvironnementale",
            "consideration_environnementale",
        ),
        _oui_non("sousTraitanceDeclaree", "sous_traitance_declaree"),
        _table("actesSousTraitance", "actes_sous_traitance", "acteSousTraitance", ACTE),
        _table("modifications", "modifications", "modification", MODIFICATION),
        # Le schéma XML met ici un « s » que le schéma JSON ne met pas.
        _table(
            "modificationsActesSousTraitance",
            "modifications_actes_sous_traitance",
            "modificationActeSousTraitance",
            ACTE_MODIFIE,
            enveloppe_xml="modificationActesSousTraitance",
        ),
    ),
)
TARIF = Structure(
    classe=modele.Tarif,
    champs=(
        _texte("intituleTarif", "intitule_tarif", longueur=(0, 256)),
        _montant("tarif", "tarif", minimum=0),
    ),
)
ANNEE = Structure(
    classe=modele.DonneesAnnuelles,
    champs=(
        _date("datePublicationDonneesExecution", "date_publication_donnees_execution"),
        _montant("depensesInvestissement", "depenses_investissement", minimum=0),
        _table("tarifs", "tarifs", "tarif", TARIF, obligatoire=True),
    ),
)
MODIFICATION_CONCESSION = Structure(
    classe=modele.ModificationConcession,
    champs=(
        _entier("id", "id"),
        _date("dateSignatureModification", "date_signature_modification"),
        _date("datePublicationDonneesModification", "date_publication_donnees_modification"),
        _entier("dureeMois", "duree_mois", obligatoire=False),
        _montant("valeurGlobale", "valeur_globale", obligatoire=False),
    ),
)
CONCESSION = Structure(
    classe=modele.Concession,
    champs=(
        _texte("id", longueur=NUMERO),
        Champ(nom="autoriteConcedante", attribut="autorite_concedante_id", sorte=Sorte.ORGANISME),
        _code("nature", "nature", "nature_concession"),
        _texte("objet", longueur=(0, 1000)),
        _code("procedure", "procedure", "procedure_concession"),
        _entier("dureeMois", "duree_mois"),
        _date("dateSignature", "date_signature"),
        _date("datePublicationDonnees", "date_publication_donnees"),
        _date("dateDebutExecution", "date_debut_execution"),
        _montant("valeurGlobale", "valeur_globale"),
        _montant("montantSubventionPublique", "montant_subvention_publique", minimum=0),
        Champ(
            nom="donneesExecution",
            attribut="donnees_execution",
            sorte=Sorte.TABLE,
            enveloppe="donneesAnnuelles",
            structure=ANNEE,
            obligatoire=False,
            vide_admis=True,
        ),
        _table(
            "concessionnaires", "concessionnaires", "concessionnaire", OPERATEUR, obligatoire=True
        ),
        _valeurs(
            "considerationsSociales",
            "considerations_sociales",
            "considerationSociale",
            "consideration_sociale_concession",
        ),
        _valeurs(
            "considerationsEnvironnementales",
            "considerations_environnementales",
            "considerationEnvironnementale",
            "consideration_environnementale",
        ),
        _table("modifications", "modifications", "modification", MODIFICATION_CONCESSION),
    ),
)
# Chaque liste d'un fichier : son nom, ce qu'elle contient, le mot pour le dire.
LISTES = (("marche", MARCHE, "marché"), ("contrat-concession", CONCESSION, "concession"))
