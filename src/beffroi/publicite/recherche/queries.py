"""Lire l'index : les résultats d'une recherche,
ses nouveautés, les acheteurs et ce qu'ils ont publié.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import parse_qsl

from django.db.models import Count, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.procedures import choix
from beffroi.publicite.recherche import index
from beffroi.publicite.recherche.index import LIMITE, PUBLICATION, Demande
from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee, MotConnu
from beffroi.publicite.recherche.rules import analyse, jetons, requete, voisinage
from beffroi.publicite.recherche.rules.requete import CLOSES, OUVERTES, Lecture, Recherche
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from formats.dates import PARIS

PAR_PAGE = 20
_VOISINS_LUS, _VOISINS_ESSAYES, _MOTS_CORRIGES = 200, 3, 3


class Croisee(NamedTuple):
    """Une fiche et ses jetons."""

    fiche: FicheIndexee
    jetons: frozenset[str]


@dataclass(frozen=True)
class Correction:
    """Le mot cherché à la place de celui qui était écrit, et que rien n'emploie."""

    ecrit: str
    cherche: str


@dataclass(frozen=True)
class Resultats:
    """Une page de fiches ; `nombre` s'arrête à mille, et `plafonne` dit qu'il y en a plus."""

    fiches: tuple[FicheIndexee, ...]
    nombre: int
    plafonne: bool
    corrections: tuple[Correction, ...] = ()
    inconnus: tuple[str, ...] = ()

    @property
    def nombre_de_pages(self) -> int:
        return max(1, -(-self.nombre // PAR_PAGE))


def lire(parametres: Mapping[str, str]) -> Lecture:
    """La recherche d'une adresse, avec les natures et les procédures que la plateforme connaît."""
    return requete.lire(parametres, natures=natures(), procedures=procedures())


def relire(adresse: str) -> Recherche:
    """Une recherche gardée, depuis ce que `Recherche.ecrire` en avait écrit."""
    return lire(dict(parse_qsl(adresse))).recherche


def natures() -> dict[str, str]:
    return {nature.value: nature.label for nature in Consultation.Nature}


def procedures() -> dict[str, str]:
    return dict(choix())


def resultats(
    recherche: Recherche, *, le: datetime, page: int = 1, par_page: int = PAR_PAGE, ordre: str = ""
) -> Resultats:
    """Une page de résultats.

    Ce qui est ouvert : l'heure limite la plus proche d'abord ; le reste : le plus récent d'abord.
    """
    ordre = ordre or _ordre(recherche)
    cherches, corrections, inconnus = _mots_cherches(recherche, le=le)
    if inconnus:
        return Resultats((), 0, False, corrections, inconnus)
    trouvees = index.chercher(
        _demande(recherche, cherches, le=le, ordre=ordre),
        nombre=par_page,
        apres=par_page * (page - 1),
    )
    return Resultats(_fiches(trouvees.rangs), trouvees.nombre, trouvees.plafonne, corrections)


@dataclass(frozen=True)
class Repere:
    """La dernière fiche déjà rendue : son rang, et l'instant qui l'ordonne."""

    rang: int
    instant: datetime


def suite_des_resultats(
    recherche: Recherche, *, le: datetime, nombre: int, apres: Repere | None
) -> tuple[Resultats, Repere | None]:
    """Les résultats après un repère, et le repère suivant :
    une publication entre deux lectures ne répète ni ne saute rien.
    """
    ordre = _ordre(recherche)
    cherches, corrections, inconnus = _mots_cherches(recherche, le=le)
    if inconnus:
        return Resultats((), 0, False, corrections, inconnus), None
    trouvees = index.chercher(
        _demande(recherche, cherches, le=le, ordre=ordre), nombre=index.PLAFOND
    )
    rangs = _qui_suivent(list(trouvees.rangs), ordre, apres)
    fiches = _fiches(rangs[:nombre])
    suivant = (
        Repere(fiches[-1].pk, getattr(fiches[-1], ordre))
        if fiches and len(rangs) > nombre
        else None
    )
    return Resultats(fiches, trouvees.nombre, trouvees.plafonne, corrections), suivant


def _qui_suivent(rangs: list[int], ordre: str, apres: Repere | None) -> list[int]:
    if apres is None:
        return rangs
    if apres.rang in rangs:
        return rangs[rangs.index(apres.rang) + 1 :]
    # La fiche du repère n'est plus un résultat : son instant dit encore où elle était.
    instants = dict(FicheIndexee.objects.filter(pk__in=rangs).values_list("pk", ordre))
    la = (apres.instant, apres.rang)
    return [
        r for r in rangs if ((instants[r], r) > la if ordre == LIMITE else (instants[r], r) < la)
    ]


def _ordre(recherche: Recherche) -> str:
    return LIMITE if recherche.etat == OUVERTES else PUBLICATION


def nouvelles_depuis(
    recherche: Recherche, instant: datetime, *, le: datetime
) -> tuple[FicheIndexee, ...]:
    """Ce que cette recherche trouve et qui a été publié après cet instant, le plus récent d'abord.

    Aucun mot n'est corrigé.
    """
    demande = _demande(recherche, analyse.mots_pleins(recherche.mots), le=le, ordre=PUBLICATION)
    return _fiches(
        index.chercher(replace(demande, publiees_apres=instant), nombre=index.PLAFOND).rangs
    )


def a_croiser(fiches: Sequence[FicheIndexee]) -> list[Croisee]:
    """Des fiches que beaucoup de recherches vont essayer : leurs jetons se lisent une fois."""
    return [Croisee(fiche, frozenset(fiche.jetons.split())) for fiche in fiches]


def qui_repondent(
    recherche: Recherche, croisees: Sequence[Croisee], *, le: datetime
) -> list[FicheIndexee]:
    """Celles que cette recherche trouverait, sans lire l'index ; dans leur ordre."""
    demande = _demande(recherche, analyse.mots_pleins(recherche.mots), le=le, ordre=PUBLICATION)
    return [
        fiche
        for fiche, siens in croisees
        if index.convient(demande, fiche) and jetons.repond(demande.groupes, siens)
    ]


def _demande(recherche: Recherche, mots: list[str], *, le: datetime, ordre: str) -> Demande:
    ouvertes = recherche.etat == OUVERTES
    racines = list(dict.fromkeys(map(analyse.racine, mots)))
    return Demande(
        le=le,
        groupes=jetons.groupes_de(recherche, racines_cherchees=racines, par_periode=not ouvertes),
        ouvertes=ouvertes,
        closes=recherche.etat == CLOSES,
        limite_des=_minuit(recherche.apres) if recherche.apres else None,
        limite_avant=_minuit(recherche.avant + timedelta(days=1)) if recherche.avant else None,
        ordre=ordre,
    )


def _minuit(jour: date) -> datetime:
    return datetime.combine(jour, time.min, PARIS)


def _fiches(rangs: Sequence[int]) -> tuple[FicheIndexee, ...]:
    lues = {fiche.pk: fiche for fiche in _de_rangs(list(rangs))}
    return tuple(lues[rang] for rang in rangs if rang in lues)


@prete
def _de_rangs(rangs: list[int]) -> QuerySet[FicheIndexee]:
    return FicheIndexee.objects.defer("jetons").filter(pk__in=rangs)


# ---------------------------------------------------------------- fautes de frappe


def _mots_cherches(
    recherche: Recherche, *, le: datetime
) -> tuple[list[str], tuple[Correction, ...], tuple[str, ...]]:
    """Les mots à chercher ; ceux que nulle consultation n'emploie sont corrigés, ou nommés."""
    ecrits = {
        mot: morceau
        for morceau in analyse.morceaux(recherche.mots)
        for mot in analyse.mots_pleins(morceau)
    }
    mots = analyse.mots_pleins(recherche.mots)[: jetons.MOTS_D_UNE_RECHERCHE]
    douteux = _jamais_employes(mots)
    a_corriger = [mot for mot in mots if mot in douteux][:_MOTS_CORRIGES]
    cherches, corrections, inconnus = [], [], []
    for mot in mots:
        voisin = _plus_proche(mot, recherche, le=le) if mot in a_corriger else None
        cherches.append(voisin.mot if voisin else mot)
        if voisin:
            corrections.append(Correction(ecrits.get(mot, mot), voisin.ecrit))
        elif mot in douteux:
            inconnus.append(ecrits.get(mot, mot))
    return cherches, tuple(corrections), tuple(inconnus)


def _jamais_employes(mots: list[str]) -> set[str]:
    corrigibles = {mot: analyse.racine(mot) for mot in mots if voisinage.se_corrige(mot)}
    connues = set(
        MotConnu.objects.filter(racine__in=corrigibles.values()).values_list("racine", flat=True)
    )
    return {mot for mot, racine in corrigibles.items() if racine not in connues}


def _plus_proche(mot: str, recherche: Recherche, *, le: datetime) -> MotConnu | None:
    """Le mot voisin le plus proche, de préférence parmi ce qui est cherché ;
    sinon un mot qui commence ainsi.
    """
    voisins = MotConnu.objects.filter(restes__reste__in=voisinage.restes(mot)).distinct()[
        :_VOISINS_LUS
    ]
    par_mot = {voisin.mot: voisin for voisin in voisins}
    proches = [par_mot[voisin] for voisin in voisinage.du_plus_proche(mot, par_mot)][
        :_VOISINS_ESSAYES
    ]
    for voisin in proches:
        demande = _demande(Recherche(etat=recherche.etat), [voisin.mot], le=le, ordre=PUBLICATION)
        if index.existe(demande):
            return voisin
    return (
        proches[0]
        if proches
        else MotConnu.objects.filter(mot__gt=mot, mot__lt=f"{mot}zzzz").first()
    )


# ---------------------------------------------------------------- acheteurs


def acheteur(siren: str) -> AcheteurIndexe:
    trouve = AcheteurIndexe.objects.filter(siren=siren).first() if siren.isdecimal() else None
    if trouve is None:
        raise Introuvable()
    return trouve


def acheteurs(nom: str = "") -> QuerySet[AcheteurIndexe]:
    """Les acheteurs par leur nom ; chaque mot doit s'y trouver."""
    trouves = AcheteurIndexe.objects.all()
    for mot in analyse.mots_pleins(nom)[: jetons.MOTS_D_UNE_RECHERCHE]:
        trouves = trouves.filter(nom_replie__contains=mot)
    return trouves


def nombres_d_ouvertes(sirens: list[str], *, le: datetime) -> dict[str, int]:
    """Combien chaque acheteur a de consultations ouvertes."""
    ouvertes = FicheIndexee.objects.filter(en_cours=True, limite__gte=le, siren__in=sirens)
    return dict(ouvertes.order_by().values_list("siren").annotate(Count("pk")))


def fiche(reference: str) -> FicheIndexee:
    trouvee = FicheIndexee.objects.filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def texte_borne(texte: str) -> str:
    """Ce qu'une personne a tapé, sans caractère de commande, à une longueur raisonnable."""
    return " ".join("".join(c if c.isprintable() else " " for c in texte).split())[
        : requete.LONGUEUR_MAXIMALE
    ]
