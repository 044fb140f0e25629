"""Tenir la réunion :
qui est là, qui se retire, ce qui est voté, ce qu'on observe, puis clore sur le procès-verbal.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.choix.commissions import mots, proces_verbal, queries, rules
from beffroi.choix.commissions.models import Deliberation, Deport, Point, Reunion, Siege
from beffroi.choix.commissions.mots import Objet, Presence
from beffroi.choix.commissions.ports import analyse_du_lot
from beffroi.choix.commissions.queries import anonymat
from beffroi.choix.commissions.rules import Vote
from beffroi.choix.commissions.services.commissions import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.pieces.rules import octets_recevables
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.rules import quorum
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from formats.document import odt, pdf
from formats.noms_de_fichiers import nom_propose


@dataclass(frozen=True)
class PresenceNotee:
    """Présent, à distance ou absent ; `remplacant` :
    le siège de qui prend sa place, et lui aussi est là d'une façon.
    """

    presence: str
    remplacant: int | None = None
    presence_du_remplacant: str = Presence.PRESENT


@dataclass(frozen=True)
class ProjetDeVote:
    """Ce qui est mis aux voix, et le décompte.

    `pli` vide : ne retenir personne, ou un simple avis.
    """

    vote: Vote
    proposition: str
    pli: Pli | None = None
    variante: int = 0


@transaction.atomic
def noter_les_presences(
    *,
    reunion: Reunion,
    presences: Mapping[int, PresenceNotee],
    vue: int,
    par: Utilisateur,
    maintenant: datetime,
) -> Reunion:
    """Récrit toutes les présences d'un coup : un remplaçant n'a voix qu'à la place d'un absent."""
    reunion = en_cours(reunion, vue=vue)
    if reunion.points.filter(deliberations__isnull=False).exists():
        raise ConflitEtat(
            "Un vote est inscrit : les présences ne changent plus. "
            "Notez une observation si quelqu'un part."
        )
    sieges = {siege.pk: siege for siege in reunion.sieges.select_related("membre")}
    for siege in sieges.values():
        siege.presence, siege.remplace = "", None
    for cle, notee in presences.items():
        _asseoir(sieges, sieges[cle], notee)
    exiger(
        rules.presences_recevables(queries.places(sieges.values()), a_distance=reunion.a_distance)
    )
    reunion.sieges.update(presence="", remplace=None)
    for siege in sieges.values():
        siege.save(update_fields=["presence", "remplace"])
    donnees = {"presences": {siege.membre.reference: siege.presence for siege in sieges.values()}}
    _changer(reunion, "noter_les_presences", par=par, le=maintenant, donnees=donnees)
    return reunion


def _asseoir(sieges: dict[int, Siege], siege: Siege, notee: PresenceNotee) -> None:
    siege.presence = Presence.ABSENT if notee.remplacant else notee.presence
    if notee.remplacant is None:
        return
    remplacant = sieges.get(notee.remplacant)
    if (
        remplacant is None
        or rules.REMPLACANTS.get(mots.Fonction(siege.fonction)) != remplacant.fonction
    ):
        raise RegleEnfreinte("Cette personne ne peut pas siéger à cette place.")
    if remplacant.remplace is not None:
        raise RegleEnfreinte(f"{remplacant.nom} remplace déjà une autre personne.")
    remplacant.remplace, remplacant.presence = siege, notee.presence_du_remplacant


@transaction.atomic
def noter_un_deport(
    *, siege: Siege, point: Point, motif: str, par: Utilisateur, maintenant: datetime
) -> Deport:
    """Cette personne a un intérêt dans cette affaire : elle ne la lit plus et n'en vote pas."""
    reunion = en_cours(siege.reunion)
    if point.reunion_id != reunion.pk or siege.reunion_id != reunion.pk:
        raise RegleEnfreinte("Cette affaire n'est pas à l'ordre du jour de cette réunion.")
    if point.deliberations.exists():
        raise ConflitEtat("Cette affaire est déjà votée : on ne s'en retire plus.")
    if Deport.objects.filter(siege=siege, point=point).exists():
        raise ConflitEtat(f"{siege.nom} s'est déjà retiré de cette affaire.")
    deport = Deport.objects.create(
        siege=siege, point=point, motif=motif.strip(), note_le=maintenant, note_par=par
    )
    donnees = {"membre": siege.membre.reference, "point": point.rang}
    _changer(reunion, "noter_un_deport", par=par, le=maintenant, donnees=donnees)
    return deport


@transaction.atomic
def voter(
    *, point: Point, projet: ProjetDeVote, vue: int, par: Utilisateur, maintenant: datetime
) -> Deliberation:
    """Inscrit un vote. On se corrige en votant de nouveau : le dernier vaut, les autres restent."""
    reunion = en_cours(point.reunion, vue=vue)
    places = queries.places(queries.sieges_de(reunion), point=point)
    _exiger_la_seance(reunion, point, projet, maintenant=maintenant)
    seconde, preponderante = reunion.suite_de_id is not None, reunion.commission.voix_preponderante
    exiger(rules.vote_recevable(projet.vote, places, seconde=seconde, preponderante=preponderante))
    if reunion.commission.sorte == mots.Sorte.JURY:
        _exiger_un_jury_juste(point)
    deliberation = Deliberation.objects.create(
        point=point,
        rang=point.deliberations.count() + 1,
        pli=projet.pli,
        variante=projet.variante,
        proposition=projet.proposition.strip(),
        pour=projet.vote.pour,
        contre=projet.vote.contre,
        abstentions=projet.vote.abstentions,
        president_pour=projet.vote.president_pour,
        adoptee=rules.est_adoptee(projet.vote, preponderante=preponderante),
        quorum=str(quorum(rules.table(places, seconde=seconde)).motifs[0]),
        inscrite_le=maintenant,
        inscrite_par=par,
    )
    donnees = {
        "point": point.rang,
        "consultation": point.consultation.reference,
        "lot": point.lot,
        "reponse": _reponse_dite(point, projet.pli),
        "voix": [projet.vote.pour, projet.vote.contre, projet.vote.abstentions],
        "adoptee": deliberation.adoptee,
    }
    _changer(reunion, "voter", par=par, le=maintenant, donnees=donnees)
    return deliberation


def _exiger_un_jury_juste(point: Point) -> None:
    """Chaque projet a sa lettre ;
    personne, parmi ceux qui votent, n'agit pour un participant (CCP, art. R. 2162-22).
    """
    if anonymat.est_anonyme(point) and anonymat.sans_lettre(point):
        raise RegleEnfreinte(
            "Des projets ouverts n'ont pas leur lettre : "
            "tirez-les à la page « Projets » de cette affaire."
        )
    sieges = queries.sieges_de(point.reunion)
    votent = {
        siege.membre.utilisateur_id: siege.nom
        for siege, place in zip(sieges, queries.places(sieges, point=point), strict=True)
        if place.tient_une_voix and siege.membre.utilisateur_id
    }
    exiger(rules.independance(anonymat.liens(point, votent)))


def _reponse_dite(point: Point, pli: Pli | None) -> str:
    """Ce que le journal en garde :
    la lettre d'un projet, tant que le jury ne sait pas de qui il est.
    """
    if pli is None:
        return ""
    return (
        anonymat.codes(point.consultation, point.lot)[pli.pk]
        if anonymat.est_anonyme(point)
        else pli.reference
    )


def _exiger_la_seance(
    reunion: Reunion, point: Point, projet: ProjetDeVote, *, maintenant: datetime
) -> None:
    if maintenant < reunion.prevue_le:
        raise RegleEnfreinte("La réunion n'a pas commencé : on vote à partir de l'heure convoquée.")
    if not projet.proposition.strip():
        raise RegleEnfreinte("Écrivez ce qui est mis aux voix.")
    if projet.pli is None:
        return
    if point.objet == Objet.MODIFICATION:
        raise RegleEnfreinte("Une modification ne choisit pas d'offre.")
    offres = analyse_du_lot().offres(point.consultation, point.lot)
    choisie = next(
        (o for o in offres if o.pli.pk == projet.pli.pk and o.variante == projet.variante), None
    )
    if choisie is None:
        raise RegleEnfreinte(
            "Cette offre n'est pas de celles que la séance d'ouverture a ouvertes pour ce lot."
        )
    if choisie.elimination:
        raise RegleEnfreinte(
            f"Cette offre est éliminée ({choisie.elimination}) : elle ne peut pas être choisie."
        )


@transaction.atomic
def observer(
    *, reunion: Reunion, nom: str, texte: str, par: Utilisateur, maintenant: datetime
) -> Reunion:
    """Une observation au procès-verbal :
    celle d'un membre, du comptable, du représentant de la concurrence.
    """
    reunion = en_cours(reunion)
    if not (nom.strip() and texte.strip()):
        raise RegleEnfreinte("Dites qui observe, et quoi.")
    reunion.observations = [
        *reunion.observations,
        {"nom": nom.strip()[:120], "texte": texte.strip(), "le": maintenant.isoformat()},
    ]
    reunion.save(update_fields=["observations"])
    _changer(
        reunion,
        "observer",
        par=par,
        le=maintenant,
        donnees={"observations": len(reunion.observations)},
    )
    return reunion


@transaction.atomic
def clore(*, reunion: Reunion, vue: int, par: Utilisateur, maintenant: datetime) -> Reunion:
    """Clôt sur ce que la personne a sous les yeux, et garde le procès-verbal :
    rien n'y change plus ensuite.
    """
    reunion = en_cours(reunion, vue=vue)
    if maintenant < reunion.prevue_le:
        raise RegleEnfreinte("La réunion n'a pas commencé.")
    sieges = queries.sieges_de(reunion)
    if any(not siege.presence for siege in sieges if mots.Fonction(siege.fonction).siege):
        raise RegleEnfreinte("Notez d'abord qui est présent.")
    reunion.close_le, reunion.close_par = maintenant, par
    document = proces_verbal.composer(reunion, etabli_le=maintenant)
    (reunion.odt, reunion.sha256_odt), (reunion.pdf, reunion.sha256_pdf) = (
        _garder(odt(document)),
        _garder(pdf(document)),
    )
    reunion.version += 1
    champs = ["close_le", "close_par", "odt", "sha256_odt", "pdf", "sha256_pdf", "version"]
    reunion.save(update_fields=champs)
    donnees = {"sha256_odt": reunion.sha256_odt, "sha256_pdf": reunion.sha256_pdf}
    noter(
        "clore",
        reunion.commission,
        par=par,
        le=maintenant,
        sujet=reunion.reference,
        donnees=donnees,
    )
    return reunion


@transaction.atomic
def deposer_l_exemplaire_signe(
    *, reunion: Reunion, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> Reunion:
    """Garde l'exemplaire signé, une fois :
    signé sur papier et numérisé, ou signé électroniquement.
    """
    reunion = verrouiller(reunion, avec=("commission__organisme",))
    if reunion.close_le is None:
        raise ConflitEtat("La réunion n'est pas close : son procès-verbal n'existe pas encore.")
    if reunion.signe:
        raise ConflitEtat("Un exemplaire signé est déjà gardé.")
    exiger(octets_recevables(nom=nom, octets=octets))
    reunion.signe, reunion.sha256_signe = _garder(octets)
    reunion.nom_du_signe, reunion.signe_recu_le = nom_propose(nom), maintenant
    reunion.save(update_fields=["signe", "sha256_signe", "nom_du_signe", "signe_recu_le"])
    donnees = {"sha256": reunion.sha256_signe}
    noter(
        "deposer_l_exemplaire_signe",
        reunion.commission,
        par=par,
        le=maintenant,
        sujet=reunion.reference,
        donnees=donnees,
    )
    return reunion


def en_cours(reunion: Reunion, *, vue: int | None = None) -> Reunion:
    """La réunion, verrouillée, convoquée, pas close, et telle que la personne l'a vue."""
    reunion = verrouiller(reunion, avec=("commission__organisme",))
    if reunion.close_le:
        raise ConflitEtat("Cette réunion est close : son procès-verbal ne change plus.")
    if reunion.convoquee_le is None:
        raise ConflitEtat("Cette réunion n'est pas encore convoquée.")
    if reunion.annulee:
        raise ConflitEtat("Cette réunion est annulée : elle ne se tient pas.")
    if vue is not None and vue != reunion.version:
        raise ConflitEtat(
            "Une autre personne vient de changer cette réunion. "
            "Rien de ce que vous avez fait n'est inscrit : rechargez la "
            "page, relisez, recommencez."
        )
    return reunion


def _changer(
    reunion: Reunion, acte: str, *, par: Utilisateur, le: datetime, donnees: dict[str, Any]
) -> None:
    reunion.version += 1
    reunion.save(update_fields=["version"])
    noter(acte, reunion.commission, par=par, le=le, sujet=reunion.reference, donnees=donnees)


def _garder(octets: bytes) -> tuple[str, str]:
    cle = nouvelle_cle("proces-verbaux-de-commission")
    stockage().ecrire(cle, io.BytesIO(octets))
    return cle, hashlib.sha256(octets).hexdigest()
