"""Relire tout le journal depuis la base, et trouver ce qui aurait changé, octet par octet.

Chaque contexte qui tient des lignes prouvées par le journal déclare sa propre
relecture (`fondations.prises`).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from django.core.exceptions import ObjectDoesNotExist

from beffroi.socle.fondations import prises
from beffroi.socle.journal import cadence, chainage, gardes, releves, remplissage, renouvellement
from beffroi.socle.journal.annexes import fautes_des_annexes
from beffroi.socle.journal.arbre import Arbre, fautes_de_l_arbre
from beffroi.socle.journal.image import image_de_la_base
from beffroi.socle.journal.lignes import modeles_prouves
from beffroi.socle.journal.models import Ecriture, Noeud, PointDeControle, Publication, Remplissage
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes
from beffroi.socle.journal.relecture_des_objets import fautes_des_objets, objets_a_relire
from beffroi.socle.journal.relecture_des_releves import fautes_des_releves
from beffroi.socle.journal.tirages import Tirage, fautes_du_tirage
from formats.pluriels import compter
from sceau import SealError, log, receipt, timestamp


@dataclass(frozen=True)
class Constat:
    """Ce qui a été vérifié, et si c'est intact.

    `ou` situe la faute : une table, une ligne, un fichier.
    """

    quoi: str
    bon: bool
    ou: str = ""


# Une tranche vient d'un rattrapage au plus :
# au-delà, sa fin a été falsifiée, et l'on ne compte pas jusqu'à elle.
FEUILLES_D_UNE_TRANCHE = 2 * cadence.PAS * cadence.RATTRAPAGE


def relire_tout() -> Iterator[Constat]:
    """Le journal lui-même, puis ce que chaque contexte y appuie,
    sur une même image de la base : elle peut servir. Les octets des documents en dernier.
    """
    with image_de_la_base():
        yield from relire_le_journal()
        yield from relire_les_gardes()
        yield from relire_les_lignes()
        for relecture in prises.lues(lambda un: un.relectures_du_journal):
            yield from jusqu_au_bout(relecture)
    yield from relire_les_objets()


def jusqu_au_bout(relecture: Callable[[], Iterable[Constat]]) -> Iterator[Constat]:
    """Ce qu'un contexte relit suppose parfois une ligne qu'on a effacée : ne plus pouvoir la lire
    est une faute, et n'arrête pas les autres.
    """
    try:
        yield from relecture()
    except (ObjectDoesNotExist, ValueError, LookupError, TypeError, AttributeError) as arret:
        yield Constat(
            f"cette relecture ne va pas au bout ({type(arret).__name__} : {arret})",
            bon=False,
            ou=relecture.__module__.removeprefix("beffroi."),
        )


def relire_le_journal() -> Iterator[Constat]:
    """Les lignes une à une, l'arbre refait à mesure,
    les têtes signées, puis ce que d'autres y ont joint.
    """
    arbre, fautes, ecritures = Arbre(), 0, 0
    for ligne in lignes():
        trouvees = list(fautes_de_la_ligne(ligne, arbre))
        fautes += len(trouvees)
        yield from trouvees
        ecritures += isinstance(ligne, Ecriture)
    arbre.finir()
    if not fautes:
        yield Constat(
            f"{compter(ecritures, 'écriture')} et "
            f"{compter(arbre.taille - ecritures, 'ligne de remplissage', 'lignes de remplissage')} "
            ": "
            "suite sans trou, contenu, jeton et feuille conformes",
            bon=True,
        )
    for faute, ou in fautes_de_l_arbre(arbre):
        yield Constat(faute, bon=False, ou=ou)
    if not arbre.noeuds_faux:
        yield Constat(f"nœuds de l'arbre recalculés : {arbre.nombre_de_noeuds}", bon=True)
    yield Constat(f"têtes signées, chacune prolonge la précédente : {arbre.bonnes_tetes}", bon=True)
    yield from relire_la_cadence()
    jointes = list(fautes_des_annexes())
    for faute, ou in jointes:
        yield Constat(faute, bon=False, ou=ou)
    if not jointes:
        yield Constat("jetons qualifiés, cosignatures et heures de signature : conformes", bon=True)
    yield from relire_les_releves()
    yield from relire_les_renouvellements()


def relire_les_releves() -> Iterator[Constat]:
    """D'une clé à l'autre, chaque relève est signée, et la dernière mène à la clé d'ici."""
    fautes = 0
    for faute, ou in fautes_des_releves():
        fautes += 1
        yield Constat(faute, bon=False, ou=ou)
    nombre = len(releves.publiees())
    if nombre and not fautes:
        yield Constat(
            f"{compter(nombre, 'relève')} de la clé du registre, jusqu'à celle d'ici", bon=True
        )


def relire_les_renouvellements() -> Iterator[Constat]:
    """La chaîne des renouvellements : chacun suit le précédent, et tient encore ce qu'il a daté."""
    fautes, phrase = renouvellement.relire()
    for faute, ou in fautes:
        yield Constat(faute, bon=False, ou=ou)
    if phrase and not fautes:
        yield Constat(phrase, bon=True)


def relire_les_lignes() -> Iterator[Constat]:
    """Toutes les tables qui prouvent, colonne par colonne."""
    fautes = 0
    for faute, ou in fautes_des_lignes():
        fautes += 1
        yield Constat(faute, bon=False, ou=ou)
    if not fautes:
        tables = sum(1 for _ in modeles_prouves())
        yield Constat(
            (
                f"{tables} tables relues ligne par ligne : "
                "chaque colonne dit ce que ses actes ont engagé"
            ),
            bon=True,
        )


def relire_les_gardes() -> Iterator[Constat]:
    """Ce que la base refuse d'elle-même : chaque déclencheur posé est là, tel qu'il a été posé."""
    attendus = gardes.attendues()
    fautes = list(gardes.fautes_des_gardes(attendus))
    for faute, ou in fautes:
        yield Constat(faute, bon=False, ou=ou)
    if not fautes:
        yield Constat(f"{len(attendus)} gardes de la base, toutes à leur place", bon=True)


def relire_les_objets() -> Iterator[Constat]:
    """Les octets des documents, des preuves, des actes : ils ont l'empreinte que l'on en prouve."""
    fautes = 0
    for faute, ou in fautes_des_objets():
        fautes += 1
        yield Constat(faute, bon=False, ou=ou)
    if not fautes:
        yield Constat(
            f"octets des documents gardés : {len(objets_a_relire())} sortes, "
            "chacun a l'empreinte prouvée",
            bon=True,
        )


def lignes() -> Iterator[Ecriture | Remplissage]:
    """Tout ce que le journal tient, dans l'ordre des places."""
    ecritures = Ecriture.objects.order_by("numero").iterator(chunk_size=500)
    remplissages = Remplissage.objects.order_by("debut").iterator(chunk_size=500)
    return merge(ecritures, remplissages, key=lambda ligne: ligne.pk)


def fautes_de_la_ligne(ligne: Ecriture | Remplissage, arbre: Arbre) -> Iterator[Constat]:
    """Juge une ligne, et en ajoute les feuilles à l'arbre si elle est à sa place."""
    if isinstance(ligne, Remplissage):
        ou, fautes = (
            f"journal_remplissage, n° {ligne.debut}",
            fautes_du_remplissage(ligne, arbre.taille),
        )
    else:
        ou, fautes = f"journal_ecriture, n° {ligne.numero}", fautes_de(ligne, arbre.taille)
    for faute in fautes:
        yield Constat(faute, bon=False, ou=ou)
    if ligne.pk < arbre.taille:
        return
    if isinstance(ligne, Ecriture):
        arbre.ajouter(ligne.numero, bytes(ligne.feuille))
        return
    for numero in range(ligne.debut, min(ligne.fin, ligne.debut + FEUILLES_D_UNE_TRANCHE)):
        arbre.ajouter(numero, remplissage.feuille(bytes(ligne.graine), numero))


def fautes_du_remplissage(tranche: Remplissage, attendu: int) -> Iterator[str]:
    """La graine doit redonner les feuilles que l'arbre tient :
    la première qui diffère suffit à le dire.
    """
    if tranche.debut != attendu:
        yield f"le numéro attendu est {attendu}"
    feuilles = Noeud.objects.filter(niveau=0, indice__gte=tranche.debut, indice__lt=tranche.fin)
    gardees = {
        indice: bytes(empreinte)
        for indice, empreinte in feuilles.values_list("indice", "empreinte")
    }
    graine = bytes(tranche.graine)
    if tranche.fin - tranche.debut > FEUILLES_D_UNE_TRANCHE:
        yield f"une tranche n'a jamais {tranche.fin - tranche.debut} feuilles"
    for numero in range(tranche.debut, min(tranche.fin, tranche.debut + FEUILLES_D_UNE_TRANCHE)):
        if gardees.get(numero) != log.leaf_hash(remplissage.feuille(graine, numero)):
            yield f"la graine ne donne plus la feuille {numero}"
            return


def relire_la_cadence() -> Iterator[Constat]:
    """Les têtes publiques se suivent au pas de l'horloge :
    aucune ne manque, aucune n'a changé de rang.
    """
    precedent, fautes, nombre = None, 0, 0
    sans_tete = Publication.objects.exclude(point_id__in=PointDeControle.objects.values("taille"))
    for rang in sans_tete.values_list("rang", flat=True):
        fautes += 1
        yield Constat(
            "la tête publique de ce pas manque", bon=False, ou=f"journal_publication, rang {rang}"
        )
    for rang, taille in (
        Publication.objects.order_by("rang")
        .values_list("rang", "point_id")
        .iterator(chunk_size=2000)
    ):
        repere, nombre = cadence.Repere(rang, taille), nombre + 1
        if taille % cadence.ANCIEN_PAS or (
            precedent and not cadence.est_reguliere(precedent, repere)
        ):
            fautes += 1
            yield Constat(
                "cette tête publique n'est pas à son pas",
                bon=False,
                ou=f"journal_publication, rang {rang}",
            )
        precedent = repere
    if nombre and not fautes:
        yield Constat(
            f"{compter(nombre, 'tête publique', 'têtes publiques')}, au pas de l'horloge", bon=True
        )


def fautes_de(ecriture: Ecriture, attendu: int) -> Iterator[str]:
    """Ce qui, dans une écriture, ne correspond plus à sa feuille."""
    if ecriture.numero != attendu:
        yield f"le numéro attendu est {attendu}"
    jeton = bytes(ecriture.jeton)
    if log.leaf_data(ecriture.contenu.encode(), jeton) != bytes(ecriture.feuille):
        yield "le contenu ou le jeton ne donne plus cette feuille"
    try:
        empreinte = hashlib.sha256(ecriture.contenu.encode()).digest()
        timestamp.verify(jeton, empreinte, roots=chainage.autorites_locales())
    except SealError as erreur:
        yield f"le jeton d'horodatage n'est pas valable ({erreur})"
    yield from colonnes_qui_mentent(ecriture)


def colonnes_qui_mentent(ecriture: Ecriture) -> Iterator[str]:
    """Les colonnes qui répètent le contenu doivent dire la même chose que lui."""
    try:
        contenu = json.loads(ecriture.contenu)
        canonique = receipt.canonical(contenu).decode()
    except (ValueError, SealError):
        yield "le contenu n'est plus lisible"
        return
    if canonique != ecriture.contenu:
        yield "le contenu n'est plus canonique"
    repetees = contenu.get("ecriture", contenu)
    acteur = repetees.get("acteur", {})
    dites = {
        "acte": (repetees.get("acte"), ecriture.acte),
        "sujet": (repetees.get("sujet"), ecriture.sujet),
        "organisme": (repetees.get("organisme"), ecriture.organisme),
        "acteur_reference": (acteur.get("reference"), ecriture.acteur_reference),
        "acteur_libelle": (acteur.get("libelle"), ecriture.acteur_libelle),
        "le": (repetees.get("le"), chainage.instant(ecriture.le)),
    }
    for colonne, (dit, lu) in dites.items():
        if dit is not None and dit != lu:
            yield f"la colonne {colonne} dit « {lu} », le contenu dit « {dit} »"


def relire_les_tirages(modele: type[Tirage], *, acte: str, compte: str) -> Iterator[Constat]:
    """Les fautes des tirages d'un registre :
    ceux que la base garde, et ceux que le journal est seul à retenir.
    """
    table = modele._meta.db_table
    for tirage in modele._default_manager.iterator(chunk_size=100):
        sujet = tirage.sujet_du_journal
        for faute in fautes_du_tirage(tirage, sujet=sujet, compte=compte):
            yield Constat(faute, bon=False, ou=f"{table}, {sujet}")
    gardes = modele._default_manager.values("ecriture")
    for ecriture in Ecriture.objects.filter(acte=acte).exclude(numero__in=gardes):
        yield Constat("un tirage scellé a disparu", bon=False, ou=f"{table}, {ecriture.sujet}")
