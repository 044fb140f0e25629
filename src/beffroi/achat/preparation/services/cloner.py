"""Refaire une consultation à partir d'une autre :
ses réponses et son dossier, jamais ses dates ni ses clés.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations import queries as lectures
from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.models import Consultation, PieceAttendue, PieceDce
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.services.documents import garder_les_octets
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.models import ChoixMotive, Preparation
from beffroi.achat.preparation.rules import choix as regles_du_choix
from beffroi.achat.preparation.rules import reprise
from beffroi.achat.preparation.rules.reponses import ecrire
from beffroi.achat.preparation.services.questions import suivre_la_procedure
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.stockage import empreinte_gardee, stockage
from beffroi.socle.journal.services import journaliser
from droit.regime import Alternative


@dataclass(frozen=True)
class Reprise:
    """Le brouillon neuf,
    et les noms des documents dont les octets ne se relisent plus tels qu'ils étaient.
    """

    consultation: Consultation
    documents_illisibles: tuple[str, ...]


@dataclass(frozen=True)
class _Copie:
    """Un document, et les octets qui viennent d'en être gardés sous une clé neuve."""

    piece: PieceDce
    cle: str
    taille: int
    sha256: str


def refaire(*, source: Consultation, par: Utilisateur, maintenant: datetime) -> Reprise:
    """Un brouillon qui reprend les réponses et le dossier de celle-ci.
    La procédure se recalcule à la date d'aujourd'hui.

    Les octets se copient avant la transaction : un gros dossier ne fait attendre aucun dépôt.
    """
    reponses = queries.reponses_de(queries.preparation_de(source))
    exiger(reprise.peut_etre_refaite(reponses, defense_permise=settings.DEFENSE_OU_SECURITE))
    copies, illisibles = _copier_les_octets(source)
    try:
        consultation = _reprendre(source, copies, illisibles, par=par, maintenant=maintenant)
    except BaseException:
        for copie in copies:
            stockage().supprimer(copie.cle)
        raise
    return Reprise(consultation, tuple(illisibles))


def _copier_les_octets(source: Consultation) -> tuple[list[_Copie], list[str]]:
    """Une copie de chaque document en vigueur, sous sa propre clé :
    chaque dossier efface les siens.

    Le règlement n'est pas repris :
    il dit l'heure limite et la référence de l'ancienne consultation.
    """
    copies, illisibles = [], []
    for piece in lectures.pieces_en_vigueur(source).exclude(sorte=PieceDce.Sorte.RC):
        if empreinte_gardee(piece.cle_de_stockage) != piece.sha256:
            illisibles.append(piece.nom)
            continue
        with stockage().lire(piece.cle_de_stockage) as flux:
            copies.append(_Copie(piece, *garder_les_octets(piece.nom, flux)))
    return copies, illisibles


@transaction.atomic
def _reprendre(
    source: Consultation,
    copies: Sequence[_Copie],
    illisibles: list[str],
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> Consultation:
    modele = queries.preparation_de(source)
    reponses = reprise.reponses_reprises(queries.reponses_de(modele))
    consultation = consultations.creer_consultation(
        organisme=source.organisme,
        redigee_par=par,
        fiche=_fiche(source),
        pieces_usuelles=False,
        maintenant=maintenant,
    )
    _reprendre_les_pieces(source, consultation)
    _joindre(copies, consultation, maintenant=maintenant)
    preparation = Preparation.objects.create(
        consultation=consultation,
        reponses=ecrire(reponses),
        reprise_de=source.reference,
        a_confirmer=reprise.a_confirmer(reponses),
    )
    ecartes = _reprendre_les_choix(modele, preparation, par=par, maintenant=maintenant)
    suivre_la_procedure(preparation, jour=queries.jour_de_reference(preparation, maintenant))
    journaliser(
        "preparation.refaire",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={
            "reprise_de": source.reference,
            "choix_ecartes": ecartes,
            "documents": {copie.piece.nom: copie.sha256 for copie in copies},
            "documents_illisibles": illisibles,
        },
    )
    return consultation


def _fiche(source: Consultation) -> Fiche:
    """Ce que la consultation dit d'elle-même, sans aucune de ses dates."""
    return Fiche(
        titre=source.titre,
        objet=source.objet,
        nature=source.nature,
        code_cpv=source.code_cpv,
        lieu=source.lieu,
        adresse_de_remise=source.adresse_de_remise,
    )


def _reprendre_les_pieces(source: Consultation, consultation: Consultation) -> None:
    """Les lots, et les pièces attendues, chacune au lot du même numéro."""
    lots = consultations.poser_les_lots(
        consultation, [(lot.intitule, lot.code_cpv) for lot in source.lots.all()]
    )
    par_numero = {lot.numero: lot for lot in lots}
    PieceAttendue.objects.bulk_create(
        PieceAttendue(
            consultation=consultation,
            lot=par_numero[piece.lot.numero] if piece.lot else None,
            **{
                champ: getattr(piece, champ)
                for champ in ("enveloppe", "intitule", "formats", "rang")
            },
        )
        for piece in source.pieces_attendues.select_related("lot")
    )


def _joindre(copies: Sequence[_Copie], consultation: Consultation, *, maintenant: datetime) -> None:
    PieceDce.objects.bulk_create(
        PieceDce(
            consultation=consultation,
            cle_de_stockage=copie.cle,
            taille=copie.taille,
            sha256=copie.sha256,
            ajoutee_le=maintenant,
            rang=rang,
            **{champ: getattr(copie.piece, champ) for champ in ("sorte", "intitule", "nom")},
        )
        for rang, copie in enumerate(copies)
    )


def _reprendre_les_choix(
    modele: Preparation, preparation: Preparation, *, par: Utilisateur, maintenant: datetime
) -> list[str]:
    """Chaque choix motivé, s'il est encore permis aujourd'hui ;
    rend les clés de ceux qui ne le sont plus.
    """
    ecartes = []
    jour = queries.jour_de_reference(preparation, maintenant)
    choisis = queries.choix_de(modele)
    for cle in sorted(
        choisis, key=lambda cle: cle != "procedure"
    ):  # les autres voies dépendent de la procédure
        ancien = choisis[cle]
        voies = queries.voies(preparation, cle, jour=jour)
        rang = _rang(voies, ancien)
        if not regles_du_choix.peut_etre_choisie(
            cle=cle, voies=voies, rang=rang, motif=ancien.motif
        ).favorable:
            ecartes.append(cle)
            continue
        ChoixMotive.objects.create(
            preparation=preparation,
            cle=cle,
            valeurs=list(voies[rang].valeurs),
            libelle=voies[rang].libelle,
            motif=ancien.motif,
            par=par,
            le=maintenant,
        )
    return ecartes


def _rang(voies: Sequence[Alternative], ancien: ChoixMotive) -> int:
    """La place de cette voie parmi celles d'aujourd'hui ; -1 si le droit ne la permet plus."""
    return next(
        (rang for rang, voie in enumerate(voies) if list(voie.valeurs) == ancien.valeurs), -1
    )
