"""Ce que l'on sait d'une équipe, maintenant et au moment d'un dépôt ; ses preuves, ses voisines."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from beffroi.personnes.comptes.models import PreuveDAdresse, Utilisateur
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, Equipe, Membre
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.personnes.niveaux import rules
from beffroi.personnes.niveaux.models import Defi, LettreDeCode, PreuveDEntreprise
from beffroi.personnes.niveaux.rules import Faits
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete

PERSONNES_D_UNE_EQUIPE, EQUIPES_MONTREES = 200, 50


class Depose(Protocol):
    """Ce qu'un dépôt dit de son auteur : le pli d'un contexte plus haut, ou rien d'autre."""

    pk: Any
    equipe: Equipe
    depose_par_id: int
    recu_le: datetime


class Point(NamedTuple):
    """Qui, pour quelle équipe, à quel instant."""

    equipe: Equipe
    personne: int
    quand: datetime


@dataclass(frozen=True)
class Identite:
    """Les faits d'un dépôt : ceux d'alors, et ceux d'aujourd'hui."""

    au_depot: Faits
    aujourd_hui: Faits

    @property
    def a_change(self) -> bool:
        return self.au_depot != self.aujourd_hui


def identites(depots: Sequence[Depose], *, le: datetime) -> dict[Any, Identite]:
    """Pour chaque dépôt, par sa clé : ce qui était établi quand il est arrivé, et ce qui l'est."""
    alors = [Point(un.equipe, un.depose_par_id, un.recu_le) for un in depots]
    depuis = [Point(un.equipe, un.depose_par_id, le) for un in depots]
    faits = faits_de([*alors, *depuis])
    return {
        un.pk: Identite(au_depot, aujourd_hui)
        for un, au_depot, aujourd_hui in zip(
            depots, faits[: len(depots)], faits[len(depots) :], strict=True
        )
    }


def faits_de(points: Sequence[Point]) -> list[Faits]:
    """Les faits de chaque point, dans leur ordre ; trois lectures, quel que soit leur nombre."""
    equipes = {equipe for point in points for equipe in _a_l_instant(point)}
    preuves = _par_equipe(PreuveDEntreprise.objects.filter(equipe__in=equipes))
    membres = _par_equipe(Membre.objects.filter(equipe__in=equipes))
    personnes = {point.personne for point in points} | {
        membre.utilisateur_id for siens in membres.values() for membre in siens
    }
    prouvees = _adresses_prouvees(personnes)
    return [_faits(point, preuves, membres, prouvees) for point in points]


def _faits(
    point: Point,
    preuves: dict[int, list[PreuveDEntreprise]],
    membres: dict[int, list[Membre]],
    prouvees: dict[int, datetime],
) -> Faits:
    ici = _a_l_instant(point)
    la = {
        membre.utilisateur_id
        for equipe in ici
        for membre in membres[equipe]
        if membre.depuis_le <= point.quand
        and (membre.jusqu_au is None or point.quand < membre.jusqu_au)
    }
    collegues = {qui for qui in la - {point.personne} if _est_prouvee(qui, prouvees, point.quand)}
    moyens = {
        preuve.get_moyen_display(): None
        for equipe in ici
        for preuve in preuves[equipe]
        if preuve.vaut_le(point.quand)
    }
    return Faits(
        adresse_prouvee=_est_prouvee(point.personne, prouvees, point.quand),
        # Qui n'est pas de l'équipe à cet instant n'y est reconnu par personne.
        collegues=len(collegues) if point.personne in la else 0,
        moyens=tuple(moyens),
    )


def _a_l_instant(point: Point) -> tuple[int, ...]:
    """L'équipe, et celle à qui elle s'était déjà réunie."""
    equipe = point.equipe
    reunie = equipe.reunie_le is not None and equipe.reunie_le <= point.quand
    return (equipe.pk, equipe.reunie_a_id) if reunie and equipe.reunie_a_id else (equipe.pk,)


def _par_equipe(lignes: QuerySet[Any]) -> dict[int, list[Any]]:
    rangees: dict[int, list[Any]] = defaultdict(list)
    for ligne in lignes:
        rangees[ligne.equipe_id].append(ligne)
    return rangees


@prete
def _preuves(personnes: list[int]) -> QuerySet[PreuveDAdresse, tuple[int, datetime]]:
    preuves = PreuveDAdresse.objects.filter(utilisateur__in=personnes)
    return preuves.values_list("utilisateur_id", "le")


def _adresses_prouvees(personnes: Collection[int]) -> dict[int, datetime]:
    """Depuis quand chacune a prouvé une adresse. Une adresse se prouve avant de se prendre : qui
    en a prouvé une n'en porte plus d'autre.
    """
    premieres: dict[int, datetime] = {}
    for qui, le in _preuves(list(personnes)):
        premieres[qui] = min(le, premieres.get(qui, le))
    return premieres


def _est_prouvee(qui: int, prouvees: dict[int, datetime], quand: datetime) -> bool:
    return qui in prouvees and prouvees[qui] <= quand


# ---------------------------------------------------------------- les preuves d'une équipe


def preuves_de(equipe: Equipe) -> QuerySet[PreuveDEntreprise]:
    """Toutes, la plus récente d'abord : celles qui valent et celles qui ont fini."""
    return (
        PreuveDEntreprise.objects.filter(equipe=equipe)
        .select_related("par", "revoquee_par", "equipe")
        .order_by("-etablie_le", "-pk")
    )


def en_cours(*, le: datetime) -> QuerySet[PreuveDEntreprise]:
    return PreuveDEntreprise.objects.filter(
        etablie_le__lte=le, vaut_jusqu_au__gt=le, revoquee_le=None
    )


def est_prouvee(equipe: Equipe, *, le: datetime, moyen: str = "") -> bool:
    """L'équipe a une preuve qui vaut, par ce moyen s'il est dit."""
    siennes = en_cours(le=le).filter(equipe=equipe)
    return (siennes.filter(moyen=moyen) if moyen else siennes).exists()


def preuve_pour(reference: str) -> PreuveDEntreprise:
    preuve = PreuveDEntreprise.objects.filter(reference=reference).select_related("equipe").first()
    if preuve is None:
        raise Introuvable()
    return preuve


def defi_en_cours(equipe: Equipe, *, le: datetime) -> Defi | None:
    """Le dernier que l'équipe a demandé, s'il peut encore être relevé."""
    return Defi.objects.filter(
        membre__equipe=equipe, membre__jusqu_au=None, releve_le=None, expire_le__gt=le
    ).first()


def defi_pour(personne: Utilisateur, reference: str) -> Defi:
    """Un défi d'une équipe dont on est ; tout autre est introuvable."""
    defi = Defi.objects.filter(reference=reference, membre__equipe__in=equipes_de(personne)).first()
    if defi is None:
        raise Introuvable()
    return defi


def lettre_en_cours(equipe: Equipe) -> LettreDeCode | None:
    return LettreDeCode.objects.filter(equipe=equipe, close_le=None).first()


@prete
def lettres_a_poster() -> QuerySet[LettreDeCode]:
    """Celles que le centre n'a pas encore imprimées, la plus ancienne d'abord."""
    return LettreDeCode.objects.filter(close_le=None, imprimee_le=None).select_related(
        "equipe", "membre__utilisateur"
    )


def lettre_pour(reference: str) -> LettreDeCode:
    """Une lettre en cours, pour le centre."""
    lettre = (
        LettreDeCode.objects.filter(reference=reference, close_le=None)
        .select_related("equipe", "membre__utilisateur")
        .first()
    )
    if lettre is None:
        raise Introuvable()
    return lettre


# ---------------------------------------------------------------- ce qu'un niveau donne


def au_nom_public(identifiants: Iterable[str]) -> dict[str, Equipe]:
    """Pour chaque établissement, l'équipe dont ce qui est publié prend le nom : la première qui a
    prouvé être l'entreprise ; à défaut, la plus ancienne.

    Une preuve échue suffit, une preuve révoquée non : un nom publié ne change pas parce qu'un
    terme passe. Qui dit le même numéro ensuite ne renomme personne.
    """
    connues = Equipe.objects.filter(identifiant__in=list(identifiants)).order_by("-pk")
    noms = {equipe.identifiant: equipe for equipe in connues}
    prouvees = (
        PreuveDEntreprise.objects.filter(equipe__identifiant__in=noms, revoquee_le=None)
        .select_related("equipe")
        .order_by("-etablie_le", "-pk")
    )
    return noms | {preuve.equipe.identifiant: preuve.equipe for preuve in prouvees}


def voisines(equipe: Equipe) -> QuerySet[Equipe]:
    """Les autres équipes qui disent la même entreprise, et où quelqu'un est : la plus récente
    d'abord. Rien de ce qu'elles font n'en transparaît.
    """
    memes = _habitees().filter(
        pays=equipe.pays, numero_d_entreprise=equipe.numero_d_entreprise, reunie_a=None
    )
    return memes.exclude(pk=equipe.pk).order_by("-fondee_le", "-pk")


def voisines_a_dire(
    siennes: Collection[Equipe], *, depuis: datetime, le: datetime
) -> Iterator[Equipe]:
    """Les équipes fondées depuis cet instant qui disent l'entreprise d'une de celles-ci, qui l'a
    prouvée et qui est son aînée ; sauf celles dont quelqu'un leur demande déjà à entrer.
    """
    prouvees = set(en_cours(le=le).filter(equipe__in=siennes).values_list("equipe", flat=True))
    ainees = [equipe for equipe in siennes if equipe.pk in prouvees]
    personnes = Membre.objects.filter(equipe=OuterRef(OuterRef("pk")), jusqu_au=None)
    demande = DemandeDeRejoindre.objects.filter(
        equipe__in=ainees, utilisateur__in=personnes.values("utilisateur")
    )
    recentes = _habitees().filter(
        ~Exists(demande),
        ~Q(pk__in=[equipe.pk for equipe in siennes]),
        numero_d_entreprise__in=[equipe.numero_d_entreprise for equipe in ainees],
        fondee_le__gt=depuis,
        reunie_a=None,
    )
    for une in recentes.order_by("-fondee_le", "-pk"):
        if any(_est_cadette(une, ainee) for ainee in ainees):
            yield une


def _habitees() -> QuerySet[Equipe]:
    return Equipe.objects.filter(
        Exists(Membre.objects.filter(equipe=OuterRef("pk"), jusqu_au=None))
    )


def _est_cadette(une: Equipe, ainee: Equipe) -> bool:
    """De la même entreprise, et fondée après."""
    memes = (une.pays, une.numero_d_entreprise) == (ainee.pays, ainee.numero_d_entreprise)
    return memes and ainee.fondee_le < une.fondee_le


def prouvees_de_l_entreprise(equipe: Equipe, *, le: datetime) -> list[Equipe]:
    """Les autres équipes qui ont prouvé être cette entreprise."""
    preuves = en_cours(le=le).filter(
        ~Q(equipe=equipe.pk),
        equipe__pays=equipe.pays,
        equipe__numero_d_entreprise=equipe.numero_d_entreprise,
    )
    return list(dict.fromkeys(p.equipe for p in preuves.select_related("equipe")))


# ---------------------------------------------------------------- le centre


@dataclass(frozen=True)
class EquipeVue:
    """Une équipe telle que le centre la voit : ce qu'elle dit, qui y est, ce qu'elle a prouvé."""

    equipe: Equipe
    presents: list[Membre]
    anciens: list[Membre]
    preuves: list[PreuveDEntreprise]

    @property
    def est_vide(self) -> bool:
        return not self.presents and self.equipe.reunie_a_id is None

    @property
    def derniere_le(self) -> datetime | None:
        """Quand la dernière personne est partie."""
        return max((m.jusqu_au for m in self.anciens if m.jusqu_au), default=None)


def equipes_du_numero(numero: str) -> QuerySet[Equipe]:
    """Les équipes qui disent ce SIRET, ce SIREN ou ce numéro, la plus ancienne d'abord ;
    `presentes` : combien de personnes y sont.
    """
    dites = Equipe.objects.filter(Q(identifiant=numero) | Q(numero_d_entreprise=numero))
    comptees = dites.annotate(presentes=Count("membres", filter=Q(membres__jusqu_au=None)))
    return comptees.order_by("pk")[:EQUIPES_MONTREES]


def equipe_du_centre(reference: str) -> EquipeVue:
    equipe = Equipe.objects.filter(reference=reference).select_related("reunie_a").first()
    if equipe is None:
        raise Introuvable()
    return equipe_vue(equipe)


def equipe_vue(equipe: Equipe) -> EquipeVue:
    membres = list(
        Membre.objects.filter(equipe=equipe)
        .select_related("utilisateur", "reconnu_par")
        .order_by("pk")[:PERSONNES_D_UNE_EQUIPE]
    )
    return EquipeVue(
        equipe,
        [membre for membre in membres if membre.jusqu_au is None],
        [membre for membre in membres if membre.jusqu_au is not None],
        list(preuves_de(equipe)),
    )


def faits_de_l_equipe(membre: Membre, *, le: datetime) -> Faits:
    """Les faits d'une personne dans son équipe, à cet instant."""
    return faits_de([Point(membre.equipe, membre.utilisateur_id, le)])[0]


def a_renouveler(personne: Utilisateur, *, le: datetime) -> QuerySet[PreuveDEntreprise]:
    """Les preuves des équipes de la personne qui finissent bientôt, sans qu'une autre dure plus."""
    apres = en_cours(le=le).filter(
        equipe=OuterRef("equipe"), vaut_jusqu_au__gt=le + rules.RAPPEL_AVANT_LA_FIN
    )
    return (
        en_cours(le=le)
        .filter(
            ~Exists(apres),
            equipe__membres__utilisateur=personne,
            equipe__membres__jusqu_au=None,
            vaut_jusqu_au__lte=le + rules.RAPPEL_AVANT_LA_FIN,
        )
        .select_related("equipe")
    )
