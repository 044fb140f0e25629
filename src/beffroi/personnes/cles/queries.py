"""Lire les clés : la mienne, celles des gardiens,
celles d'une consultation, et les essais à refaire.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from beffroi.personnes.cles import ports, rules
from beffroi.personnes.cles.models import (
    Fente,
    Gardien,
    GardienEnAttente,
    IdentiteDeMembre,
    PaireDeCles,
    PartDeCle,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.rules import ATTENTE_D_UNE_ADRESSE
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import agents_de
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.guichet.scripts import en_base64


def identite_en_cours(utilisateur: Utilisateur) -> IdentiteDeMembre | None:
    """La clé que la personne utilise aujourd'hui, s'il y en a une."""
    return IdentiteDeMembre.objects.filter(utilisateur=utilisateur, retiree_le=None).first()


@lu_une_fois
def a_une_cle_prete(utilisateur: Utilisateur) -> bool:
    """D'une seule lecture : ses façons d'ouvrir, et la clé qu'elles ouvrent."""
    sortes = dict(_fentes_ouvertes(utilisateur))
    recopie_le = next(iter(sortes.values()), None)
    return rules.peut_ouvrir(sortes=set(sortes), secours_recopie_le=recopie_le).favorable


@prete
def _fentes_ouvertes(
    utilisateur: Utilisateur,
) -> QuerySet[Fente, tuple[str, datetime | None]]:
    fentes = Fente.objects.filter(
        identite__utilisateur=utilisateur, identite__retiree_le=None, ouverte_le__isnull=False
    )
    return fentes.values_list("sorte", "identite__secours_recopie_le")


@prete
def sans_cle_prete(utilisateur: Utilisateur) -> QuerySet[Utilisateur]:
    """Cette personne, tant que sa clé n'est pas prête : `peut_ouvrir`, dite à la base."""
    ouvertes = Fente.objects.filter(identite=OuterRef("pk"), ouverte_le__isnull=False)
    pretes = IdentiteDeMembre.objects.filter(
        Exists(ouvertes.filter(sorte=Fente.Sorte.SECOURS)),
        Exists(ouvertes.exclude(sorte=Fente.Sorte.SECOURS)),
        utilisateur=OuterRef("pk"),
        retiree_le=None,
        secours_recopie_le__isnull=False,
    )
    return Utilisateur.objects.filter(~Exists(pretes), pk=utilisateur.pk)


def une_cle_est_prete(organisme: Organisme, le: datetime) -> bool:
    """Une personne de cet organisme au moins a une clé qui s'ouvre, et son code de secours."""
    agents = [une.utilisateur_id for une in agents_de(organisme, le)]
    identites = IdentiteDeMembre.objects.filter(utilisateur__in=agents, retiree_le=None)
    return any(est_prete(identite) for identite in identites.prefetch_related("fentes"))


def parts_chez(organisme: Organisme) -> QuerySet[PartDeCle]:
    """Les parts des clés de ses consultations, tenues par ses agents et non par un gardien."""
    return PartDeCle.objects.filter(paire__organisme=organisme, gardien=None)


def ma_cle(utilisateur: Utilisateur) -> IdentiteDeMembre:
    """La clé en cours de cette personne ; introuvable si elle n'en a pas."""
    identite = identite_en_cours(utilisateur)
    if identite is None:
        raise Introuvable("Vous n'avez pas encore de clé. Créez-la depuis la page « Ma clé ».")
    return identite


def sortes_de(identite: IdentiteDeMembre) -> set[str]:
    """Les sortes d'ouvertures qui comptent : celles qui ont ouvert la clé au moins une fois."""
    return {fente.sorte for fente in identite.fentes.all() if fente.ouverte_le}


def est_prete(identite: IdentiteDeMembre | None) -> bool:
    """La clé existe, s'ouvre de deux façons, et son code de secours a été recopié."""
    if identite is None:
        return False
    decision = rules.peut_ouvrir(
        sortes=sortes_de(identite), secours_recopie_le=identite.secours_recopie_le
    )
    return decision.favorable


def fentes_de(identite: IdentiteDeMembre) -> QuerySet[Fente]:
    return identite.fentes.order_by("pk")


def fentes_a_ouvrir(identite: IdentiteDeMembre) -> list[dict[str, object]]:
    """Les façons d'ouvrir cette clé, pour le script qui l'ouvrira."""
    return [
        {
            "reference": fente.reference,
            "sorte": fente.sorte,
            "libelle": fente.nom,
            "contenu": en_base64(fente.contenu),
            "parametres": fente.parametres,
        }
        for fente in fentes_de(identite)
    ]


def fentes_essayees(identite: IdentiteDeMembre) -> QuerySet[Fente]:
    return fentes_de(identite).exclude(ouverte_le=None)


def fente_pour(utilisateur: Utilisateur, reference: str) -> Fente:
    """Une ouverture d'une clé de cette personne, en cours ou remplacée ;
    celle d'une autre est introuvable.
    """
    fentes = Fente.objects.filter(reference=reference, identite__utilisateur=utilisateur)
    fente = fentes.select_related("identite__utilisateur").first()
    if fente is None:
        raise Introuvable()
    return fente


# ---------------------------------------------------------------- gardiens


def gardiens_en_fonction() -> QuerySet[Gardien]:
    return (
        Gardien.objects.filter(retire_le=None)
        .select_related("utilisateur")
        .order_by("designe_le", "pk")
    )


def gardiens_en_attente() -> QuerySet[GardienEnAttente]:
    """Les personnes désignées qui n'ont pas encore prouvé leur adresse."""
    return GardienEnAttente.objects.select_related("attendue").order_by("depuis_le", "pk")


def gardien_en_attente(reference: str) -> GardienEnAttente:
    attente = gardiens_en_attente().filter(reference=reference).first()
    if attente is None:
        raise Introuvable()
    return attente


def garde_attendue(courriel: str) -> GardienEnAttente | None:
    """La garde qui attend que cette adresse soit prouvée."""
    return gardiens_en_attente().filter(attendue__courriel=courriel.lower()).first()


def gardes_oubliees(le: datetime) -> list[GardienEnAttente]:
    """Celles dont personne n'a ouvert le lien à temps : elles ne donnent plus rien."""
    return list(gardiens_en_attente().filter(depuis_le__lte=le - ATTENTE_D_UNE_ADRESSE))


def places_de_gardien() -> int:
    """Ce qu'il reste à désigner : une désignation qui attend tient sa place."""
    prises = gardiens_en_fonction().count() + gardiens_en_attente().count()
    return rules.NOMBRE_DE_GARDIENS - prises


@lu_une_fois
def gardiens_prets() -> list[Gardien]:
    """Les gardiens qui ont une clé complète et qui ont ouvert leur canari avec elle."""
    return [gardien for gardien, _ in gardiens_et_leurs_cles()]


@prete
def _gardiens_essayes() -> QuerySet[Gardien]:
    return gardiens_en_fonction().exclude(canari_ouvert_le=None)


def gardiens_et_leurs_cles() -> list[tuple[Gardien, IdentiteDeMembre]]:
    """Les mêmes, chacun avec sa clé."""
    essayes = list(_gardiens_essayes())
    identites = identites_de(gardien.utilisateur for gardien in essayes)
    dits = [(gardien, identites.get(gardien.utilisateur_id)) for gardien in essayes]
    return [(gardien, identite) for gardien, identite in dits if identite and est_prete(identite)]


@lu_une_fois
def gardien_en_fonction(utilisateur: Utilisateur) -> Gardien | None:
    return la_premiere(sa_garde(utilisateur))


@prete
def sa_garde(utilisateur: Utilisateur) -> QuerySet[Gardien]:
    """Sa fonction de gardien, si elle la tient."""
    return gardiens_en_fonction().filter(utilisateur=utilisateur)


def gardien_par_reference(reference: str) -> Gardien:
    gardien = gardiens_en_fonction().filter(reference=reference).first()
    if gardien is None:
        raise Introuvable()
    return gardien


# ---------------------------------------------------------------- parts et essais


def parts_des_membres(*paires: PaireDeCles | int) -> QuerySet[PartDeCle]:
    """Les parts que les membres en tiennent, par nom."""
    return _parts_des_membres(
        [paire.pk if isinstance(paire, PaireDeCles) else paire for paire in paires]
    )


@prete
def _parts_des_membres(paires: list[int]) -> QuerySet[PartDeCle]:
    # Par « gardien=None », SQLite prendrait l'index des gardiens : toutes les parts de membres de
    # la plateforme, plutôt que celles de ces paires.
    parts = PartDeCle.objects.filter(paire__in=paires).exclude(gardien__isnull=False)
    return parts.select_related("identite__utilisateur").order_by(
        "identite__utilisateur__nom", "pk"
    )


def nombre_de_membres(paire: PaireDeCles) -> int:
    """Combien de membres en tiennent une part."""
    return len(_cles_des_parts(paire.pk))


@prete
def _cles_des_parts(paire: int) -> QuerySet[PartDeCle, int]:
    return PartDeCle.objects.filter(paire=paire, gardien=None).values_list("pk", flat=True)


@prete
def parts_des_gardiens(paire: PaireDeCles) -> QuerySet[PartDeCle]:
    return (
        paire.parts.exclude(gardien=None)
        .select_related("gardien__utilisateur", "identite")
        .order_by("pk")
    )


def part_de(utilisateur: Utilisateur, paire: PaireDeCles) -> PartDeCle | None:
    """La part que cette personne détient comme membre,
    fût-ce avec une clé qu'elle a remplacée depuis.
    """
    return la_premiere(_part_du_membre(utilisateur, paire))


@prete
def _part_du_membre(utilisateur: Utilisateur, paire: PaireDeCles) -> QuerySet[PartDeCle]:
    siennes = paire.parts.filter(gardien=None, identite__utilisateur=utilisateur)
    return siennes.select_related("identite").order_by("pk")[:1]


def part_du_gardien(utilisateur: Utilisateur, paire: PaireDeCles) -> PartDeCle | None:
    parts = paire.parts.filter(gardien__utilisateur=utilisateur)
    return parts.select_related("identite", "gardien").first()


def parts_tenues(paires: Iterable[int | None]) -> QuerySet[PartDeCle]:
    """Les parts des membres, sur plusieurs paires, avec ce qui dit si chacun sait s'en servir.

    Deux requêtes en tout.
    """
    return _parts_tenues(list(paires))


@prete
def _parts_tenues(paires: list[int | None]) -> QuerySet[PartDeCle]:
    parts = PartDeCle.objects.filter(paire__in=paires, gardien=None).order_by("pk")
    return parts.select_related("identite__utilisateur").prefetch_related("identite__fentes")


def dispositions(
    paires: Iterable[int], le: datetime
) -> dict[tuple[int, int], tuple[rules.Disposition, str]]:
    """Par paire et par personne, de numéro connu : sait-elle ouvrir, et la référence de sa part."""
    return {
        (part.paire_id, part.identite.utilisateur_id): (disposition_de(part, le), part.reference)
        for part in parts_tenues(paires)
    }


def dispositions_de(
    utilisateur: Utilisateur, paires: Iterable[int], le: datetime
) -> dict[int, tuple[rules.Disposition, str]]:
    """Les mêmes, d'une seule personne, par paire."""
    return {
        part.paire_id: (
            _disposition(part, le, prete=a_une_cle_prete(utilisateur)),
            part.reference,
        )
        for part in _parts_de(utilisateur, list(paires))
    }


@prete
def _parts_de(utilisateur: Utilisateur, paires: list[int]) -> QuerySet[PartDeCle]:
    tenues = PartDeCle.objects.filter(
        paire__in=paires, gardien=None, identite__utilisateur=utilisateur
    )
    return tenues.select_related("identite").order_by("pk")


def disposition_de(part: PartDeCle, le: datetime) -> rules.Disposition:
    return _disposition(part, le, prete=est_prete(part.identite))


def _disposition(part: PartDeCle, le: datetime, *, prete: bool) -> rules.Disposition:
    """`prete` ne compte que d'une clé en cours."""
    return rules.disposition(
        retiree=part.identite.retiree_le is not None,
        prete=prete,
        dernier=part.canari_ouvert_le,
        maintenant=le,
    )


@prete
def essais_dus(utilisateur: Utilisateur, le: datetime) -> QuerySet[PartDeCle]:
    """Les essais à faire, ou à refaire après 90 jours."""
    parts = PartDeCle.objects.filter(
        gardien=None,
        identite__utilisateur=utilisateur,
        identite__retiree_le=None,
        paire__retiree_le=None,
    )
    avant = le - rules.VALIDITE_D_UN_ESSAI
    return parts.filter(Q(canari_ouvert_le=None) | Q(canari_ouvert_le__lt=avant))


def essais_en_attente(utilisateur: Utilisateur, le: datetime) -> list[PartDeCle]:
    """Les mêmes, tant qu'il reste des enveloppes à ouvrir."""
    dus = essais_dus(utilisateur, le)
    essais = list(dus.select_related("paire__organisme", "identite").order_by("pk"))
    servies = ports.paires_servies({essai.paire_id for essai in essais})
    return [essai for essai in essais if essai.paire_id not in servies]


def dernier_essai(identite: IdentiteDeMembre) -> datetime | None:
    """Le dernier canari ouvert avec cette clé, sur une paire ou comme gardien."""
    sur_une_part: datetime | None = identite.parts.aggregate(dernier=Max("canari_ouvert_le"))[
        "dernier"
    ]
    gardien = gardien_en_fonction(identite.utilisateur)
    essais = [
        essai for essai in (sur_une_part, gardien.canari_ouvert_le if gardien else None) if essai
    ]
    return max(essais, default=None)


def derniers_essais(identites: Iterable[int]) -> dict[int, datetime]:
    """Le dernier canari ouvert par chacune de ces clés, sur une part de membre ; une requête."""
    ouvertes = PartDeCle.objects.filter(
        identite__in=list(identites), gardien=None, canari_ouvert_le__isnull=False
    )
    par_cle = ouvertes.order_by().values_list("identite").annotate(dernier=Max("canari_ouvert_le"))
    return dict(par_cle)


def part_a_essayer(utilisateur: Utilisateur, reference: str) -> PartDeCle:
    """La part de cette personne qui porte cette référence ; celle d'une autre est introuvable."""
    parts = PartDeCle.objects.filter(
        gardien=None, reference=reference, identite__utilisateur=utilisateur
    )
    part = parts.select_related("identite", "paire__organisme").first()
    if part is None:
        raise Introuvable()
    return part


def identites_de(utilisateurs: Iterable[Utilisateur]) -> dict[int, IdentiteDeMembre]:
    """Les clés en cours de ces personnes, par numéro de personne, avec leurs ouvertures."""
    lues = _identites([une.pk for une in utilisateurs])
    return {identite.utilisateur_id: identite for identite in lues}


@prete
def _identites(utilisateurs: list[int]) -> QuerySet[IdentiteDeMembre]:
    identites = IdentiteDeMembre.objects.filter(utilisateur__in=utilisateurs, retiree_le=None)
    return identites.select_related("utilisateur").prefetch_related("fentes")
