"""Ce que l'API reçoit et rend. Les noms sont ceux du protocole."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, field_validator

from beffroi.reponse.depots import limits

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Empreinte = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Sorte = Literal["candidature", "offre"]
Lot = Annotated[int, Field(ge=1, le=32_767)]
Entier = Annotated[int, Field(ge=1, le=2**53)]


class Entree(Schema):
    """Un champ inconnu est une erreur du client : le taire lui mentirait."""

    model_config = {"extra": "forbid"}

    @field_validator("*", mode="before", check_fields=False)
    @classmethod
    def sans_caractere_nul(cls, valeur: object) -> object:
        """PostgreSQL n'en garde pas : mieux vaut le dire que tomber."""
        textes = valeur if isinstance(valeur, list) else [valeur]
        if any(isinstance(texte, str) and "\0" in texte for texte in textes):
            raise ValueError("caractère nul")
        return valeur


class NouvelleReponse(Entree):
    lots: list[Lot] = Field(default_factory=list, max_length=1000)
    etablissement: str = Field("", max_length=40)


class NouveauFichier(Entree):
    enveloppe: Sorte
    lot: Lot | None = None
    nom: str = Field(min_length=1, max_length=4096)
    taille: Entier
    piece: str = Field("", max_length=16)
    scellement: Sha256 | Literal[""] = ""


class FichierDUnPaquet(NouveauFichier):
    """`partie` : l'empreinte de l'unique partie d'un petit fichier ;
    son adresse vient alors avec la réponse.
    """

    partie: Sha256 | Literal[""] = ""


class PaquetDeFichiers(Entree):
    fichiers: list[FichierDUnPaquet] = Field(min_length=1, max_length=limits.FICHIERS_PAR_PAQUET)


class PartieAnnoncee(Entree):
    taille: Entier
    sha256: Sha256


class FinDeFichier(Entree):
    racine: Sha256
    sha256: Sha256


class FinDUnFichier(FinDeFichier):
    fichier: str = Field(max_length=24)


class PaquetDeFins(Entree):
    fichiers: list[FinDUnFichier] = Field(min_length=1, max_length=limits.FICHIERS_PAR_PAQUET)


class EnveloppeADeposer(Entree):
    enveloppe: Sorte
    lot: Lot | None = None
    fichiers: list[Annotated[str, Field(max_length=24)]] = Field(max_length=10_000)
    manifeste: str = Field(max_length=24)
    engagement: Sha256
    empreinte: Empreinte


class DepotDemande(Entree):
    enveloppes: list[EnveloppeADeposer] = Field(max_length=1001)
    version_client: str = Field("", max_length=80)


class PreuveDeCle(Schema):
    """L'écriture du registre qui porte la clé signée,
    son jeton en base64, sa preuve d'inclusion.
    """

    ecriture: str
    jeton: str
    preuve: str


class EnveloppeASceller(Schema):
    enveloppe: Sorte
    destinataire: str
    empreinte: str
    preuve: PreuveDeCle | None = None


class FichierEnBref(Schema):
    fichier: str
    enveloppe: Sorte
    lot: int | None
    nom: str
    taille: int
    etat: str
    piece: str = ""


class ReleveDeCle(Schema):
    numero: int
    ecriture: str
    jeton: str


class Reponse(Schema):
    reponse: str
    jeton: str
    consultation: str
    lots: list[int]
    expire_le: datetime
    date_limite: datetime | None
    limites: dict[str, int]
    journal: str
    horodatage: str = ""
    releves: list[ReleveDeCle] = []
    publiees: list[PreuveDeCle] = []
    enveloppes: list[EnveloppeASceller]


class ReponseEnDetail(Reponse):
    etat: Literal["en_preparation", "deposee"]
    fichiers: list[FichierEnBref]
    depots: list[str]


class FichierCree(Schema):
    """`adresse_des_parties` : où envoyer chacune (RFC 6570), sans le demander pour chacune ;
    vide quand elles vont au stockage, qui signe une adresse par partie.
    """

    fichier: str
    nom: str
    taille_partie: int
    nombre_parties: int
    expire_le: datetime
    adresse_des_parties: str


class CibleDePartie(Schema):
    methode: Literal["PUT"] = "PUT"
    url: str
    entetes: dict[str, str]


class FichierDuPaquet(FichierCree):
    """`cible` : où envoyer l'unique partie, quand elle a été annoncée."""

    cible: CibleDePartie | None = None


class PaquetCree(Schema):
    fichiers: list[FichierDuPaquet]


class PaquetTermine(Schema):
    fichiers: list[FichierEnBref]


class PartieDurable(Schema):
    numero: int
    taille: int
    sha256: str


class EtatDuFichier(Schema):
    fichier: str
    nom: str
    taille: int
    nombre_parties: int
    parties: list[PartieDurable]
    etat: str
    adresse_des_parties: str


class Recu(Schema):
    recepisse: str
    recu_le: datetime
    date_limite: datetime
    hors_delai: bool
    remplace: str | None
    ecriture: int
    depot: dict[str, Any]
    recu: str


class Probleme(Schema):
    """RFC 9457. `instance` désigne cette réponse-là : citez-la à l'assistance."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    partie: int | None = None
    fichier: str | None = None
    limite: dict[str, Any] | None = None
    motifs: list[dict[str, Any]] | None = None
    champs: list[dict[str, str]] | None = None


# Ce que tout appel identifié peut répondre ; et celui qui change quelque chose.
ERREURS: Any = dict.fromkeys((401, 403, 404, 422), Probleme)
DE_CONFLIT: Any = {**ERREURS, 409: Probleme}


class Pagination(Entree):
    """`apres` : le `suivant` de la page d'avant, ou 0 pour commencer."""

    apres: Annotated[int, Field(ge=0, le=2**53)] = 0
    limite: Annotated[int, Field(ge=1, le=200)] = 50


class Acheteur(Schema):
    nom: str
    siret: str


class ConsultationEnBref(Schema):
    reference: str
    titre: str
    acheteur: Acheteur
    nature: str
    procedure: str
    code_cpv: str
    lieu: str
    etat: str
    publiee_le: datetime
    date_limite: datetime
    date_limite_des_questions: datetime | None
    adresse: str


class PageDeConsultations(Schema):
    consultations: list[ConsultationEnBref]
    suivant: int | None


class LotPublie(Schema):
    numero: int
    intitule: str
    code_cpv: str


class PiecePubliee(Schema):
    piece: str
    intitule: str
    enveloppe: Sorte
    lot: int | None
    formats: list[str]


class DocumentPublie(Schema):
    document: str
    intitule: str
    nom: str
    version: int
    taille: int
    sha256: str
    publie_le: datetime
    adresse: str


class ConsultationEnDetail(ConsultationEnBref):
    objet: str
    lots: list[LotPublie]
    pieces_attendues: list[PiecePubliee]
    documents: list[DocumentPublie]
    dossier: str


class Changement(Schema):
    sequence: int
    sorte: str
    consultation: str
    texte: str
    le: datetime
    adresse: str


class PageDuFil(Schema):
    changements: list[Changement]
    suivant: int


class RechercheDemandee(Entree):
    """Les critères de la page publique.

    `avant`, `apres` : l'heure limite, comme 2027-01-31. `curseur` : le `suivant` reçu.
    """

    @field_validator("*", mode="before", check_fields=False)
    @classmethod
    def sans_caractere_nul(cls, valeur: object) -> object:
        """La recherche lit tout, comme la page : ce qui ne se lit pas est laissé de côté."""
        return valeur

    q: str = ""
    cpv: str = ""
    lieu: str = ""
    dep: str = ""
    acheteur: str = ""
    nature: str = ""
    procedure: str = ""
    avant: str = ""
    apres: str = ""
    etat: str = ""
    curseur: str = Field("", pattern=r"^([0-9]{1,15}\.[0-9]{1,17}\.[0-9a-f]{16})?$")
    limite: Annotated[int, Field(ge=1, le=100)] = 20


class AcheteurTrouve(Schema):
    nom: str
    siren: str


class ConsultationTrouvee(Schema):
    reference: str
    titre: str
    acheteur: AcheteurTrouve
    nature: str
    procedure: str
    lieu: str
    departement: str
    nombre_de_lots: int
    etat: Literal["publiee", "close", "sans_suite"]
    publiee_le: datetime
    modifiee_le: datetime
    date_limite: datetime
    adresse: str
    detail: str


class MotCorrige(Schema):
    ecrit: str
    cherche: str


class PageDeResultats(Schema):
    """`nombre` s'arrête à mille, et `plafonne` dit qu'il y en a plus.

    `ecartes` : ce qui n'a pas pu se lire, en phrases.
    """

    consultations: list[ConsultationTrouvee]
    nombre: int
    plafonne: bool
    corrections: list[MotCorrige]
    inconnus: list[str]
    ecartes: list[str]
    suivant: str | None
