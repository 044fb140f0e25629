"""Ce que les contrats attendent de qui les tient, et pour quand : « À faire » le montre."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from beffroi.contrat.marches import queries
from beffroi.contrat.marches.ecrans import echeances_de
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.ports import actes_des_titulaires
from beffroi.contrat.marches.rules.dates import alerte_du_terme
from beffroi.contrat.marches.states import Etat
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.a_faire import GesteAttendu
from beffroi.socle.fondations.requetes import prete
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

GESTES = {
    Etat.A_SIGNER: ("Faire signer un contrat", "Signer"),
    Etat.SIGNE: ("Transmettre ou notifier un contrat", "Continuer"),
    Etat.TRANSMIS: ("Notifier un contrat", "Notifier"),
}
FINIS = (Etat.CLOS, Etat.ABANDONNE)


def attendues(organismes: Sequence[Organisme], *, le: datetime) -> Iterator[GesteAttendu]:
    """En un nombre fixe de lectures, quel que soit le nombre de contrats."""
    jour = le.astimezone(PARIS).date()
    lus = list(_avec_leurs_dates(organismes))
    a_mener = {marche.pk: list(_a_mener(marche)) for marche in lus}
    actes = actes_des_titulaires([marche for marche in lus if a_mener[marche.pk]])
    for marche in lus:
        chacun = actes.get(marche.pk)
        if not (chacun and all(acte.envoyee_le or acte.recue_le for acte in chacun)):
            yield from a_mener[marche.pk]
        yield from _dues(marche, jour=jour)
        yield from _terme(marche, jour=jour)


@prete
def _avec_leurs_dates(organismes: Sequence[Organisme]) -> QuerySet[Marche]:
    contrats = en_cours(organismes).select_related("notification")
    return contrats.annotate(mois_en_plus=Coalesce(Sum("modifications__mois_en_plus"), 0))


@prete
def en_cours(organismes: Sequence[Organisme]) -> QuerySet[Marche]:
    lus = queries.registre(organismes).exclude(etat__in=FINIS)
    return lus.prefetch_related(None).order_by("-cree_le", "-pk")


def _attendue(marche: Marche, titre: str, geste: str, quand: str, **reste: object) -> GesteAttendu:
    page = f"/acheteur/marches/{marche.reference}/"
    return GesteAttendu(titre, f"{marche.numero}, {marche.objet}.", page, geste, quand, **reste)  # type: ignore[arg-type]


def _a_mener(marche: Marche) -> Iterator[GesteAttendu]:
    # Une notification partie attend le titulaire, non l'acheteur.
    if marche.etat in GESTES and marche.notification is None:
        titre, geste = GESTES[Etat(marche.etat)]
        depuis = en_toutes_lettres(marche.signe_le or marche.cree_le.astimezone(PARIS).date())
        yield _attendue(
            marche, titre, geste, f"{'Signé' if marche.signe_le else 'Ouvert'} le {depuis}"
        )


def _dues(marche: Marche, *, jour: date) -> Iterator[GesteAttendu]:
    for due in echeances_de(marche, jour=jour):
        # Le dernier jour est encore dans le délai.
        quand = (
            f"{'En retard : dû le' if jour > due.le else 'Avant le'} {en_toutes_lettres(due.le)}"
        )
        yield _attendue(
            marche, f"{due.quoi} : à publier", "Voir", quand, jour=due.le, presse=jour >= due.le
        )


def _terme(marche: Marche, *, jour: date) -> Iterator[GesteAttendu]:
    fin = queries.terme_de(marche, mois_en_plus=marche.mois_en_plus)  # type: ignore[attr-defined]
    if fin is None or marche.etat != Etat.NOTIFIE:
        return
    mois = alerte_du_terme(fin, le=jour)
    if mois or jour > fin:
        titre = (
            "Constater la fin d'un contrat"
            if jour > fin
            else f"Voir venir un terme, dans moins de {mois} mois"
        )
        quand = f"Terme le {en_toutes_lettres(fin)}"
        yield _attendue(marche, titre, "Voir", quand, jour=fin, presse=jour > fin or mois == 1)
