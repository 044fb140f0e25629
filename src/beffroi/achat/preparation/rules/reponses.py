"""Ce que l'acheteur a répondu, question par question. Une question sans réponse vaut `None`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter

from droit.achat import (
    AccordCadre,
    Allotissement,
    Candidature,
    CopieDeSauvegarde,
    Critere,
    DocumentHorsProfil,
    Durabilite,
    GroupementDeCommandes,
    Negociation,
    OutilParticulier,
    PrestationSupplementaire,
    Tranche,
)
from droit.achat.achat import Contrat, Prestation
from droit.achat.execution import FormeDePrix, VariationDePrix
from droit.achat.offre import RegimeDesVariantes

QUESTIONS = (
    "nature",
    "montant",
    "allotissement",
    "jugement",
    "calendrier",
    "particularites",
    "exigences",
)


@dataclass(frozen=True, kw_only=True)
class Nature:
    """Ce que l'on achète, au sens du code. Le titre, l'objet et le lieu sont à la consultation."""

    prestation: Prestation
    contrat: Contrat = "marché"
    opere_un_reseau: bool = False
    maitrise_d_oeuvre: bool = False
    dispense_de_concours: bool = False
    services_sociaux_ou_specifiques: bool = False


@dataclass(frozen=True, kw_only=True)
class Montant:
    """Combien, sur quelle durée. Montants hors taxes ; durées en mois."""

    estime: Decimal
    achats_semblables: Decimal = Decimal(0)
    duree_en_mois: int
    reconductions: int = 0
    mois_par_reconduction: int = 0
    accord_cadre: AccordCadre | None = None


@dataclass(frozen=True, kw_only=True)
class Jugement:
    """Comment les offres se jugent, et ce que l'exécution doit à l'environnement et à l'emploi."""

    criteres: tuple[Critere, ...]
    durabilite: Durabilite = Durabilite()  # noqa: RUF009  (figé)


@dataclass(frozen=True, kw_only=True)
class Calendrier:
    """Quand : l'avis part, les réponses arrivent, le travail commence.

    L'heure limite est à la consultation.
    """

    envoi_de_l_avis: date
    debut: date | None = None
    urgence: str = ""
    preinformation: date | None = None


@dataclass(frozen=True, kw_only=True)
class Particularites:
    """Ce que peu d'achats ont. Un prix vide suit l'usage ; le reste, vide, n'existe pas."""

    forme_de_prix: FormeDePrix = ""
    variation_de_prix: VariationDePrix = ""
    clause_de_prix: str = ""
    tranches: tuple[Tranche, ...] = ()
    indemnite_des_tranches: str = ""
    prestations_supplementaires: tuple[PrestationSupplementaire, ...] = ()
    prestations_similaires: bool = False
    groupement_de_commandes: GroupementDeCommandes | None = None
    documents_hors_profil: tuple[DocumentHorsProfil, ...] = ()
    outils: tuple[OutilParticulier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Exigences:
    """Ce que l'on demande, hors pièces :
    conditions, variantes, négociation, visite, copie de sauvegarde.
    """

    candidature: Candidature = Candidature()  # noqa: RUF009
    variantes: RegimeDesVariantes | None = None
    exigences_des_variantes: str = ""
    negociation: Negociation = Negociation()  # noqa: RUF009
    validite_en_jours: int = 120
    visite: str = ""
    visite_obligatoire: bool = False
    echantillons: str = ""
    ccag: str = ""
    copie_de_sauvegarde: CopieDeSauvegarde = CopieDeSauvegarde()  # noqa: RUF009
    signature_exigee: bool = False
    motif_de_la_signature: str = ""
    financement: str = ""


@dataclass(frozen=True, kw_only=True)
class Reponses:
    """Toutes les réponses d'une préparation."""

    nature: Nature | None = None
    montant: Montant | None = None
    allotissement: Allotissement | None = None
    jugement: Jugement | None = None
    calendrier: Calendrier | None = None
    particularites: Particularites | None = None
    exigences: Exigences | None = None

    @property
    def hors_profil(self) -> bool:
        """Des documents ne seront pas sur le profil :
        le délai des offres s'allonge (CCP, art. R. 2151-2).
        """
        return bool(self.particularites and self.particularites.documents_hors_profil)

    @property
    def restantes(self) -> tuple[str, ...]:
        """Les questions encore sans réponse, dans l'ordre."""
        return tuple(question for question in QUESTIONS if getattr(self, question) is None)


AUCUNE_REPONSE = Reponses()
Reponse = Nature | Montant | Allotissement | Jugement | Calendrier | Particularites | Exigences


@cache
def _adaptateur() -> TypeAdapter[Reponses]:
    return TypeAdapter(Reponses)


def lire(contenu: object) -> Reponses:
    """Les réponses telles que la base les garde ; un objet vide dit « rien encore »."""
    return _adaptateur().validate_python(contenu, strict=False)


def ecrire(reponses: Reponses) -> dict[str, object]:
    contenu: dict[str, object] = _adaptateur().dump_python(reponses, mode="json", exclude_none=True)
    return contenu
