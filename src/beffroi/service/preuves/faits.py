"""Ce que contient une preuve, avant tout format :
les tentatives, l'état du service, les écritures qui les prouvent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.reponse.traces.models import Nature, Trace
from beffroi.reponse.traces.ports import Fait
from beffroi.reponse.traces.queries import sans_redite, traces_de
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.service.disponibilite.models import Evenement
from beffroi.service.preuves.rules import APRES, Fenetre
from beffroi.service.sonde import queries as sonde


@dataclass(frozen=True)
class Tentative:
    """Une réponse : qui, ce qui s'est passé, ce qui en est déposé."""

    brouillon: BrouillonDeReponse
    plis: tuple[Pli, ...]
    faits: tuple[Fait, ...]
    traces: tuple[Trace, ...]

    @property
    def entreprise(self) -> str:
        return str(self.brouillon.equipe)

    @property
    def limites(self) -> tuple[Trace, ...]:
        """Celles que l'entreprise a eues, de la première à la dernière ;
        aucune si la tentative est d'avant leur notation.
        """
        return tuple(trace for trace in sans_redite(self.traces) if trace.nature == Nature.LIMITES)


@dataclass(frozen=True)
class Periode:
    """Ce qui est dit du service autour d'une heure limite,
    ou de plusieurs qui se suivent de près.
    """

    debut: datetime
    fin: datetime
    evenements: tuple[Evenement, ...]
    limites: tuple[datetime, ...] = ()
    au_registre: int | None = None

    @cached_property
    def sante(self) -> sonde.Sante:
        """Ce que la sonde y a mesuré : pouvait-on déposer ?"""
        return sonde.sante(self.debut, self.fin, au_registre=self.au_registre)


@dataclass(frozen=True)
class Preuve:
    """Tout ce qui sera remis."""

    sorte: str
    reference: str
    consultation: Consultation
    periodes: tuple[Periode, ...]
    tentatives: tuple[Tentative, ...]
    etablie_le: datetime


@dataclass(frozen=True)
class Certificat:
    """Ce que la plateforme a mesuré d'elle-même, d'une heure à une autre ;
    à un acheteur, pour une consultation.
    """

    reference: str
    debut: datetime
    fin: datetime
    evenements: tuple[Evenement, ...]
    etablie_le: datetime
    consultation: Consultation | None = None
    au_registre: int | None = None

    @cached_property
    def sante(self) -> sonde.Sante:
        return sonde.sante(self.debut, self.fin, au_registre=self.au_registre)


def bornes_de(consultation: Consultation) -> tuple[datetime, datetime] | None:
    """De sa publication à une heure après sa dernière heure limite, tours compris ;
    rien avant d'être publiée.
    """
    limites = [
        *Tour.objects.filter(consultation=consultation).values_list("date_limite", flat=True)
    ]
    limites += [consultation.date_limite_remise] if consultation.date_limite_remise else []
    if consultation.publiee_le is None or not limites:
        return None
    return consultation.publiee_le, max(limites) + APRES


def tentative(brouillon: BrouillonDeReponse, *, au: datetime | None = None) -> Tentative:
    """Ce que l'on en sait ; `au` : ce que l'on en savait à cette heure."""
    recus = [pli for pli in brouillon.plis.all() if au is None or pli.recu_le <= au]
    plis = sorted(recus, key=lambda pli: pli.recu_le)
    return Tentative(
        brouillon,
        tuple(plis),
        tuple(faits_de(brouillon, plis, au=au)),
        tuple(traces_de(brouillon, au=au)),
    )


def tentatives_de(
    consultation: Consultation, *, le: datetime, au: datetime | None = None
) -> tuple[Tentative, ...]:
    """Sauf celles d'un tour d'offres qui court encore :
    avant son heure limite, l'acheteur ne sait pas qui dépose.
    """
    lues = BrouillonDeReponse.objects.filter(consultation=consultation, commence_le__lte=le)
    lues = lues.exclude(invitation__tour__date_limite__gte=le - APRES)
    lies = lues.select_related("consultation", "equipe", "commence_par")
    lies = lies.prefetch_related("plis", "fichiers__parties").order_by("commence_le", "pk")
    return tuple(tentative(brouillon, au=au) for brouillon in lies)


def periodes(
    fenetres: Iterable[Fenetre], *, autres: Iterable[Evenement] = ()
) -> tuple[Periode, ...]:
    """Une par fenêtre, avec ce qui y fut annoncé ;
    la dernière porte aussi les `autres`, tombés entre deux.
    """
    *avant, derniere = [
        Periode(f.debut, f.fin, tuple(evenements_entre(f.debut, f.fin)), f.limites)
        for f in fenetres
    ]
    dits = {evenement.pk for une in (*avant, derniere) for evenement in une.evenements}
    tombes = [evenement for evenement in autres if evenement.pk not in dits]
    return *avant, replace(derniere, evenements=(*derniere.evenements, *tombes))


def evenements_entre(debut: datetime, fin: datetime) -> Sequence[Evenement]:
    """Les incidents et maintenances qui touchent la fenêtre."""
    touchent = Evenement.objects.select_related("incident").filter(commence_le__lte=fin)
    return [une for une in touchent if (une.fini_le or fin) >= debut]


def numero(evenement: Evenement) -> str:
    """Le numéro que chacun peut citer, s'il en a un ; sa référence, sinon."""
    incident = getattr(evenement, "incident", None)
    return str(incident) if incident else evenement.reference
