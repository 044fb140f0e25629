"""Recevoir un fichier scellé, partie par partie. Rien ne compte avant d'être durable."""

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Q

from beffroi.consultations.models import PieceAttendue
from beffroi.depots import limits, queries, rules
from beffroi.depots.errors import NonScelle, PartieManquante
from beffroi.depots.models import BrouillonDeReponse, FichierScelle, PartieAnnoncee, PartieRecue
from beffroi.depots.services.brouillons import verifier_les_limites, verifier_les_places
from beffroi.depots.taches import vider_le_stockage
from beffroi.socle.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, exiger
from beffroi.socle.pannes import point_de_panne
from beffroi.socle.stockage import Cible, CleInconnue, Envoi, Partie, nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller
from sceau import SealError, check_sealed
from sceau.profile import part_sizes, root

Horloge = Callable[[], datetime]
REPRENDRE = "Supprimez-le, scellez-le de nouveau, puis recommencez l'envoi."


def ouvrir_fichier(
    *,
    brouillon: BrouillonDeReponse,
    enveloppe: str,
    lot: int | None,
    nom: str,
    taille: int,
    maintenant: datetime,
    piece: str = "",
) -> FichierScelle:
    """Annonce un fichier ; les limites répondent avant le premier octet. `piece` : celle que l'acheteur attend."""
    exiger(rules.peut_recevoir_des_plis(etat=brouillon.consultation.etat))
    verifier_les_places(brouillon, [(enveloppe, lot)])
    nom, claire = rules.nom_conserve(nom), limits.taille_claire(taille)
    if not nom:
        raise RegleEnfreinte("Ce fichier n'a pas de nom : donnez-lui-en un.")
    if claire is None:
        raise NonScelle(f"Un fichier scellé ne peut pas faire {taille} octets. {REPRENDRE}")
    verifier_les_limites(brouillon, nom=nom, claire=claire)
    attendue = piece_attendue(brouillon, piece, enveloppe=enveloppe, lot=lot)
    envoi = stockage().commencer(nouvelle_cle("scelles"))
    with transaction.atomic():
        brouillon = verrouiller(brouillon)
        verifier_les_limites(brouillon, nom=nom, claire=claire)
        return FichierScelle.objects.create(
            brouillon=brouillon,
            enveloppe=enveloppe,
            lot=lot,
            piece=attendue,
            nom=nom,
            taille=taille,
            taille_claire=claire,
            cle_de_stockage=envoi.cle,
            televersement=envoi.identifiant,
            commence_le=maintenant,
        )


def piece_attendue(
    brouillon: BrouillonDeReponse, reference: str, *, enveloppe: str, lot: int | None
) -> PieceAttendue | None:
    """La pièce attendue à laquelle ce fichier répond, si elle est bien de cette enveloppe."""
    if not reference:
        return None
    attendues = brouillon.consultation.pieces_attendues.filter(reference=reference, enveloppe=enveloppe)
    trouvee = attendues.filter(Q(lot=None) | Q(lot__numero=lot)).first()
    if trouvee is None:
        raise RegleEnfreinte("Cette pièce n'est pas attendue dans cette enveloppe. Rechargez la page.")
    return trouvee


def preparer_partie(*, fichier: FichierScelle, partie: Partie, maintenant: datetime) -> Cible | None:
    """Dit où envoyer une partie ; rien veut dire : chez nous. L'heure de la première est gardée."""
    verifier_la_partie(fichier, partie)
    refuser_si_autre(fichier, partie)
    cible = stockage().cible_de_partie(envoi_de(fichier), partie)
    if cible is not None:
        retenir_l_annonce(fichier, partie)
        noter_le_premier_octet(fichier.brouillon, le=maintenant)
    return cible


def retenir_l_annonce(fichier: FichierScelle, partie: Partie) -> None:
    """La première empreinte annoncée tient : deux adresses signées pour une partie portent la même."""
    annonce, _ = PartieAnnoncee.objects.get_or_create(
        fichier=fichier, numero=partie.numero, defaults={"sha256": partie.sha256}
    )
    if annonce.sha256 != partie.sha256:
        raise autres_octets(fichier, partie)


def recevoir_partie(*, fichier: FichierScelle, partie: Partie, flux: BinaryIO, horloge: Horloge) -> None:
    """Reçoit une partie ; au retour elle est durable et notée. La même partie se répète sans risque."""
    verifier_la_partie(fichier, partie)
    if refuser_si_autre(fichier, partie):
        return
    debut = horloge()
    stockage().ecrire_partie(envoi_de(fichier), partie, flux)
    point_de_panne("partie.apres_ecriture")
    try:
        with transaction.atomic():
            noter_le_premier_octet(fichier.brouillon, le=debut)
            PartieRecue.objects.create(
                fichier=fichier, numero=partie.numero, taille=partie.taille, sha256=partie.sha256, recue_le=horloge()
            )
            point_de_panne("partie.avant_validation")
        point_de_panne("partie.apres_validation")
    except IntegrityError:
        departager(fichier, partie)


def departager(fichier: FichierScelle, partie: Partie) -> None:
    """Deux envois de la même partie ensemble : la première notée reste, l'autre s'efface si elle diffère."""
    try:
        refuser_si_autre(fichier, partie)
    except ConflitEtat:
        stockage().oublier_partie(envoi_de(fichier), partie)
        raise


def terminer_fichier(*, fichier: FichierScelle, racine: str, sha256: str, maintenant: datetime) -> FichierScelle:
    """Vérifie qu'un fichier est complet, que sa racine est la bonne, et qu'il est bien scellé. Temps constant."""
    if fichier.etat == FichierScelle.Etat.TERMINE:
        exiger_la_racine(fichier.racine, racine)
        return fichier
    parties = parties_completes(fichier)
    exiger_la_racine(root(bytes.fromhex(p.sha256) for p in parties).hex(), racine)
    # La liste d'abord : le stockage oublie la sienne en assemblant, et un arrêt entre les deux doit pouvoir se reprendre.
    inscrire_les_parties(fichier, parties, le=maintenant)
    assembler(fichier, parties)
    point_de_panne("fin.apres_assemblage")
    exiger_un_fichier_scelle(fichier)
    with transaction.atomic():
        relu = FichierScelle.objects.filter(pk=fichier.pk).first()
        if relu is None:
            raise Introuvable()
        fichier = verrouiller(relu)
        if fichier.etat == FichierScelle.Etat.EN_COURS:
            fichier.etat = FichierScelle.Etat.TERMINE
            fichier.racine, fichier.sha256_declare, fichier.termine_le = racine, sha256, maintenant
            fichier.save(update_fields=["etat", "racine", "sha256_declare", "termine_le"])
            point_de_panne("fin.avant_validation")
    point_de_panne("fin.apres_validation")
    return fichier


@transaction.atomic
def supprimer_fichier(*, fichier: FichierScelle) -> None:
    """Retire un fichier d'une réponse en préparation ; un fichier déposé ne se retire plus."""
    verrouiller(fichier.brouillon)
    if not queries.fichiers_sans_pli().filter(pk=fichier.pk).exists():
        raise ConflitEtat(f"« {fichier.nom} » fait partie d'une réponse déposée : il ne se supprime plus.")
    effacer(fichier)


@transaction.atomic
def ecarter_fichier(*, fichier: FichierScelle, maintenant: datetime) -> None:
    """Ôte un fichier de la suite de la réponse : le prochain dépôt ne le contiendra pas, un dépôt fait le garde."""
    verrouiller(fichier.brouillon)
    if queries.fichiers_sans_pli().filter(pk=fichier.pk).exists():
        effacer(fichier)
    elif fichier.ecarte_le is None:
        fichier.ecarte_le = maintenant
        fichier.save(update_fields=["ecarte_le"])


def effacer(fichier: FichierScelle) -> None:
    """Retire les lignes ; le stockage est vidé ensuite, par une tâche que la transaction garantit."""
    vider_le_stockage.enqueue(fichier.cle_de_stockage, fichier.televersement)
    fichier.delete()


def envoi_de(fichier: FichierScelle) -> Envoi:
    return Envoi(fichier.cle_de_stockage, fichier.televersement)


def verifier_la_partie(fichier: FichierScelle, partie: Partie) -> None:
    """Le numéro existe et la taille est celle que le découpage impose."""
    tailles = part_sizes(fichier.taille)
    if not 1 <= partie.numero <= len(tailles):
        raise RegleEnfreinte(
            f"« {fichier.nom} » a {len(tailles)} parties : il n'y a pas de partie {partie.numero}.",
            partie=partie.numero,
        )
    attendue = tailles[partie.numero - 1]
    if partie.taille != attendue:
        raise RegleEnfreinte(
            f"La partie {partie.numero} de « {fichier.nom} » fait {attendue} octets, et non {partie.taille}.",
            partie=partie.numero,
        )


def refuser_si_autre(fichier: FichierScelle, partie: Partie) -> bool:
    """Vrai si cette partie est déjà reçue ; refuse si c'est avec d'autres octets."""
    empreinte = (
        PartieRecue.objects.filter(fichier=fichier, numero=partie.numero).values_list("sha256", flat=True).first()
    )
    if empreinte is None:
        if not FichierScelle.objects.filter(pk=fichier.pk).exists():
            raise Introuvable()
        return False
    if empreinte != partie.sha256:
        raise autres_octets(fichier, partie)
    return True


def autres_octets(fichier: FichierScelle, partie: Partie) -> ConflitEtat:
    return ConflitEtat(
        f"La partie {partie.numero} de « {fichier.nom} » est déjà reçue, avec d'autres octets. {REPRENDRE}",
        partie=partie.numero,
    )


def noter_le_premier_octet(brouillon: BrouillonDeReponse, *, le: datetime) -> None:
    """Le début de la transmission est un fait de droit : il ne se réécrit pas (CCP, annexe 6, art. 2, II)."""
    if brouillon.premier_octet_le is None:
        BrouillonDeReponse.objects.filter(pk=brouillon.pk, premier_octet_le=None).update(premier_octet_le=le)


def parties_completes(fichier: FichierScelle) -> tuple[Partie, ...]:
    """Toutes les parties, dans l'ordre ; nomme la première qui manque."""
    recues = {partie.numero: partie for partie in queries.parties_durables(fichier)}
    for numero, taille in enumerate(part_sizes(fichier.taille), start=1):
        if numero not in recues or recues[numero].taille != taille:
            raise PartieManquante(f"« {fichier.nom} » n'est pas complet : la partie {numero} manque.", partie=numero)
    return tuple(recues[numero] for numero in sorted(recues))


def exiger_la_racine(calculee: str, annoncee: str) -> None:
    if calculee != annoncee:
        raise RegleEnfreinte(
            f"Ce que nous avons reçu n'est pas ce que vous avez envoyé : les racines diffèrent. {REPRENDRE}"
        )


def assembler(fichier: FichierScelle, parties: tuple[Partie, ...]) -> None:
    try:
        stockage().achever(envoi_de(fichier), parties)
    except CleInconnue as erreur:
        raise ConflitEtat(f"« {fichier.nom} » n'est plus dans le stockage. {REPRENDRE}") from erreur


def exiger_un_fichier_scelle(fichier: FichierScelle) -> None:
    """Le serveur n'a pas la clé : il vérifie la forme, le nombre de destinataires et la longueur."""
    with stockage().lire(fichier.cle_de_stockage, 0, limits.OCTETS_DU_PREFIXE) as flux:
        prefixe = flux.read(limits.OCTETS_DU_PREFIXE)
    try:
        check_sealed(prefixe, fichier.taille)
    except SealError as erreur:
        raise NonScelle(
            f"« {fichier.nom} » n'est pas scellé comme cette consultation le demande. {REPRENDRE}",
            diagnostic=str(erreur),
        ) from erreur


@transaction.atomic
def inscrire_les_parties(fichier: FichierScelle, parties: tuple[Partie, ...], *, le: datetime) -> None:
    """Sur S3, la liste du stockage devient la nôtre, l'heure du service bornée par la nôtre."""
    if PartieRecue.objects.filter(fichier=fichier).count() == len(parties):
        return
    recues = [
        PartieRecue(
            fichier=fichier,
            numero=p.numero,
            taille=p.taille,
            sha256=p.sha256,
            recue_le=min(max(p.recue_le or le, fichier.commence_le), le),
        )
        for p in parties
    ]
    # Deux fins demandées ensemble inscrivent la même liste : la première suffit.
    PartieRecue.objects.bulk_create(recues, ignore_conflicts=True)
