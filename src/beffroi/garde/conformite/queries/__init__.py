"""Le journal de sécurité, filtré ; les noms de qui a agi se relisent, ils ne s'y gardent pas.

Les demandes de droit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from beffroi.centre.conventions.models import Convention
from beffroi.garde.conformite.models import DemandeDeDroit, FinDeSousTraitance, TraceDeSecurite
from beffroi.garde.conformite.rules.droits import VIE_APRES_LA_REPONSE, VIE_SANS_CONFIRMATION
from beffroi.garde.conformite.rules.securite import ENTRE_DEUX_ALERTES
from beffroi.garde.conformite.states import OUVERTES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee, utilisateur_par_courriel
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from formats.dates import PARIS


@dataclass(frozen=True)
class Filtre:
    """Ce que le technicien cherche ; vide, tout."""

    fait: str = ""
    compte: str = ""
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True)
class LigneDeTrace:
    trace: TraceDeSecurite
    nom: str


def traces(filtre: Filtre) -> QuerySet[TraceDeSecurite]:
    """La dernière d'abord.

    Un compte se cherche par sa référence ou son adresse, qu'il ait agi ou qu'on ait agi sur lui.
    """
    lues = TraceDeSecurite.objects.all()
    if filtre.fait:
        lues = lues.filter(fait=filtre.fait)
    if filtre.compte:
        reference = _reference_cherchee(filtre.compte)
        lues = lues.filter(Q(compte=reference) | Q(objet=reference))
    if filtre.du:
        lues = lues.filter(le__gte=_minuit(filtre.du))
    if filtre.au:
        lues = lues.filter(le__lt=_minuit(filtre.au + timedelta(days=1)))
    return lues


def _reference_cherchee(compte: str) -> str:
    trouve = utilisateur_par_courriel(compte) if "@" in compte else None
    return trouve.reference if trouve else compte.strip()


def _minuit(jour: date) -> datetime:
    return datetime.combine(jour, time(), tzinfo=PARIS)


def avec_les_noms(traces: Iterable[TraceDeSecurite]) -> list[LigneDeTrace]:
    """Chaque trace et le nom de son compte, lus en une fois."""
    lues = list(traces)
    personnes = Utilisateur.objects.filter(
        reference__in={trace.compte for trace in lues if trace.compte}
    )
    noms = dict(personnes.values_list("reference", "nom"))
    return [LigneDeTrace(trace, noms.get(trace.compte, "")) for trace in lues]


def comptes_qui_insistent(le: datetime) -> list[LigneDeTrace]:
    """Les alertes du dernier jour, un compte par ligne."""
    return avec_les_noms(
        TraceDeSecurite.objects.filter(fait="alerte", le__gt=le - ENTRE_DEUX_ALERTES)
    )


def demandes_ouvertes_de(courriel: str) -> int:
    return DemandeDeDroit.objects.filter(
        etat__in=OUVERTES, courriel__iexact=courriel.strip()
    ).count()


def liens_du_jour(courriel: str, le: datetime) -> int:
    """Combien de liens à confirmer cette adresse a reçus depuis vingt-quatre heures, au plus."""
    return _a_confirmer_de(courriel).filter(recue_le__gt=le - timedelta(days=1)).count()


def autres_a_confirmer(demande: DemandeDeDroit) -> QuerySet[DemandeDeDroit]:
    """Ce que la même adresse peut encore confirmer :
    un lien reçu y mène, les suivants ne sont peut-être pas partis.
    """
    return _a_confirmer_de(demande.courriel).exclude(pk=demande.pk).order_by("-recue_le", "-pk")


def _a_confirmer_de(courriel: str) -> QuerySet[DemandeDeDroit]:
    return DemandeDeDroit.objects.filter(
        etat=DemandeDeDroit.Etat.A_CONFIRMER, courriel__iexact=courriel.strip()
    )


def est_son_adresse(compte: Utilisateur, courriel: str) -> bool:
    return compte.courriel.lower() == courriel.lower() and adresse_prouvee(compte)


def demandes_a_oublier(le: datetime) -> QuerySet[DemandeDeDroit]:
    perdues = DemandeDeDroit.objects.filter(etat=DemandeDeDroit.Etat.A_CONFIRMER)
    return perdues.filter(recue_le__lt=le - VIE_SANS_CONFIRMATION)


@prete
def demandes_a_repondre() -> QuerySet[DemandeDeDroit]:
    """La plus pressée d'abord."""
    return DemandeDeDroit.objects.filter(etat__in=OUVERTES)


def demandes_repondues() -> QuerySet[DemandeDeDroit]:
    """La dernière répondue d'abord."""
    return DemandeDeDroit.objects.filter(etat=DemandeDeDroit.Etat.REPONDUE).order_by(
        "-repondue_le", "-pk"
    )


def demande(reference: str) -> DemandeDeDroit:
    trouvee = DemandeDeDroit.objects.filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def demande_au_centre(reference: str) -> DemandeDeDroit:
    """Tant que l'adresse n'a pas confirmé, le centre n'a rien à y lire."""
    trouvee = demande(reference)
    if trouvee.etat not in OUVERTES | {DemandeDeDroit.Etat.REPONDUE}:
        raise Introuvable()
    return trouvee


def demandes_a_effacer(le: datetime) -> QuerySet[DemandeDeDroit]:
    """Répondues depuis deux ans, et pas encore effacées."""
    return DemandeDeDroit.objects.filter(repondue_le__lt=le - VIE_APRES_LA_REPONSE).exclude(
        courriel=""
    )


def fin_de_sous_traitance(convention: Convention) -> FinDeSousTraitance | None:
    """La clause de l'article 28, une fois finie."""
    return FinDeSousTraitance.objects.filter(convention=convention).first()


def clauses_finies() -> QuerySet[FinDeSousTraitance]:
    """Tous ceux pour qui le centre ne traite plus rien, le dernier d'abord."""
    return FinDeSousTraitance.objects.select_related("convention__adherent")
