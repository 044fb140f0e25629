"""Les factures d'un exercice, ou d'un adhérent :
chaque contribution appelée, chaque avoir, lus par lots.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.queries import exercice_pour
from beffroi.centre.conventions.models import Convention
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import exiger_au_centre, exiger_chez
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from formats.dates import PARIS
from formats.facture import RegimeDeTva

PAR_LOT = 50
REGIMES = {
    Convention.Tva.HORS_CHAMP.value: RegimeDeTva.HORS_CHAMP,
    Convention.Tva.EXONEREE.value: RegimeDeTva.EXONEREE,
    Convention.Tva.ASSUJETTIE.value: RegimeDeTva.ASSUJETTIE,
}


@dataclass(frozen=True)
class AFacturer:
    """Une contribution appelée, ou l'un de ses avoirs,
    et le régime de TVA que sa convention a retenu.
    """

    contribution: Contribution
    avoir: Avoir | None
    regime: RegimeDeTva

    @property
    def numero(self) -> str:
        return numero_d_avoir(self.avoir) if self.avoir else numero_d_appel(self.contribution)

    @property
    def reference(self) -> str:
        return (self.avoir or self.contribution).reference

    @property
    def emise_le(self) -> date:
        moment = self.avoir.accorde_le if self.avoir else self.contribution.emise_le
        assert moment is not None
        return moment.astimezone(PARIS).date()


def numero_d_avoir(avoir: Avoir) -> str:
    """« A-2027-0007 » : l'année où il est accordé, et son rang parmi tous les avoirs."""
    return f"A-{avoir.accorde_le.astimezone(PARIS).year}-{avoir.numero:04d}"


def exercice_facture(personne: Utilisateur, cle: str, le: datetime) -> Exercice:
    """L'exercice émis, pour qui voit les contributions au centre."""
    exiger_au_centre(personne, "voir_les_contributions", ACTES, le)
    exercice = exercice_pour(cle)
    if exercice.emis_le is None:
        raise ConflitEtat(f"{exercice.titre} n'est pas émis : rien n'est encore facturé.")
    return exercice


def a_facturer(exercice: Exercice) -> Iterator[AFacturer]:
    """Chaque facture par numéro, ses avoirs à sa suite ; lues par lots, jamais toutes à la fois."""
    regimes = _regimes(exercice)
    lues = _appelees().filter(exercice=exercice).order_by("numero").iterator(chunk_size=PAR_LOT)
    for contribution in lues:
        yield from _avec_ses_avoirs(contribution, regimes)


def a_facturer_pour(personne: Utilisateur, annee: int, reference: str, le: datetime) -> AFacturer:
    """Une facture d'une année, par la référence de sa contribution ou de son avoir,
    pour qui les voit au centre.
    """
    exiger_au_centre(personne, "voir_les_contributions", ACTES, le)
    return _nommee(_appelees().filter(exercice__annee=annee), reference)


def siennes(
    personne: Utilisateur, siret: str, le: datetime
) -> tuple[Habilitation, list[AFacturer]]:
    """Les factures d'un organisme, la dernière d'abord, pour qui lit son compte."""
    habilitation = exiger_chez(personne, siret, "lire_son_compte", ACTES, le)
    contributions = (
        _appelees().filter(adherent__organisme=habilitation.organisme).order_by("-exercice__annee")
    )
    regimes = dict(
        Convention.objects.filter(adherent__organisme=habilitation.organisme).values_list(
            "reference", "tva"
        )
    )
    return habilitation, [une for lue in contributions for une in _avec_ses_avoirs(lue, regimes)]


def la_sienne(personne: Utilisateur, siret: str, reference: str, le: datetime) -> AFacturer:
    _, toutes = siennes(personne, siret, le)
    trouvee = next((une for une in toutes if une.reference == reference), None)
    if trouvee is None:
        raise Introuvable()
    return trouvee


def _appelees() -> QuerySet[Contribution]:
    """Ce qui se facture : une somme appelée. Un état néant n'est pas une facture."""
    return (
        Contribution.objects.filter(emise_le__isnull=False, montant__gt=0)
        .select_related("exercice__grille", "adherent__organisme")
        .prefetch_related("avoirs")
        .defer("consultations")
    )


def _nommee(contributions: QuerySet[Contribution], reference: str) -> AFacturer:
    nom = "reference" if reference.startswith("CT-") else "avoirs__reference"
    contribution = contributions.filter(**{nom: reference}).first()
    if contribution is None:
        raise Introuvable()
    regimes = dict(
        Convention.objects.filter(reference=contribution.convention).values_list("reference", "tva")
    )
    return next(
        une for une in _avec_ses_avoirs(contribution, regimes) if une.reference == reference
    )


def _avec_ses_avoirs(contribution: Contribution, regimes: dict[str, str]) -> Iterator[AFacturer]:
    regime = REGIMES[regimes.get(contribution.convention, Convention.Tva.HORS_CHAMP.value)]
    yield AFacturer(contribution, None, regime)
    for avoir in contribution.avoirs.all():
        yield AFacturer(contribution, avoir, regime)


def _regimes(exercice: Exercice) -> dict[str, str]:
    references = exercice.contributions.values("convention")
    return dict(Convention.objects.filter(reference__in=references).values_list("reference", "tva"))
