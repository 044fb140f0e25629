"""Écrire au journal :
une écriture par acte, dans la transaction de l'acte, à sa place et pour toujours.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.fondations.verrous import verrou_nomme
from beffroi.socle.journal import (
    cadence,
    chainage,
    lignes,
    queries,
    releves,
    remplissage,
    renouvellement,
)
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.models import (
    Cosignature,
    Ecriture,
    JetonQualifie,
    Noeud,
    PointDeControle,
    Publication,
    Remplissage,
)
from beffroi.socle.journal.tirages import ASceller, Tirage, empreinte_de, garder
from sceau import handover, log

VERROU_DU_JOURNAL = 0x4245464652  # « BEFFR »
FORMAT = "beffroi.ecriture/1"
NOEUDS_PAR_LOT = 200


def journaliser(
    acte: str,
    *,
    sujet: str,
    par: Acteur,
    le: datetime,
    donnees: Mapping[str, Any] | None = None,
    organisme: str = "",
) -> Ecriture:
    """Ajoute au journal un acte sur un sujet,
    avec ses données et les empreintes des lignes qu'il vient d'écrire.

    L'aléa empêche d'en deviner le contenu.
    """
    nonce = secrets.token_hex(16)
    contenu: dict[str, Any] = {
        "format": FORMAT,
        "nonce": nonce,
        "acte": acte,
        "sujet": sujet,
        "organisme": organisme,
        "acteur": {"reference": par.reference, "libelle": par.libelle},
        "le": chainage.instant(le),
        "donnees": donnees or {},
    }
    engagees = lignes.engager(nonce)
    if engagees:
        contenu["lignes"] = engagees
    return inscrire(acte, contenu=contenu, sujet=sujet, par=par, le=le, organisme=organisme)


def inscrire(
    acte: str,
    *,
    contenu: Mapping[str, Any],
    sujet: str,
    par: Acteur,
    le: datetime,
    organisme: str = "",
    place_reservee: bool = False,
    signee: bool = False,
) -> Ecriture:
    """Ajoute un enregistrement déjà composé :
    son jeton local d'abord, sa place ensuite, sous verrou.

    Le verrou vit jusqu'à la fin de la transaction : l'ordre des numéros est celui des
    validations. `place_reservee` est pour l'acte d'un acheteur qui en verra le numéro : ce numéro
    ne lui dit rien de ceux qui ont agi avant lui. `signee` : une tête signée couvre l'écriture
    aussitôt, sans rien relire.
    """
    texte = chainage.canonique(contenu)
    jeton = chainage.jeton_local(texte, le=le)
    feuille = chainage.feuille(texte, jeton)
    verrou_nomme(VERROU_DU_JOURNAL)
    debut = taille()
    numero = place_due(debut, le=le, reservee=place_reservee)
    lire = ajouter_les_feuilles(debut, [*remplir(debut, numero), feuille])
    if signee:
        releves.exiger_la_bonne_main()
        note = chainage.note_signee(numero + 1, lire)
        PointDeControle.objects.create(taille=numero + 1, note=note, signe_le=le)
    return Ecriture.objects.create(
        numero=numero,
        acte=acte,
        sujet=sujet,
        organisme=organisme,
        acteur_reference=par.reference,
        acteur_libelle=par.libelle,
        le=le,
        contenu=texte,
        jeton=jeton,
        feuille=feuille,
    )


@transaction.atomic
def engager_le_reste(marque: lignes.Marque) -> None:
    """Engage, à la validation, des lignes écrites sans acte au journal :
    la maintenance, une tâche, un essai.
    """
    transaction.on_commit(marque)
    engager_les_lignes(sujet=marque.modele._meta.db_table, par=PLATEFORME, le=horloge.maintenant())


def engager_les_lignes(*, sujet: str, par: Acteur, le: datetime, organisme: str = "") -> None:
    """Engage ce que l'acte écrit après son écriture, parce qu'il en porte le numéro."""
    if lignes.en_attente():
        journaliser("lignes.engager", sujet=sujet, par=par, le=le, organisme=organisme)


def reprendre_les_lignes(*, le: datetime) -> int:
    """Engage les lignes d'une installation née avant cette preuve, et les colonnes renommées
    ou remplies depuis ; une table ou une colonne déjà engagée ne se reprend jamais.
    """
    reprises = 0
    for modele in lignes.modeles_prouves():
        colonnes = _colonnes_a_reprendre(modele)
        if not colonnes:
            continue
        for lot in batched(
            modele._base_manager.order_by("pk").values_list("pk", flat=True), lignes.PAR_LOT
        ):
            with transaction.atomic():
                lignes.marquer(modele, lot, colonnes)
                journaliser("lignes.reprendre", sujet=modele._meta.db_table, par=PLATEFORME, le=le)
            reprises += len(lot)
    return reprises


def _colonnes_a_reprendre(modele: type[lignes.LigneProuvee]) -> frozenset[str]:
    engagees = Ecriture.objects.filter(contenu__contains=f'"{modele._meta.db_table}":{{')
    if not engagees.exists():
        return lignes.colonnes_prouvees(modele)
    return frozenset(
        colonne
        for colonne in modele.REPRISES
        if not engagees.filter(contenu__contains=f'"{colonne}":').exists()
    )


def place_due(taille: int, *, le: datetime, reservee: bool) -> int:
    """Le numéro que l'horloge du registre donne à une écriture ;
    sans publication encore, elle n'a pas démarré.
    """
    repere = queries.repere()
    if repere is None:
        return taille
    horloge = cadence.horloge(repere, le)
    return cadence.place_reservee(taille, horloge) if reservee else max(taille, horloge)


def remplir(debut: int, fin: int) -> list[bytes]:
    """Pose du remplissage de `debut` inclus à `fin` exclu, et rend ses feuilles."""
    if fin <= debut:
        return []
    graine = secrets.token_bytes(remplissage.OCTETS_DE_GRAINE)
    Remplissage.objects.create(debut=debut, fin=fin, graine=graine)
    return [remplissage.feuille(graine, numero) for numero in range(debut, fin)]


def ajouter_les_feuilles(debut: int, feuilles: list[bytes]) -> log.Read:
    """Étend l'arbre, et rend de quoi lire ses nouveaux sommets."""
    noeuds, lire = chainage.nouveaux_noeuds(debut, feuilles)
    Noeud.objects.bulk_create(noeuds, batch_size=NOEUDS_PAR_LOT)
    return lire


@transaction.atomic
def publier_un_changement(
    acte: str, *, sujet: str, donnees: Mapping[str, Any], le: datetime
) -> Ecriture | None:
    """Inscrit ce que la plateforme publie de nouveau ;
    rien si la dernière écriture de cet acte avait déjà ce sujet.
    """
    verrou_nomme(VERROU_DU_JOURNAL)
    derniere = Ecriture.objects.filter(acte=acte).order_by("-numero").first()
    if derniere and derniere.sujet == sujet:
        return None
    return journaliser(acte, sujet=sujet, par=PLATEFORME, le=le, donnees=donnees)


def taille() -> int:
    """Le nombre de feuilles, écritures et remplissage, qui est aussi le prochain numéro."""
    derniere = la_premiere(_derniere_feuille())
    return 0 if derniere is None else derniere + 1


@prete
def _derniere_feuille() -> QuerySet[Noeud, int]:
    feuilles = Noeud.objects.filter(niveau=0).order_by("-indice")
    return feuilles.values_list("indice", flat=True)[:1]


def signer_un_point_de_controle(*, le: datetime) -> PointDeControle:
    """Signe la tête présente du journal.

    Elle n'est montrée qu'à qui tient une écriture qu'elle couvre.
    """
    verrou_nomme(VERROU_DU_JOURNAL)
    return signer(taille(), le=le)


@transaction.atomic
def couvrir_ce_qui_est_inscrit() -> None:
    """Une tête signée pour qui va lire le journal, sans acte à elle :
    son heure est celle de la dernière écriture.
    """
    verrou_nomme(VERROU_DU_JOURNAL)
    if derniere := Ecriture.objects.order_by("-numero").first():
        signer(taille(), le=derniere.le)


def signer(nombre: int, *, le: datetime) -> PointDeControle:
    """La tête signée à cette taille ; la même taille ne se signe qu'une fois."""
    existant = PointDeControle.objects.filter(taille=nombre).first()
    if existant:
        return existant
    releves.exiger_la_bonne_main()
    return PointDeControle.objects.create(
        taille=nombre, note=chainage.note_signee(nombre), signe_le=le
    )


@transaction.atomic
def publier_la_tete(*, le: datetime) -> PointDeControle | None:
    """Publie la tête de ce pas de l'horloge ; rien si elle l'est déjà.

    Sa taille ne dit rien de l'activité.
    """
    verrou_nomme(VERROU_DU_JOURNAL)
    presente, repere = taille(), queries.repere()
    voulue = cadence.taille_a_publier(repere, presente, le)
    if voulue is None:
        return None
    if voulue > presente:
        ajouter_les_feuilles(presente, remplir(presente, voulue))
    point = signer(voulue, le=cadence.instant(cadence.rang(le)))
    Publication.objects.create(rang=cadence.rang(le), point=point)
    return point


@transaction.atomic
def changer_la_cle(note: str, *, volee: bool = False, le: datetime) -> Ecriture | None:
    """Inscrit la relève de la clé du registre, que tous peuvent retrouver ; une fois.

    La clé d'avant signe jusqu'à cette écriture, la neuve dès après la dernière tête publique. La
    place est réservée : ces deux nombres se publient aussitôt, et ne disent que l'heure.
    """
    verrou_nomme(VERROU_DU_JOURNAL)
    dit, inscrite = handover.read(note), releves.derniere()
    if inscrite and inscrite.new == dit.new:
        return None
    return inscrire(
        handover.ACT,
        contenu={
            "format": log.PUBLIC_FORMAT,
            "concerne": dit.state.origin,
            "nonce": secrets.token_hex(16),
            "acte": handover.ACT,
            "sujet": releves.SUJET,
            "organisme": "",
            "acteur": {"reference": PLATEFORME.reference, "libelle": PLATEFORME.libelle},
            "le": chainage.instant(le),
            "donnees": {
                "releve": note,
                "depuis": queries.etat_public().size + 1,
                "volee": volee,
            },
        },
        sujet=releves.SUJET,
        par=PLATEFORME,
        le=le,
        place_reservee=True,
    )


def preparer_la_releve(neuve: log.Signer, *, volee: bool) -> releves.Posee:
    """Ce que les deux clés signent ensemble : après elle, l'ancienne ne sert plus à rien."""
    note = handover.make(queries.etat_public(), chainage.signataire(), neuve)
    return releves.Posee(note, volee)


def inscrire_la_releve_posee(*, le: datetime) -> None:
    """Un nœud repart avec la clé neuve : le registre l'inscrit."""
    posee = releves.lue()
    if posee and posee.dit.new == chainage.signataire().vkey:
        changer_la_cle(posee.note, volee=posee.volee, le=le)


def inscrire_une_cle_perdue(*, le: datetime) -> None:
    """La clé d'ici en remplace une que plus personne n'a : elle seule le signe, et quand celle
    d'avant n'est qu'une empreinte, le registre ne peut pas la nommer.
    """
    inscrite, neuve = releves.derniere(), chainage.signataire()
    if inscrite and inscrite.new != neuve.vkey:
        changer_la_cle(handover.make(queries.etat_public(), inscrite.new, neuve), le=le)


def ajouter_jeton_qualifie(
    *,
    objet: str,
    numero: int,
    jeton: bytes,
    autorite: str,
    horodate_le: datetime,
    recu_le: datetime,
) -> JetonQualifie:
    """Joint un jeton qualifié à une écriture ou à un point de
    contrôle ; le premier arrivé reste.
    """
    existant = JetonQualifie.objects.filter(objet=objet, numero=numero).first()
    return existant or JetonQualifie.objects.create(
        objet=objet,
        numero=numero,
        jeton=jeton,
        autorite=autorite,
        horodate_le=horodate_le,
        recu_le=recu_le,
    )


@transaction.atomic
def renouveler_l_horodatage(*, le: datetime) -> Ecriture | None:
    """Inscrit la tête publique et les jetons qualifiés reçus depuis un an :
    un jeton neuf les datera. Rien avant l'heure.
    """
    verrou_nomme(VERROU_DU_JOURNAL)
    tete = queries.derniere_tete()
    if tete is None or not renouvellement.est_a_faire(le):
        return None
    donnees = renouvellement.a_inscrire(tete, le=le)
    return journaliser(
        renouvellement.ACTE, sujet=renouvellement.SUJET, par=PLATEFORME, le=le, donnees=donnees
    )


def ajouter_cosignature(
    *, point: PointDeControle, temoin: str, ligne: str, recue_le: datetime
) -> Cosignature:
    """Joint à une tête la signature d'un témoin ; la première arrivée reste."""
    return Cosignature.objects.get_or_create(
        point=point, temoin=temoin, defaults={"ligne": ligne, "recue_le": recue_le}
    )[0]


def inscrire_un_tirage(
    tirage: Tirage, registre: ASceller, *, sujet: str, organisme: str, par: Acteur, le: datetime
) -> None:
    """Garde les fichiers d'un registre, inscrit leurs empreintes,
    et remplit le tirage, que l'appelant tient sous verrou.
    """
    documents = {extension: garder(contenu) for extension, contenu in registre.octets.items()}
    ecriture = journaliser(
        registre.acte,
        sujet=sujet,
        organisme=organisme,
        par=par,
        le=le,
        donnees={
            "tirage": tirage.numero,
            registre.compte: registre.nombre,
            "documents": {
                extension: empreinte_de(document) for extension, document in documents.items()
            },
        },
    )
    tirage.sha256, tirage.nombre, tirage.documents = (
        documents["csv"]["sha256"],
        registre.nombre,
        documents,
    )
    tirage.scelle_le, tirage.ecriture = le, ecriture.numero
    tirage.save()
    engager_les_lignes(sujet=sujet, par=par, le=le)
    # Sans tête signée, le journal public ne montrerait cette écriture qu'à la suivante.
    signer_un_point_de_controle(le=le)
