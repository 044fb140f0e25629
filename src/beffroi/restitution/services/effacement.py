"""Faire effacer ce qui a été rendu : un bordereau, que le visa des archives approuve ; rien n'est détruit ici."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from beffroi.archives import ports
from beffroi.archives.copies import des_dossiers, des_paquets, detruites
from beffroi.archives.dossier import dossier_de
from beffroi.archives.models import Elimination
from beffroi.archives.services import Rendu, etablir_apres_restitution
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import NON_PUBLIEES, Consultation
from beffroi.organismes.models import Organisme
from beffroi.organismes.queries import est_parti
from beffroi.restitution import composition, rules
from beffroi.restitution import ports as hors
from beffroi.restitution.models import Restitution
from beffroi.restitution.queries import inventaire_de
from beffroi.socle.erreurs import exiger
from formats.versement import Piece


def faire_effacer(*, restitution: Restitution, par: Utilisateur, maintenant: datetime) -> Elimination:
    """Le bordereau de chaque pièce rendue, brouillons et hors consultation compris, à l'empreinte que l'archive en porte."""
    organisme = restitution.organisme
    toutes = composition.consultations_de(organisme)
    finies = [une for une in toutes if composition.est_finie(une, le=maintenant)]
    brouillons = [une for une in toutes if une.etat in NON_PUBLIEES]
    gardees, inventaire = list(_gardees(organisme, [*finies, *brouillons], le=maintenant)), inventaire_de(restitution)
    exiger(
        rules.peut_faire_effacer(
            etat=restitution.etat,
            est_parti=est_parti(organisme),
            en_cours=sum(une.etat not in NON_PUBLIEES for une in toutes) - len(finies),
            gels=sorted({motif for une in finies for motif in dossier_de(une).gels}),
            nouvelles=sum(piece.cle not in inventaire for _, piece in gardees),
        )
    )
    rendus = _rendus(((une, piece, inventaire[piece.cle]) for une, piece in gardees), _copies(organisme, finies))
    return etablir_apres_restitution(
        organisme=organisme, rendus=rendus, restitution=restitution.reference, par=par, maintenant=maintenant
    )


def _gardees(
    organisme: Organisme, consultations: Iterable[Consultation], *, le: datetime
) -> Iterator[tuple[Consultation | None, Piece]]:
    """Ce qui est gardé ici de lui, par consultation, puis hors de toute consultation, sauf ce qui est aussi au centre."""
    for consultation in consultations:
        for piece in composition.gardees_de(consultation, le=le):
            if piece.cle:
                yield consultation, piece
    for piece in hors.a_effacer_hors_consultation(organisme, le=le):
        yield None, piece


def _copies(
    organisme: Organisme, consultations: Sequence[Consultation]
) -> Iterator[tuple[Consultation | None, Piece, str]]:
    """Les archives et les paquets qui portent les mêmes octets : les laisser serait ne rien effacer."""
    for rendue in ports.archives_rendues(organisme):
        yield None, rendue.piece, rendue.piece.sha256
    for consultation, piece in (*des_paquets(consultations), *des_dossiers(consultations)):
        yield consultation, piece, piece.sha256


def _rendus(*sources: Iterable[tuple[Consultation | None, Piece, str]]) -> list[Rendu]:
    """Chaque clé une fois, sauf celles qu'un visa d'avant a déjà fait détruire."""
    lus = dict[str, Rendu]()
    for une, piece, sha256 in chain(*sources):
        lus.setdefault(piece.cle, Rendu(consultation=une, piece=piece, sha256=sha256))
    finies = detruites(lus)
    return [rendu for cle, rendu in lus.items() if cle not in finies]
