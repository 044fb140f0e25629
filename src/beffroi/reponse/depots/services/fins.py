"""Faire vérifier des fichiers entiers, un ou cent d'un coup : parties, racine, forme du sceau."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.reponse.depots import limits, queries
from beffroi.reponse.depots.errors import NonScelle, PartieManquante
from beffroi.reponse.depots.models import FichierScelle, PartieRecue
from beffroi.reponse.depots.paquets import quelques_uns_a_la_fois
from beffroi.reponse.depots.services.fichiers import REPRENDRE, envoi_de
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.stockage import CleInconnue, Partie, stockage
from beffroi.socle.fondations.verrous import verrouiller_ensemble
from sceau import SealError, check_sealed
from sceau.profile import part_sizes, root

Parties = tuple[Partie, ...]


@dataclass(frozen=True)
class Fin:
    """Ce que le client dit d'un fichier entier : sa racine, et l'empreinte du tout."""

    fichier: FichierScelle
    racine: str
    sha256: str


def terminer_fichier(
    *, fichier: FichierScelle, racine: str, sha256: str, maintenant: datetime
) -> FichierScelle:
    """Vérifie qu'un fichier est complet, que sa racine est la bonne, et qu'il est bien scellé.

    Temps constant.
    """
    return terminer_fichiers(fins=[Fin(fichier, racine, sha256)], maintenant=maintenant)[0]


def terminer_fichiers(*, fins: Sequence[Fin], maintenant: datetime) -> list[FichierScelle]:
    """Termine des fichiers, tous ou aucun : le premier qui manque de quelque chose est nommé.

    Répéter ne change rien.
    """
    a_finir = []
    for fin in fins:
        if fin.fichier.etat == FichierScelle.Etat.TERMINE:
            exiger_la_racine(fin.fichier, fin.fichier.racine, fin.racine)
        else:
            a_finir.append(fin)
    if not a_finir:
        return [fin.fichier for fin in fins]
    parties = parties_completes([fin.fichier for fin in a_finir])
    for fin in a_finir:
        calculee = root(bytes.fromhex(p.sha256) for p in parties[fin.fichier]).hex()
        exiger_la_racine(fin.fichier, calculee, fin.racine)
    # La liste d'abord : le stockage oublie la sienne en assemblant,
    # et un arrêt entre les deux doit pouvoir se reprendre.
    inscrire_les_parties(parties, le=maintenant)
    quelques_uns_a_la_fois(assembler_et_controler, list(parties.items()))
    finis = inscrire_les_fins(a_finir, le=maintenant)
    point_de_panne("fin.apres_validation")
    return [finis.get(fin.fichier.pk, fin.fichier) for fin in fins]


@transaction.atomic
def inscrire_les_fins(fins: Sequence[Fin], *, le: datetime) -> dict[int, FichierScelle]:
    par_fichier = {fin.fichier.pk: fin for fin in fins}
    relus = verrouiller_ensemble([fin.fichier for fin in fins])
    if len(relus) < len(par_fichier):
        raise Introuvable()
    changes = [fichier for fichier in relus.values() if fichier.etat == FichierScelle.Etat.EN_COURS]
    for fichier in changes:
        fin = par_fichier[fichier.pk]
        fichier.etat = FichierScelle.Etat.TERMINE
        fichier.racine, fichier.sha256_declare, fichier.termine_le = fin.racine, fin.sha256, le
    FichierScelle.objects.bulk_update(changes, ["etat", "racine", "sha256_declare", "termine_le"])
    point_de_panne("fin.avant_validation")
    return relus


def parties_completes(fichiers: Sequence[FichierScelle]) -> dict[FichierScelle, Parties]:
    """Toutes les parties de chacun, dans l'ordre ; nomme la première qui manque."""
    durables = queries.parties_durables_de(fichiers)
    for fichier in fichiers:
        recues = {partie.numero: partie for partie in durables[fichier]}
        for numero, taille in enumerate(part_sizes(fichier.taille), start=1):
            if numero not in recues or recues[numero].taille != taille:
                raise PartieManquante(
                    f"« {fichier.nom} » n'est pas complet : la partie {numero} manque.",
                    partie=numero,
                    fichier=fichier.reference,
                )
        durables[fichier] = tuple(recues[numero] for numero in sorted(recues))
    return durables


def exiger_la_racine(fichier: FichierScelle, calculee: str, annoncee: str) -> None:
    if calculee != annoncee:
        raise RegleEnfreinte(
            (
                "Ce que nous avons reçu n'est pas ce que vous avez envoyé : "
                f"les racines diffèrent. {REPRENDRE}"
            ),
            fichier=fichier.reference,
        )


def assembler_et_controler(element: tuple[FichierScelle, Parties]) -> None:
    fichier, parties = element
    assembler(fichier, parties)
    point_de_panne("fin.apres_assemblage")
    exiger_un_fichier_scelle(fichier)


def assembler(fichier: FichierScelle, parties: Parties) -> None:
    try:
        stockage().achever(envoi_de(fichier), parties)
    except CleInconnue as erreur:
        raise ConflitEtat(
            f"« {fichier.nom} » n'est plus dans le stockage. {REPRENDRE}", fichier=fichier.reference
        ) from erreur


def exiger_un_fichier_scelle(fichier: FichierScelle) -> None:
    """Le serveur n'a pas la clé :
    il vérifie la forme, le nombre de destinataires et la longueur.
    """
    with stockage().lire(fichier.cle_de_stockage, 0, limits.OCTETS_DU_PREFIXE) as flux:
        prefixe = flux.read(limits.OCTETS_DU_PREFIXE)
    try:
        check_sealed(prefixe, fichier.taille)
    except SealError as erreur:
        raise NonScelle(
            f"« {fichier.nom} » n'est pas scellé comme cette consultation le demande. {REPRENDRE}",
            diagnostic=str(erreur),
            fichier=fichier.reference,
        ) from erreur


def inscrire_les_parties(parties: Mapping[FichierScelle, Parties], *, le: datetime) -> None:
    """Sur S3, la liste du stockage devient la nôtre, l'heure du service bornée par la nôtre.

    Chez nous, chaque partie est déjà inscrite : rien ne s'écrit, et personne n'attend son tour.
    """
    tenues = set(
        PartieRecue.objects.filter(fichier__in=list(parties)).values_list("fichier_id", "numero")
    )
    recues = [
        PartieRecue(
            fichier=fichier,
            numero=p.numero,
            taille=p.taille,
            sha256=p.sha256,
            recue_le=min(max(p.recue_le or le, fichier.commence_le), le),
        )
        for fichier, liste in parties.items()
        for p in liste
        if (fichier.pk, p.numero) not in tenues
    ]
    # Deux fins demandées ensemble inscrivent la même liste : la première suffit.
    PartieRecue.objects.bulk_create(recues, ignore_conflicts=True)
