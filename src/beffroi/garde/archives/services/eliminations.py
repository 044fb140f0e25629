"""Le bordereau d'élimination, son visa, la destruction :
trois actes, et rien d'autre n'efface une pièce.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.achat.consultations.services import noter_l_effacement
from beffroi.garde.archives import copies, queries
from beffroi.garde.archives import elimination as regles
from beffroi.garde.archives.dossier import dossier_de
from beffroi.garde.archives.models import Elimination, PieceAEliminer
from beffroi.garde.archives.rules import echeance
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.pieces.rules import octets_recevables
from beffroi.publicite.recherche.services import sortir as sortir_de_la_recherche
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import empreinte_gardee, nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from droit.calendrier.heures import PARIS
from formats.versement import Piece

Etat = Elimination.Etat
RIEN = (
    "Rien n'est à éliminer de cette consultation : chaque pièce se garde encore, "
    "ou est déjà à un bordereau."
)


@dataclass(frozen=True, kw_only=True)
class Visa:
    """Le visa, tel que la personne le dépose."""

    code: str
    signataire: str
    date: date
    nom: str
    octets: bytes


def etablir_un_bordereau(
    *, consultation: Consultation, par: Utilisateur, maintenant: datetime
) -> Elimination:
    """Les empreintes qui manquent se calculent avant toute transaction :
    un gros fichier se relit lentement.
    """
    pieces = queries.a_eliminer(consultation, le=maintenant)
    if not pieces:
        raise RegleEnfreinte(RIEN)
    empreintes = {piece.cle: piece.sha256 or empreinte_gardee(piece.cle) for piece in pieces}
    perdues = [piece for piece in pieces if not empreintes[piece.cle]]
    if perdues:
        raise RegleEnfreinte(
            f"« {perdues[0].titre} » ne se lit plus : rien n'a été établi. Appelez l'assistance."
        )
    return _arreter(consultation, pieces, empreintes, par=par, maintenant=maintenant)


@transaction.atomic
def _arreter(
    consultation: Consultation,
    pieces: Sequence[Piece],
    empreintes: dict[str, str],
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> Elimination:
    consultation = verrouiller(consultation)
    prises = queries.cles_a_un_bordereau(consultation)
    dossier = dossier_de(consultation)
    if dossier.gels or any(piece.cle in prises for piece in pieces):
        raise ConflitEtat("Cette consultation vient de changer : reprenez depuis sa page.")
    bordereau = Elimination.objects.create(
        organisme=consultation.organisme, etablie_par=par, etablie_le=maintenant, empreinte="0" * 64
    )
    for rang, piece in enumerate(pieces, start=1):
        retenue = echeance(piece.sorte, dossier, pli=piece.pli, contrat=piece.contrat).retenue
        if retenue is None or retenue.jusqu_au is None:
            raise ConflitEtat("Cette consultation vient de changer : reprenez depuis sa page.")
        PieceAEliminer.objects.create(
            elimination=bordereau,
            rang=rang,
            consultation=consultation,
            titre=piece.titre[:600],
            sorte=piece.sorte,
            nom=piece.nom[:255],
            taille=piece.taille if piece.taille is not None else stockage().taille(piece.cle),
            sha256=empreintes[piece.cle],
            cle_de_stockage=piece.cle,
            jusqu_au=retenue.jusqu_au,
            source=str(retenue.source)[:120],
        )
    bordereau.empreinte = regles.empreinte(queries.lignes_de(bordereau))
    bordereau.save(update_fields=["empreinte"])
    _inscrire(
        "elimination.etablir",
        bordereau,
        par,
        maintenant,
        pieces=len(pieces),
        empreinte=bordereau.empreinte,
    )
    return bordereau


@dataclass(frozen=True, kw_only=True)
class Rendu:
    """Une pièce que l'organisme a reçue et garde désormais :
    la copie d'ici peut s'effacer, sous visa.
    """

    consultation: Consultation | None
    piece: Piece
    sha256: str


@transaction.atomic
def etablir_apres_restitution(
    *,
    organisme: Organisme,
    rendus: Sequence[Rendu],
    restitution: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Elimination:
    """Le bordereau de ce qu'un organisme parti a emporté.

    Le visa décide, comme pour toute élimination (L. 212-2).
    """
    organisme = verrouiller(organisme)
    prises = queries.cles_aux_bordereaux(organisme)
    if not rendus or any(rendu.piece.cle in prises for rendu in rendus):
        raise ConflitEtat(
            "Rien n'est à effacer, ou un bordereau est déjà établi : "
            "la page des archives le montre."
        )
    bordereau = Elimination.objects.create(
        organisme=organisme,
        etablie_par=par,
        etablie_le=maintenant,
        empreinte="0" * 64,
        restitution=restitution,
    )
    for rang, rendu in enumerate(rendus, start=1):
        piece = rendu.piece
        PieceAEliminer.objects.create(
            elimination=bordereau,
            rang=rang,
            consultation=rendu.consultation,
            titre=piece.titre[:600],
            sorte=piece.sorte,
            nom=piece.nom[:255],
            taille=piece.taille if piece.taille is not None else stockage().taille(piece.cle),
            sha256=rendu.sha256,
            cle_de_stockage=piece.cle,
            jusqu_au=maintenant.astimezone(PARIS).date(),
            source=f"rendue par l'archive {restitution} (convention, annexe 8, art. 4)",
        )
    bordereau.empreinte = regles.empreinte(queries.lignes_de(bordereau))
    bordereau.save(update_fields=["empreinte"])
    donnees = {"pieces": len(rendus), "empreinte": bordereau.empreinte, "restitution": restitution}
    _inscrire("elimination.etablir", bordereau, par, maintenant, **donnees)
    return bordereau


@transaction.atomic
def viser(
    *, elimination: Elimination, visa: Visa, par: Utilisateur, maintenant: datetime
) -> Elimination:
    """Dépose le visa des archives ; celui d'une autre liste est refusé."""
    tenue = verrouiller(elimination)
    if tenue.etat != Etat.A_VISER:
        raise ConflitEtat("Ce bordereau n'attend plus de visa.")
    etablie, jour = tenue.etablie_le.astimezone(PARIS).date(), maintenant.astimezone(PARIS).date()
    exiger(
        regles.visa_recevable(
            attendue=tenue.empreinte,
            code_lu=visa.code,
            date_du_visa=visa.date,
            etablie_le=etablie,
            le=jour,
        )
    )
    exiger(octets_recevables(nom=visa.nom, octets=visa.octets))
    cle = nouvelle_cle("visas")
    stockage().ecrire(cle, io.BytesIO(visa.octets))
    tenue.etat, tenue.visee_par, tenue.visee_le = Etat.VISEE, par, maintenant
    tenue.signataire, tenue.date_du_visa, tenue.nom_du_visa = (
        visa.signataire,
        visa.date,
        nom_sur(visa.nom),
    )
    tenue.cle_du_visa, tenue.taille_du_visa = cle, len(visa.octets)
    tenue.sha256_du_visa = hashlib.sha256(visa.octets).hexdigest()
    tenue.save()
    _inscrire(
        "elimination.viser",
        tenue,
        par,
        maintenant,
        empreinte=tenue.empreinte,
        visa=tenue.sha256_du_visa,
    )
    return tenue


@transaction.atomic
def abandonner(*, elimination: Elimination, par: Utilisateur, maintenant: datetime) -> Elimination:
    """Le visa est refusé, ou n'est plus voulu :
    les pièces restent, et pourront aller à un autre bordereau.
    """
    tenue = verrouiller(elimination)
    if tenue.etat not in (Etat.A_VISER, Etat.VISEE):
        raise ConflitEtat("Ce bordereau est déjà clos.")
    tenue.etat = Etat.ABANDONNEE
    tenue.save(update_fields=["etat"])
    _inscrire("elimination.abandonner", tenue, par, maintenant)
    return tenue


@transaction.atomic
def detruire(*, elimination: Elimination, par: Utilisateur, maintenant: datetime) -> Elimination:
    """Le journal retient chaque empreinte, puis l'ouvrier efface :
    l'acte acquis, rien ne le défait.
    """
    tenue = verrouiller(elimination)
    if tenue.etat != Etat.VISEE:
        raise ConflitEtat("Ce bordereau n'est pas visé, ou ses pièces sont déjà détruites.")
    lignes = list(tenue.lignes.select_related("consultation"))
    concernees = {ligne.consultation for ligne in lignes if ligne.consultation}
    gels = {motif for c in concernees for motif in dossier_de(verrouiller(c)).gels}
    exiger(
        regles.peut_detruire(
            intacte=regles.empreinte(queries.lignes_de(tenue)) == tenue.empreinte,
            gels=sorted(gels),
            copies=copies.restantes(
                tenue.organisme, concernees, {ligne.cle_de_stockage for ligne in lignes}
            ),
            a_deux=tenue.organisme.publication_a_deux,
            meme_personne=tenue.visee_par_id == par.pk,
        )
    )
    tenue.etat, tenue.detruite_par, tenue.detruite_le = Etat.DETRUITE, par, maintenant
    tenue.save(update_fields=["etat", "detruite_par", "detruite_le"])
    if tenue.restitution:
        noter_l_effacement(concernees, maintenant=maintenant)
        sortir_de_la_recherche(une.reference for une in concernees)
    fichiers = [
        {"cle": li.cle_de_stockage, "sha256": li.sha256, "taille": li.taille} for li in lignes
    ]
    visa = {
        "empreinte": tenue.empreinte,
        "visa": tenue.sha256_du_visa,
        "signataire": tenue.signataire,
    }
    _inscrire("elimination.detruire", tenue, par, maintenant, **visa, fichiers=fichiers)
    effacer_les_octets.enqueue(tenue.reference)
    return tenue


@task()
def effacer_les_octets(reference: str) -> None:
    """La tâche de l'ouvrier ; effacer deux fois ne change rien."""
    for ligne in PieceAEliminer.objects.filter(
        elimination__reference=reference, elimination__etat=Etat.DETRUITE
    ):
        stockage().supprimer(ligne.cle_de_stockage)


def _inscrire(
    acte: str, de: Elimination, par: Utilisateur, le: datetime, **donnees: object
) -> None:
    journaliser(
        acte,
        sujet=de.reference,
        par=par.acteur,
        le=le,
        donnees=donnees,
        organisme=de.organisme.siret,
    )
