"""Recevoir un fichier scellé, partie par partie. Rien ne compte avant d'être durable."""

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction

from beffroi.reponse.depots import queries
from beffroi.reponse.depots.models import (
    BrouillonDeReponse,
    FichierScelle,
    PartieAnnoncee,
    PartieRecue,
)
from beffroi.reponse.depots.taches import vider_le_stockage
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.stockage import Cible, Envoi, Partie, stockage
from beffroi.socle.fondations.verrous import verrouiller
from formats.pluriels import compter
from sceau.profile import part_sizes

Horloge = Callable[[], datetime]
REPRENDRE = "Supprimez-le, scellez-le de nouveau, puis recommencez l'envoi."


def preparer_partie(
    *, fichier: FichierScelle, partie: Partie, maintenant: datetime
) -> Cible | None:
    """Dit où envoyer une partie ; rien veut dire : chez nous. L'heure de la première est gardée."""
    verifier_la_partie(fichier, partie)
    refuser_si_autre(fichier, partie)
    cible = stockage().cible_de_partie(envoi_de(fichier), partie)
    if cible is not None:
        _retenir_l_annonce(fichier, partie)
        noter_le_premier_octet(fichier.brouillon, le=maintenant)
    return cible


def _retenir_l_annonce(fichier: FichierScelle, partie: Partie) -> None:
    """La première empreinte annoncée tient :
    deux adresses signées pour une partie portent la même.
    """
    annonce, _ = PartieAnnoncee.objects.get_or_create(
        fichier=fichier, numero=partie.numero, defaults={"sha256": partie.sha256}
    )
    if annonce.sha256 != partie.sha256:
        raise autres_octets(fichier, partie)


def recevoir_partie(
    *, fichier: FichierScelle, partie: Partie, flux: BinaryIO, horloge: Horloge
) -> None:
    """Reçoit une partie ; au retour elle est durable et notée.

    La même partie se répète sans risque.
    """
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
                fichier=fichier,
                numero=partie.numero,
                taille=partie.taille,
                sha256=partie.sha256,
                recue_le=horloge(),
            )
            point_de_panne("partie.avant_validation")
        point_de_panne("partie.apres_validation")
    except IntegrityError:
        _departager(fichier, partie)


def _departager(fichier: FichierScelle, partie: Partie) -> None:
    """Deux envois de la même partie ensemble : la première notée reste, l'autre s'efface si elle
    diffère ; ou bien le fichier vient d'être supprimé.
    """
    try:
        if not refuser_si_autre(fichier, partie):
            raise Introuvable()
    except ConflitEtat:
        stockage().oublier_partie(envoi_de(fichier), partie)
        raise


@transaction.atomic
def supprimer_fichier(*, fichier: FichierScelle) -> None:
    """Retire un fichier d'une réponse en préparation ; un fichier déposé ne se retire plus."""
    verrouiller(fichier.brouillon)
    if not queries.fichiers_sans_pli().filter(pk=fichier.pk).exists():
        raise ConflitEtat(
            f"« {fichier.nom} » fait partie d'une réponse déposée : il ne se supprime plus."
        )
    effacer(fichier)


@transaction.atomic
def ecarter_fichier(*, fichier: FichierScelle, maintenant: datetime) -> None:
    """Ôte un fichier de la suite de la réponse :
    le prochain dépôt ne le contiendra pas, un dépôt fait le garde.
    """
    verrouiller(fichier.brouillon)
    if queries.fichiers_sans_pli().filter(pk=fichier.pk).exists():
        effacer(fichier)
    elif fichier.ecarte_le is None:
        fichier.ecarte_le = maintenant
        fichier.save(update_fields=["ecarte_le"])


def effacer(fichier: FichierScelle) -> None:
    """Retire les lignes ;
    le stockage est vidé ensuite, par une tâche que la transaction garantit.
    """
    vider_le_stockage.enqueue(fichier.cle_de_stockage, fichier.televersement)
    fichier.delete()


def envoi_de(fichier: FichierScelle) -> Envoi:
    return Envoi(fichier.cle_de_stockage, fichier.televersement)


def verifier_la_partie(fichier: FichierScelle, partie: Partie) -> None:
    """Le numéro existe et la taille est celle que le découpage impose."""
    tailles = part_sizes(fichier.taille)
    if not 1 <= partie.numero <= len(tailles):
        raise RegleEnfreinte(
            (
                f"« {fichier.nom} » a {compter(len(tailles), 'partie')} : "
                f"il n'y a pas de partie {partie.numero}."
            ),
            partie=partie.numero,
        )
    attendue = tailles[partie.numero - 1]
    if partie.taille != attendue:
        raise RegleEnfreinte(
            (
                f"La partie {partie.numero} de « {fichier.nom} » fait {attendue} octets, "
                f"et non {partie.taille}."
            ),
            partie=partie.numero,
        )


def refuser_si_autre(fichier: FichierScelle, partie: Partie) -> bool:
    """Vrai si cette partie est déjà reçue ; refuse si c'est avec d'autres octets."""
    empreinte = (
        PartieRecue.objects.filter(fichier=fichier, numero=partie.numero)
        .values_list("sha256", flat=True)
        .first()
    )
    if empreinte is None:
        return False
    if empreinte != partie.sha256:
        raise autres_octets(fichier, partie)
    return True


def autres_octets(fichier: FichierScelle, partie: Partie) -> ConflitEtat:
    return ConflitEtat(
        (
            f"La partie {partie.numero} de « {fichier.nom} » est déjà reçue, avec d'autres octets. "
            f"{REPRENDRE}"
        ),
        partie=partie.numero,
    )


def noter_le_premier_octet(brouillon: BrouillonDeReponse, *, le: datetime) -> None:
    """Le début de la transmission est un fait de droit :
    il ne se réécrit pas (CCP, annexe 6, art. 2, II).
    """
    if brouillon.premier_octet_le is None:
        BrouillonDeReponse.objects.filter(pk=brouillon.pk, premier_octet_le=None).update(
            premier_octet_le=le
        )
