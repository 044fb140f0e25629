"""Garder une pièce, la remplacer, la corriger, la supprimer.

Rien ici n'est au journal :
ces pièces ne prouvent rien de la procédure, et supprimer doit tout effacer (ADR 0026).
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.queries import personnes_de
from beffroi.personnes.pieces import courriels, queries, rules
from beffroi.personnes.pieces.models import PieceDEntreprise, VersionDePiece
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from droit.en_vigueur import Droit
from droit.pieces_de_candidature import Sorte
from formats.dates import PARIS
from formats.noms_de_fichiers import nom_propose


@dataclass(frozen=True)
class Validite:
    """Les deux dates qu'une pièce peut porter."""

    datee_du: date | None = None
    valable_jusqu_au: date | None = None


@dataclass(frozen=True)
class Fichier:
    """Un fichier tel que la personne le choisit, avec ce qu'elle dit de sa durée."""

    nom: str
    octets: bytes
    validite: Validite = Validite()


@transaction.atomic
def ajouter_une_piece(
    *,
    equipe: Equipe,
    sorte: Sorte,
    intitule: str,
    fichier: Fichier,
    par: Utilisateur,
    maintenant: datetime,
) -> PieceDEntreprise:
    """Garde une pièce de plus pour l'établissement."""
    equipe = verrouiller(equipe)
    piece = PieceDEntreprise(
        equipe=equipe,
        sorte=sorte,
        intitule=intitule.strip() or sorte.label,
        creee_le=maintenant,
    )
    version = _version(piece, fichier, par=par, maintenant=maintenant)
    piece.save()
    version.piece = piece
    version.save()
    return piece


@transaction.atomic
def remplacer_le_fichier(
    *, piece: PieceDEntreprise, fichier: Fichier, par: Utilisateur, maintenant: datetime
) -> VersionDePiece:
    """Une version neuve prend la suite ; l'ancienne se garde, à part."""
    piece = _a_changer(piece)
    version = _version(piece, fichier, par=par, maintenant=maintenant)
    piece.versions.filter(remplacee_le=None).update(remplacee_le=maintenant)
    version.save()
    return version


def _a_changer(piece: PieceDEntreprise) -> PieceDEntreprise:
    """La pièce telle qu'elle est, l'établissement verrouillé ;
    introuvable si un collègue vient de la supprimer.
    """
    verrouiller(piece.equipe)
    actuelle = PieceDEntreprise.objects.filter(pk=piece.pk).select_related("equipe").first()
    if actuelle is None:
        raise Introuvable()
    return actuelle


def _version(
    piece: PieceDEntreprise, fichier: Fichier, *, par: Utilisateur, maintenant: datetime
) -> VersionDePiece:
    """Le fichier reçu, chiffré, rangé, et pas encore en base."""
    equipe, nom, taille = piece.equipe, nom_propose(fichier.nom), len(fichier.octets)
    exiger(rules.octets_recevables(nom=nom, octets=fichier.octets))
    sha256 = hashlib.sha256(fichier.octets).hexdigest()
    meme = queries.deja_gardee(equipe, sha256=sha256)
    if meme is not None:
        raise RegleEnfreinte(f"Ce fichier est déjà gardé : « {meme.piece} ».")
    gardes, fichiers = queries.octets_gardes(equipe), queries.fichiers_gardes(equipe)
    exiger(rules.place_suffisante(octets=taille, gardes=gardes, fichiers=fichiers))
    validite = validite_retenue(piece.sorte, fichier.validite, maintenant=maintenant)
    cle = nouvelle_cle("piece")
    chiffrement.ranger(cle, fichier.octets)
    return VersionDePiece(
        piece=piece,
        nom=nom,
        taille=taille,
        sha256=sha256,
        cle_de_stockage=cle,
        datee_du=validite.datee_du,
        valable_jusqu_au=validite.valable_jusqu_au,
        ajoutee_par=par,
        ajoutee_le=maintenant,
    )


def validite_retenue(sorte: str, dite: Validite, *, maintenant: datetime) -> Validite:
    """La fin qu'on a saisie ; sinon celle que la loi fait compter depuis la date du document."""
    aujourd_hui = maintenant.astimezone(PARIS).date()
    age = queries.age_admis(sorte, droit=Droit.au(aujourd_hui))
    fin = dite.valable_jusqu_au
    if fin is None and dite.datee_du is not None and age is not None:
        fin = rules.fin_selon_l_age(dite.datee_du, mois=age.entier)
    suite = rules.dates_qui_se_suivent(
        datee_du=dite.datee_du, valable_jusqu_au=fin, aujourd_hui=aujourd_hui
    )
    if not suite.favorable:
        raise RegleEnfreinte(suite.motifs[0].texte, motifs=suite.motifs, champ="datee_du")
    return Validite(dite.datee_du, fin)


@transaction.atomic
def corriger_la_piece(
    *, piece: PieceDEntreprise, intitule: str, validite: Validite, maintenant: datetime
) -> PieceDEntreprise:
    """Change le nom et les dates, sans toucher au fichier.

    Une autre fin rend ses rappels à la pièce.
    """
    piece = _a_changer(piece)
    version = piece.versions.get(remplacee_le=None)
    retenue = validite_retenue(piece.sorte, validite, maintenant=maintenant)
    piece.intitule = intitule.strip() or piece.nom_de_sa_sorte
    piece.save(update_fields=["intitule"])
    if version.valable_jusqu_au != retenue.valable_jusqu_au:
        version.rappel = None
    version.datee_du, version.valable_jusqu_au = retenue.datee_du, retenue.valable_jusqu_au
    version.save(update_fields=["datee_du", "valable_jusqu_au", "rappel"])
    return piece


@transaction.atomic
def supprimer_la_piece(*, piece: PieceDEntreprise) -> None:
    """Efface la pièce, ses versions et leurs octets.

    Les réponses où elle a été reprise ont la leur, scellée.
    """
    piece = _a_changer(piece)
    _effacer(piece.versions.all())
    piece.delete()


@transaction.atomic
def supprimer_une_version(*, version: VersionDePiece) -> None:
    """Efface une ancienne version ; celle en cours ne part qu'avec la pièce."""
    versions = _a_changer(version.piece).versions.filter(pk=version.pk)
    if versions.filter(remplacee_le=None).exists():
        raise ConflitEtat("Cette version est celle en cours. Remplacez-la, ou supprimez la pièce.")
    _effacer(versions)


@transaction.atomic
def ecrire_les_rappels(*, equipe: Equipe, maintenant: datetime) -> None:
    """Écrit à qui a ajouté chaque pièce,
    ou à toute l'équipe si cette personne est partie. Jamais deux fois.
    """
    equipe = verrouiller(equipe)
    par_personne: dict[Utilisateur, list[VersionDePiece]] = defaultdict(list)
    for version in queries.versions_a_rappeler(equipe, le=maintenant.astimezone(PARIS).date()):
        version.save(update_fields=["rappel"])
        for personne in queries.destinataires(version):
            par_personne[personne].append(version)
    for personne, versions in par_personne.items():
        courriels.rappeler(personne, equipe, versions, maintenant=maintenant)


@transaction.atomic
def effacer_si_delaisse(*, equipe: Equipe) -> None:
    """Sans personne dans l'équipe, nul n'a plus de titre à ces pièces : elles s'effacent."""
    equipe = verrouiller(equipe)
    if personnes_de(equipe).exists():
        return
    pieces = PieceDEntreprise.objects.filter(equipe=equipe)
    _effacer(VersionDePiece.objects.filter(piece__in=pieces))
    pieces.delete()


def _effacer(versions: QuerySet[VersionDePiece]) -> None:
    cles = list(versions.values_list("cle_de_stockage", flat=True))
    versions.delete()
    transaction.on_commit(lambda: _vider(cles))


def _vider(cles: list[str]) -> None:
    for cle in cles:
        stockage().supprimer(cle)
