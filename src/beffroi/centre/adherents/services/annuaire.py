"""Inscrire un adhérent, le décrire, le rattacher, dire qui lui succède."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from beffroi.centre.adherents import queries, rules
from beffroi.centre.adherents.models import Adherent
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser

VERROU_DE_L_ANNUAIRE = 0x414E4E55  # « ANNU »


@dataclass(frozen=True)
class Identite:
    """Ce qu'on sait d'un adhérent. Le SIREN ne change pas ; le SIRET peut attendre l'activation."""

    siren: str
    nom: str
    nature: str
    siret: str = ""
    code_commune: str = ""
    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    courriel: str = ""
    telephone: str = ""


def noter(
    acte: str, adherent: Adherent, *, par: Acteur, le: datetime, donnees: Mapping[str, Any]
) -> None:
    """Au journal, sous le SIREN ; l'organisme de l'adhérent le lira aussi, dès qu'il en a un."""
    siret = adherent.organisme.siret if adherent.organisme else ""
    journaliser(
        f"adherent.{acte}", sujet=adherent.siren, organisme=siret, par=par, le=le, donnees=donnees
    )


def exiger_une_identite(identite: Identite) -> None:
    """Un SIREN juste, et un SIRET de ce SIREN s'il y en a un."""
    exiger(rules.siren_juste(identite.siren))
    exiger(rules.siret_de_l_adherent(siret=identite.siret, siren=identite.siren))


@transaction.atomic
def creer_adherent(
    *,
    identite: Identite,
    rattache_a: Adherent | None = None,
    est_un_essai: bool = False,
    par: Acteur,
    maintenant: datetime,
) -> Adherent:
    """Inscrit une personne morale à l'annuaire. Rien ne s'ouvre encore pour elle."""
    exiger_une_identite(identite)
    adherent = Adherent(**asdict(identite), est_un_essai=est_un_essai, cree_le=maintenant)
    if rattache_a:
        rattache_a = verrouiller(rattache_a)
        _exiger_le_rattachement(adherent, rattache_a)
        adherent.rattache_a = rattache_a
    try:
        with transaction.atomic():
            adherent.save()
    except IntegrityError as doublon:
        raise RegleEnfreinte("Un adhérent porte déjà ce SIREN, ou ce SIRET.") from doublon
    donnees = {"nom": adherent.nom, "nature": adherent.nature}
    noter("creer", adherent, par=par, le=maintenant, donnees=donnees)
    return adherent


@transaction.atomic
def decrire(
    *, adherent: Adherent, identite: Identite, par: Acteur, maintenant: datetime
) -> Adherent:
    """Change ce qu'on sait de l'adhérent ; ni son SIREN, ni le SIRET de qui a déjà un organisme."""
    exiger_une_identite(identite)
    adherent = verrouiller(adherent, avec=("organisme",))
    changees = champs_changes(adherent, identite)
    en_famille = adherent.rattache_a_id is not None or adherent.rattaches.exists()
    exiger(
        rules.peut_changer_d_identite(
            changees=changees, est_active=adherent.organisme is not None, est_en_famille=en_famille
        )
    )
    if not changees:
        return adherent
    for champ in changees:
        setattr(adherent, champ, getattr(identite, champ))
    try:
        with transaction.atomic():
            adherent.save(update_fields=changees)
    except IntegrityError as doublon:
        raise RegleEnfreinte("Un autre adhérent porte déjà ce SIRET.") from doublon
    noter("decrire", adherent, par=par, le=maintenant, donnees={"champs": changees})
    return adherent


def champs_changes(adherent: Adherent, identite: Identite) -> list[str]:
    """Les champs où la saisie diffère de la fiche."""
    return sorted(
        champ for champ, valeur in asdict(identite).items() if getattr(adherent, champ) != valeur
    )


@transaction.atomic
def rattacher(*, adherent: Adherent, a: Adherent, par: Acteur, maintenant: datetime) -> Adherent:
    """Joint l'effectif d'un CCAS ou d'une caisse des écoles à celui de sa commune (ruling 3b)."""
    verrou_nomme(VERROU_DE_L_ANNUAIRE)
    adherent, a = verrouiller(adherent, avec=("organisme",)), verrouiller(a)
    if adherent.rattache_a_id == a.pk:
        return adherent
    _exiger_le_rattachement(adherent, a)
    adherent.rattache_a = a
    adherent.save(update_fields=["rattache_a"])
    noter("rattacher", adherent, par=par, le=maintenant, donnees={"a": a.siren})
    return adherent


@transaction.atomic
def detacher(*, adherent: Adherent, par: Acteur, maintenant: datetime) -> Adherent:
    """Défait un rattachement : l'effectif de l'adhérent ne compte plus que pour lui."""
    adherent = verrouiller(adherent, avec=("organisme", "rattache_a"))
    if adherent.rattache_a is None:
        return adherent
    ancien, adherent.rattache_a = adherent.rattache_a, None
    adherent.save(update_fields=["rattache_a"])
    noter("detacher", adherent, par=par, le=maintenant, donnees={"de": ancien.siren})
    return adherent


def regler_le_rattachement(
    *, adherent: Adherent, siren: str, par: Acteur, maintenant: datetime
) -> Adherent:
    """Rattache à l'adhérent de ce SIREN ; un SIREN vide détache."""
    if not siren:
        return detacher(adherent=adherent, par=par, maintenant=maintenant)
    return rattacher(
        adherent=adherent, a=queries.autre_adherent(siren), par=par, maintenant=maintenant
    )


def _exiger_le_rattachement(adherent: Adherent, a: Adherent) -> None:
    exiger(
        rules.peut_se_rattacher(
            nature=adherent.nature,
            a=a.nature,
            a_est_rattache=a.rattache_a_id is not None,
            a_des_rattaches=adherent.pk is not None and adherent.rattaches.exists(),
        )
    )


@transaction.atomic
def faire_succeder(
    *, adherent: Adherent, successeur: Adherent, le: date, par: Acteur, maintenant: datetime
) -> Adherent:
    """Dit qui prend la suite d'un adhérent, et quand.

    Son histoire reste sous son SIREN (ruling 32).
    """
    verrou_nomme(VERROU_DE_L_ANNUAIRE)
    adherent, successeur = verrouiller(adherent, avec=("organisme",)), verrouiller(successeur)
    exiger(
        rules.peut_succeder(
            ancien=adherent.pk, nouveau=successeur.pk, successions=queries.successions()
        )
    )
    adherent.successeur, adherent.succede_le = successeur, le
    adherent.save(update_fields=["successeur", "succede_le"])
    noter(
        "faire_succeder",
        adherent,
        par=par,
        le=maintenant,
        donnees={"a": successeur.siren, "le": le.isoformat()},
    )
    return adherent
