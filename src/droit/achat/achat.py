"""L'achat entier : nature, procédure, valeur, dates,
publicité, et tout ce que le dossier en dit.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from droit.achat.acheteur import Acheteur, GroupementDeCommandes
from droit.achat.candidature import Candidature, CopieDeSauvegarde, Signature
from droit.achat.criteres import Critere
from droit.achat.execution import Execution
from droit.achat.hors_profil import DocumentHorsProfil, OutilParticulier
from droit.achat.lots import Allotissement
from droit.achat.offre import DocumentDuDossier, Offre
from droit.calendrier.heures import Horaires

Contrat = Literal["marché", "marché de partenariat", "concession", "défense ou sécurité"]
Prestation = Literal["travaux", "fournitures", "services"]
Support = Literal["profil", "BOAMP", "JAL", "JOUE", "presse spécialisée"]


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Les dates connues. Les instants portent leur fuseau ; ils se lisent à l'heure de Paris."""

    envoi_de_l_avis: date | None = None
    envoi_de_l_invitation: date | None = None
    limite: datetime | None = None
    derniere_question: datetime | None = None
    preinformation: date | None = None
    urgence: str = ""
    parution_au_joue: date | None = None
    confirmation_du_joue: datetime | None = None
    mise_en_ligne: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Publicite:
    """Où l'avis paraît, et l'heure limite que chaque avis annonce."""

    supports: tuple[Support, ...] = ()
    limites_annoncees: dict[str, datetime] | None = None


@dataclass(frozen=True, kw_only=True)
class Plateforme:
    """Le profil d'acheteur : son adresse, celle de la consultation, ses limites, son aide.

    Tailles en octets. `signataire_des_cles` : l'empreinte de la personne qui a signé les clés ;
    vide tant qu'elles n'existent pas.
    """

    nom: str = ""
    adresse: str = ""
    adresse_de_la_consultation: str = ""
    taille_maximale_d_une_reponse: int = 20_000_000_000
    taille_maximale_d_un_fichier: int = 10_000_000_000
    fichiers_maximum: int = 10_000
    adresse_d_essai: str = ""
    adresse_d_aide: str = ""
    telephone_d_aide: str = ""
    horaires_d_aide: Horaires = field(default_factory=Horaires)
    exploitant: str = ""
    signataire_des_cles: str = ""


@dataclass(frozen=True, kw_only=True)
class Achat:
    """Un achat public. `procedure`, `techniques` : les clés des tables. `valeur_estimee` :
    hors taxes, tout compris.

    `motif_de_la_hierarchie` :
    pourquoi les critères ont un ordre et pas de poids (CCP, art. R. 2152-12).
    """

    reference: str
    titre: str
    objet: str
    acheteur: Acheteur
    contrat: Contrat = "marché"
    prestation: Prestation
    procedure: str = "procedure_adaptee_ouverte"
    techniques: tuple[str, ...] = ()
    maitrise_d_oeuvre: bool = False
    services_sociaux_ou_specifiques: bool = False
    code_cpv: str = ""
    valeur_estimee: Decimal | None = None
    dates: Dates = field(default_factory=Dates)
    publicite: Publicite = field(default_factory=Publicite)
    plateforme: Plateforme = field(default_factory=Plateforme)
    allotissement: Allotissement = field(default_factory=Allotissement)
    criteres: tuple[Critere, ...] = ()
    motif_de_la_hierarchie: str = ""
    candidature: Candidature = field(default_factory=Candidature)
    offre: Offre = field(default_factory=Offre)
    signature: Signature = field(default_factory=Signature)
    copie_de_sauvegarde: CopieDeSauvegarde = field(default_factory=CopieDeSauvegarde)
    execution: Execution = field(default_factory=Execution)
    documents: tuple[DocumentDuDossier, ...] = ()
    documents_hors_profil: tuple[DocumentHorsProfil, ...] = ()
    outils_particuliers: tuple[OutilParticulier, ...] = ()
    groupement_de_commandes: GroupementDeCommandes | None = None
    depot_sur_papier: str = ""

    @property
    def est_une_concession(self) -> bool:
        return self.contrat == "concession"

    def criteres_du_lot(self, numero: int | None) -> tuple[Critere, ...]:
        """Les critères d'un lot : les siens s'il en a, ceux de l'achat sinon."""
        propres = next(
            (lot.criteres for lot in self.allotissement.lots if lot.numero == numero), ()
        )
        return propres or self.criteres
