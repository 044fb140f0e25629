"""Lire les impayés : qui entre, les délais datés, la situation d'une contribution."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.models import Contestation, Contribution
from beffroi.centre.conventions.models import (
    Convention,
    Denonciation,
    ParametreDate,
    PieceDeConvention,
)
from beffroi.centre.conventions.parametres import PARAMETRES
from beffroi.centre.conventions.rules.fin import dernier_jour_pour_revenir
from beffroi.centre.conventions.states import COURENT
from beffroi.centre.conventions.states import Etat as EtatDeConvention
from beffroi.centre.impayes.models import Defaut, SuspensionDImpaye
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.rules.delais import Arret, Delais
from beffroi.centre.impayes.rules.etapes import RIEN, Situation
from beffroi.centre.impayes.states import CLOSES, EN_COURS
from beffroi.centre.recettes.lecture import a_eclaircir, reste_du
from beffroi.centre.tarif.rules.dates import echeance
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from formats.dates import PARIS

DELAIS = {
    "avant_relance": "jours_avant_relance",
    "apres_relance": "jours_apres_relance",
    "en_demeure": "jours_en_demeure",
}

# ---------------------------------------------------------------- qui entre


def permis(habilitation: Habilitation) -> dict[str, bool]:
    """Ce que cette personne peut faire : pour les boutons."""
    return {acte: permet(habilitation, acte, ACTES) for acte in ACTES}


# ---------------------------------------------------------------- trouver


def defauts() -> QuerySet[Defaut]:
    return Defaut.objects.select_related(
        "contribution__exercice", "contribution__adherent__organisme"
    )


@prete
def defauts_en_cours(contributions: list[int]) -> QuerySet[Defaut]:
    """Ceux de ces contributions, sans rien d'autre."""
    return Defaut.objects.filter(contribution__in=contributions, etat__in=EN_COURS)


def defaut_pour(reference: str) -> Defaut:
    trouve = defauts().filter(reference=reference).first()
    if trouve is None:
        raise Introuvable()
    return trouve


def clos() -> QuerySet[Defaut]:
    """Les derniers défauts payés ou abandonnés."""
    return defauts().filter(etat__in=CLOSES).order_by("-clos_le", "-pk")


def suspension_pour(reference: str) -> SuspensionDImpaye:
    trouvee = (
        SuspensionDImpaye.objects.filter(reference=reference)
        .select_related("contribution__exercice", "contribution__adherent", "ecrite_par")
        .first()
    )
    if trouvee is None:
        raise Introuvable()
    return trouvee


def contribution_pour(reference: str) -> Contribution:
    trouvee = (
        Contribution.objects.filter(reference=reference, emise_le__isnull=False)
        .select_related("exercice", "adherent__organisme")
        .first()
    )
    if trouvee is None:
        raise Introuvable()
    return trouvee


def en_cours_de(contribution: Contribution) -> Defaut | None:
    return contribution.defauts.filter(etat__in=EN_COURS).first()


def convention_en_vie(adherent: Adherent) -> Convention | None:
    """Celle que la décision peut finir."""
    return adherent.conventions.filter(etat__in=COURENT).first()


def convention_finie_par(defaut: Defaut) -> Convention:
    """Celle que sa décision a finie. Lève `Introuvable` s'il n'y en a plus."""
    finies = defaut.contribution.adherent.conventions.filter(
        fin_pour_impaye=True, etat__in=(EtatDeConvention.DENONCEE, EtatDeConvention.CLOSE)
    )
    convention = finies.order_by("-pk").first()
    if convention is None:
        raise Introuvable("Aucune convention de cet adhérent n'est finie pour impayé.")
    return convention


def reprise_jusqu_au(defaut: Defaut, *, le: date) -> date | None:
    """Le dernier jour où la fin que ce défaut a causée se reprend ; rien, si c'est trop tard."""
    if defaut.finie_le is None:
        return None
    finie = _fins_pour_impaye(defaut).first()
    if finie is None or finie.efface_le is not None:
        return None
    limite = dernier_jour_pour_revenir(_jour(finie.notee_le))
    return limite if le <= limite else None


def _fins_pour_impaye(defaut: Defaut) -> QuerySet[Denonciation]:
    adherent = defaut.contribution.adherent_id
    siennes = Denonciation.objects.filter(convention__adherent=adherent, par="impaye")
    return siennes.filter(annulee_le=None)


def dossier_de(contribution: Contribution) -> Convention:
    """La convention dont l'appel procède : ses lettres y sont rangées."""
    convention = (
        Convention.objects.select_related("adherent")
        .filter(reference=contribution.convention)
        .first()
    )
    if convention is None:
        raise Introuvable("La convention de cette contribution n'est plus à l'annuaire.")
    return convention


def piece_d_un_defaut(defaut: Defaut, reference: str, *, avec_la_preuve: bool) -> PieceDeConvention:
    """Le PDF ou l'ODT d'une de ses lettres ; la preuve de sa réception, pour le centre."""
    noms = ("pdf", "odt", "preuve") if avec_la_preuve else ("pdf", "odt")
    for lettre in defaut.lettres.select_related(*noms):
        for nom in noms:
            piece: PieceDeConvention | None = getattr(lettre, nom)
            if piece and piece.reference == reference:
                return piece
    raise Introuvable()


# ---------------------------------------------------------------- les délais, datés


@prete
def _delais_decides() -> QuerySet[ParametreDate, tuple[str, date, str]]:
    decides = ParametreDate.objects.filter(nom__in=DELAIS.values())
    ranges = decides.order_by("effet_le", "decide_le", "pk")
    return ranges.values_list("nom", "effet_le", "valeur")


class DelaisDates:
    """Ce que l'exploitant a décidé, lu une fois :
    chaque délai vaut ce qu'il valait le jour où il a commencé.
    """

    def __init__(self) -> None:
        self.decides = list(_delais_decides())

    def valeur(self, delai: str, jour: date) -> int:
        nom = DELAIS[delai]
        dues = [valeur for decide, effet, valeur in self.decides if decide == nom and effet <= jour]
        return int(dues[-1] if dues else PARAMETRES[nom].d_office)

    def pour(
        self, *, echeance: date | None, relancee: date | None, en_demeure: date | None
    ) -> Delais:
        debut = echeance or date.max
        return Delais(
            self.valeur("avant_relance", debut),
            self.valeur("apres_relance", relancee or debut),
            self.valeur("en_demeure", en_demeure or relancee or debut),
        )


# ---------------------------------------------------------------- la situation


@prete
def _suspensions(contributions: list[int]) -> QuerySet[SuspensionDImpaye]:
    return SuspensionDImpaye.objects.filter(contribution__in=contributions)


@prete
def _contestations(contributions: list[int]) -> QuerySet[Contestation]:
    return Contestation.objects.filter(contribution__in=contributions)


def arrets_par_contribution(contributions: Collection[int]) -> dict[int, tuple[Arret, ...]]:
    """Ce qui est contesté, la somme ou le compte des consultations : deux lectures."""
    trouves: dict[int, list[Arret]] = defaultdict(list)
    cles = list(contributions)
    for suspension in _suspensions(cles):
        trouves[suspension.contribution_id].append(
            Arret(suspension.du, suspension.fin, suspension.motif)
        )
    for contestation in _contestations(cles):
        fin = contestation.repondue_le
        trouves[contestation.contribution_id].append(
            Arret(_jour(contestation.ecrite_le), _jour(fin) if fin else None, contestation.texte)
        )
    return {
        cle: tuple(sorted(arrets, key=lambda arret: arret.du)) for cle, arrets in trouves.items()
    }


def situation(contribution: Contribution, defaut: Defaut | None, *, le: date) -> Situation:
    """Tout ce que les règles demandent d'une contribution, ce jour-là."""
    arrets = arrets_par_contribution([contribution.pk]).get(contribution.pk, ())
    reste = reste_du(contribution, le=le)
    vue = situation_de(contribution, defaut, reste=reste, arrets=arrets, delais=DelaisDates())
    return replace(vue, obstacle=a_eclaircir(contribution))


def situation_de(
    contribution: Contribution,
    defaut: Defaut | None,
    *,
    reste: Decimal,
    arrets: Iterable[Arret],
    delais: DelaisDates,
) -> Situation:
    due = (
        defaut.echeance
        if defaut
        else echeance(contribution.recue_le)
        if contribution.recue_le
        else None
    )
    relancee, recue = (defaut.relancee_le, defaut.en_demeure_le) if defaut else (None, None)
    return Situation(
        montant=contribution.montant or RIEN,
        reste=reste,
        echeance=due,
        etat=defaut.etat if defaut else "",
        relancee_le=relancee,
        en_demeure_le=recue,
        arrets=tuple(arrets),
        delais=delais.pour(echeance=due, relancee=relancee, en_demeure=recue),
    )


def _jour(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()
