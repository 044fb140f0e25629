"""Déposer un tableur, le redéposer corrigé, corriger une case, départager deux lignes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.centre.reprises import lecture, queries
from beffroi.centre.reprises.lecture import LigneLue, Tableau
from beffroi.centre.reprises.models import LigneDeReprise, Reprise
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import garder
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS
from formats.illisible import Illisible


@transaction.atomic
def deposer(*, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime) -> Reprise:
    """Garde un tableur lisible, ligne à ligne. Aucune convention n'existe encore."""
    tableau = _lu(nom, octets)
    reprise = garder(
        Reprise,
        lire=lambda _: tableau,
        cle=nouvelle_cle("import"),
        nom=nom,
        octets=octets,
        par=par,
        maintenant=maintenant,
        ignorees=[entete[:80] for entete in tableau.ignorees],
    )
    LigneDeReprise.objects.bulk_create(
        [_ligne(reprise, lue, lue.numero) for lue in tableau.lignes], batch_size=500
    )
    donnees = {"sha256": reprise.sha256, "nom": reprise.nom, "lignes": len(tableau.lignes)}
    _noter("deposer", reprise, par=par, le=maintenant, donnees=donnees)
    return reprise


def _lu(nom: str, octets: bytes) -> Tableau:
    try:
        return lecture.lire(octets, nom)
    except Illisible as illisible:
        raise RegleEnfreinte(str(illisible)) from illisible


def _ligne(reprise: Reprise, lue: LigneLue, numero: int) -> LigneDeReprise:
    valeurs = {nom: texte for nom, texte in lue.valeurs.items() if nom != "ligne"}
    return LigneDeReprise(reprise=reprise, numero=numero, valeurs=valeurs, autres={**lue.autres})


def _noter(
    acte: str, reprise: Reprise, *, par: Utilisateur, le: datetime, donnees: Mapping[str, object]
) -> None:
    journaliser(f"reprise.{acte}", sujet=reprise.reference, par=par.acteur, le=le, donnees=donnees)


@transaction.atomic
def redeposer(
    *, reprise: Reprise, nom: str, octets: bytes, par: Utilisateur, maintenant: datetime
) -> int:
    """Remplace des lignes par celles d'un tableur corrigé ; rend leur nombre.

    Un tableur qui dit ses numéros de ligne ne remplace que celles-là ; un autre les remplace
    toutes. Ce qu'une vague tient ne bouge pas.
    """
    tableau = _lu(nom, octets)
    reprise = verrouiller(reprise)
    actuelles = {ligne.numero: ligne for ligne in queries.lignes_de(reprise)}
    tenues = {numero for numero, ligne in actuelles.items() if ligne.vague_id is not None}
    if tableau.numerotees:
        remplacees = _remplacer(actuelles, tenues, tableau)
    else:
        if tenues:
            raise RegleEnfreinte(
                "Des lignes de ce tableur sont déjà dans une vague. Téléchargez les lignes à "
                "corriger, corrigez-les, puis redéposez ce fichier-là."
            )
        LigneDeReprise.objects.filter(reprise=reprise).delete()
        remplacees = [_ligne(reprise, lue, lue.numero) for lue in tableau.lignes]
        LigneDeReprise.objects.bulk_create(remplacees, batch_size=500)
    donnees = {"nom": nom[:120], "lignes": len(remplacees), "toutes": not tableau.numerotees}
    _noter("redeposer", reprise, par=par, le=maintenant, donnees=donnees)
    return len(remplacees)


def _remplacer(
    actuelles: Mapping[int, LigneDeReprise], tenues: set[int], tableau: Tableau
) -> list[LigneDeReprise]:
    remplacees = []
    for lue in tableau.lignes:
        dit = lue.valeurs.get("ligne", "").strip()
        ligne = actuelles.get(int(dit)) if dit.isdecimal() and len(dit) < 9 else None
        if ligne is None or ligne.numero in tenues:
            raise RegleEnfreinte(
                f"Ligne {lue.numero} du fichier : « {dit[:20]} » n'est pas le numéro d'une ligne "
                "à corriger ici. Rien n'est changé."
            )
        ligne.valeurs = {nom: texte for nom, texte in lue.valeurs.items() if nom != "ligne"}
        ligne.laissee, ligne.refus = "", ""
        remplacees.append(ligne)
    if len({ligne.numero for ligne in remplacees}) < len(remplacees):
        raise RegleEnfreinte("Deux lignes du fichier portent le même numéro. Rien n'est changé.")
    LigneDeReprise.objects.bulk_update(remplacees, ["valeurs", "laissee", "refus"], batch_size=200)
    return remplacees


@transaction.atomic
def corriger(
    *,
    reprise: Reprise,
    cases: Mapping[int, Mapping[str, str]],
    gardees: Mapping[str, int],
    par: Utilisateur,
    maintenant: datetime,
) -> int:
    """Écrit les cases corrigées, et départage les doublons ; rend le nombre de lignes changées.

    `cases` : par ligne, ses colonnes. `gardees` : par SIREN, la ligne qui vaut.
    """
    reprise = verrouiller(reprise)
    lignes = {ligne.numero: ligne for ligne in queries.lignes_de(reprise)}
    changees = _ecrire_les_cases(lignes, cases) | _departager(reprise, lignes, gardees, maintenant)
    prises = [lignes[numero] for numero in sorted(changees)]
    if any(ligne.vague_id is not None for ligne in prises):
        raise ConflitEtat(
            "Une de ces lignes est entre-temps dans une vague : rien n'est changé. Rechargez."
        )
    LigneDeReprise.objects.bulk_update(prises, ["valeurs", "laissee", "refus"], batch_size=200)
    if changees:
        _noter("corriger", reprise, par=par, le=maintenant, donnees={"lignes": sorted(changees)})
    return len(changees)


def _ecrire_les_cases(
    lignes: Mapping[int, LigneDeReprise], cases: Mapping[int, Mapping[str, str]]
) -> set[int]:
    changees = set()
    for numero, dites in cases.items():
        ligne = lignes.get(numero)
        if ligne is None:
            continue
        utiles = {
            colonne: texte.strip()[: lecture.SIGNES_D_UNE_CELLULE]
            for colonne, texte in dites.items()
            if colonne in lecture.NOMS and texte.strip() != ligne.valeurs.get(colonne, "")
        }
        if utiles or ligne.refus:
            ligne.valeurs, ligne.refus = {**ligne.valeurs, **utiles}, ""
            changees.add(numero)
    return changees


def _departager(
    reprise: Reprise,
    lignes: Mapping[int, LigneDeReprise],
    gardees: Mapping[str, int],
    maintenant: datetime,
) -> set[int]:
    if not gardees:
        return set()
    vus = queries.apercu(reprise, aujourd_hui=maintenant.astimezone(PARIS).date())
    changees = set()
    for doublon in vus.doublons:
        gardee = gardees.get(doublon.siren)
        numeros = {une.numero for une in doublon.lignes}
        if gardee not in numeros:
            continue
        for numero in numeros - {gardee}:
            lignes[numero].laissee = f"Doublon : la ligne {gardee} a été gardée."
            changees.add(numero)
    return changees


@transaction.atomic
def laisser(
    *, reprise: Reprise, numero: int, par: Utilisateur, maintenant: datetime
) -> LigneDeReprise:
    """Cette ligne ne se reprendra pas, ou se reprend de nouveau si elle était laissée."""
    verrouiller(reprise)
    ligne = LigneDeReprise.objects.filter(reprise=reprise, numero=numero).first()
    if ligne is None or ligne.vague_id is not None:
        raise ConflitEtat("Cette ligne n'est plus à corriger. Rechargez la page.")
    ligne.laissee = "" if ligne.laissee else f"Laissée par {par.nom[:150]}."
    ligne.save(update_fields=["laissee"])
    donnees = {"ligne": numero, "laissee": bool(ligne.laissee)}
    _noter("laisser", reprise, par=par, le=maintenant, donnees=donnees)
    return ligne
