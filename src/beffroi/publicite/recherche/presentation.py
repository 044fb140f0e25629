"""Ce que les pages montrent d'une recherche : ses filtres, ses lignes, ses phrases.

Aucune décision ici.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from beffroi.publicite.recherche import index, queries
from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee
from beffroi.publicite.recherche.queries import Resultats
from beffroi.publicite.recherche.rules.requete import (
    CLOSES,
    OUVERTES,
    SANS_SUITE,
    TOUTES,
    Lecture,
    Recherche,
)
from formats import dates, tailles
from formats.pluriels import compter

ETATS = {
    OUVERTES: "Consultations ouvertes",
    CLOSES: "Consultations closes",
    SANS_SUITE: "Consultations sans suite",
    TOUTES: "Toutes les consultations",
}
_NOMS = {"cpv": "code CPV", "lieu": "lieu", "dep": "département", "acheteur": "acheteur"}


class Filtre(NamedTuple):
    """Un critère demandé, et l'adresse de la même recherche sans lui."""

    libelle: str
    url: str


class Ligne(NamedTuple):
    """Une fiche dans une liste.

    `reste` est vide quand elle n'est plus ouverte ; `etat` le dit alors.
    """

    objet: str
    url: str
    acheteur: str
    url_acheteur: str
    limite: datetime
    reste: str
    unite: str
    ferme_aujourd_hui: bool
    etat: str
    traits: tuple[str, ...]


class Choix(NamedTuple):
    valeur: str
    libelle: str
    choisi: bool


class PageDeListe(NamedTuple):
    """Tout ce que la liste montre : deux pages égales se lisent pareil."""

    recherche: Recherche
    titre: str
    compte: str
    lignes: tuple[Ligne, ...]
    filtres: tuple[Filtre, ...]
    corrections: tuple[queries.Correction, ...]
    inconnus: tuple[str, ...]
    ecartes: tuple[str, ...]
    numero: int
    nombre_de_pages: int
    plafonne: bool
    ailleurs: int


def page_de_liste(lecture: Lecture, *, page: str, le: datetime) -> PageDeListe:
    recherche = lecture.recherche
    numero, ecartes = numero_de_page(page)
    lus = queries.resultats(recherche, le=le, page=numero)
    if numero > lus.nombre_de_pages:
        numero, ecartes = 1, (f"Il n'y a pas de page {numero} : voici la première.",)
        lus = queries.resultats(recherche, le=le)
    ailleurs = 0
    if (
        not lus.fiches
        and recherche.etat == OUVERTES
        and not recherche.est_vide
        and not lus.inconnus
    ):
        ailleurs = queries.resultats(_dans_tous_les_etats(recherche), le=le, par_page=0).nombre
    return PageDeListe(
        recherche=recherche,
        titre=ETATS[recherche.etat],
        compte=compte(lus),
        lignes=tuple(ligne(fiche, le) for fiche in lus.fiches),
        filtres=filtres(recherche),
        corrections=lus.corrections,
        inconnus=lus.inconnus,
        ecartes=(*lecture.ecartes, *ecartes),
        numero=numero,
        nombre_de_pages=lus.nombre_de_pages,
        plafonne=lus.plafonne,
        ailleurs=ailleurs,
    )


def _dans_tous_les_etats(recherche: Recherche) -> Recherche:
    return replace(recherche, etat=TOUTES)


def numero_de_page(texte: str) -> tuple[int, tuple[str, ...]]:
    """Le numéro demandé ; illisible, la première page, et une phrase."""
    dernier = index.PLAFOND // queries.PAR_PAGE
    if not texte:
        return 1, ()
    if texte.isascii() and texte.isdigit() and len(texte) <= 4 and 1 <= int(texte) <= dernier:
        return int(texte), ()
    return 1, (f"« {texte[:40]} » n'est pas un numéro de page : voici la première.",)


def compte(lus: Resultats) -> str:
    if lus.plafonne:
        return f"Plus de {tailles.nombre(lus.nombre)} consultations"
    return "Une consultation" if lus.nombre == 1 else compter(lus.nombre, "consultation")


def filtres(recherche: Recherche) -> tuple[Filtre, ...]:
    """Chaque critère demandé, en toutes lettres, avec de quoi le retirer seul."""
    return tuple(
        Filtre(libelle(critere, valeur), adresse(recherche.sans(critere)))
        for critere, valeur in recherche.criteres().items()
    )


def libelle(critere: str, valeur: str | date) -> str:
    if critere == "q":
        return f"« {valeur} »"
    if critere == "nature":
        return queries.natures().get(str(valeur), str(valeur))
    if critere == "procedure":
        return queries.procedures().get(str(valeur), str(valeur))
    if critere == "etat":
        return ETATS[str(valeur)]
    if isinstance(valeur, date):
        borne = "au plus tard le" if critere == "avant" else "à partir du"
        return f"heure limite {borne} {dates.jour(datetime.combine(valeur, time(12), dates.PARIS))}"
    return f"{_NOMS[critere]} {valeur}"


def en_clair(recherche: Recherche) -> str:
    """« « toiture », lieu Bomy, Travaux » ; vide quand rien n'est cherché."""
    return ", ".join(libelle(critere, valeur) for critere, valeur in recherche.criteres().items())


def adresse(recherche: Recherche, nom: str = "recherche:liste", **autres: object) -> str:
    """L'adresse d'une recherche, d'un flux ou d'un calendrier de cette recherche."""
    requete = "&".join(
        filter(None, [recherche.ecrire(), *(f"{cle}={valeur}" for cle, valeur in autres.items())])
    )
    return f"{reverse(nom)}?{requete}" if requete else reverse(nom)


def alerte(recherche: Recherche) -> str:
    """Où demander à recevoir cette recherche par courriel ; ce qui est clos ne s'annonce pas."""
    return adresse(replace(recherche, etat=OUVERTES), "alertes:garder")


def choix(possibles: dict[str, str], choisi: str, *, tous: str = "") -> list[Choix]:
    """Les options d'un menu, la première pour ne pas choisir."""
    options = {"": tous, **possibles} if tous else possibles
    return [Choix(valeur, nom, valeur == choisi) for valeur, nom in options.items()]


def ligne(fiche: FicheIndexee, le: datetime) -> Ligne:
    reste, unite = _reste(fiche, le)
    lots = compter(fiche.nombre_de_lots, "lot") if fiche.nombre_de_lots else "sans lot"
    modifiee = (f"modifiée le {dates.jour(fiche.modifiee_le)}",) if fiche.versions else ()
    return Ligne(
        objet=fiche.titre,
        url=f"/consultations/{fiche.reference}/",
        acheteur=fiche.acheteur,
        url_acheteur=reverse("recherche:acheteur", args=(fiche.siren,)),
        limite=fiche.limite,
        reste=reste,
        unite=unite,
        ferme_aujourd_hui=bool(reste) and dates.jour(fiche.limite) == dates.jour(le),
        etat="" if reste else ("Sans suite" if fiche.sans_suite_le else "Close"),
        traits=tuple(
            filter(None, [queries.natures().get(fiche.nature, ""), lots, fiche.lieu, *modifiee])
        ),
    )


def _reste(fiche: FicheIndexee, le: datetime) -> tuple[str, str]:
    duree = fiche.limite - le
    if fiche.sans_suite_le or duree.total_seconds() < 0:
        return "", ""
    if duree.days:
        return str(duree.days), "jour" if duree.days == 1 else "jours"
    heures = int(duree.total_seconds() // 3600)
    return (
        f"{heures}\N{NO-BREAK SPACE}h" if heures else "moins d'1\N{NO-BREAK SPACE}h"
    ), "avant la fin"


# ---------------------------------------------------------------- acheteurs


class AcheteurAffiche(NamedTuple):
    nom: str
    url: str
    ou: str
    ouvertes: int


class PageDAcheteurs(NamedTuple):
    nom: str
    acheteurs: tuple[AcheteurAffiche, ...]
    nombre: int
    numero: int
    precedente: str
    suivante: str


class PageDAcheteur(NamedTuple):
    nom: str
    siren: str
    ville: str
    ouvertes: tuple[Ligne, ...]
    compte_des_ouvertes: str
    autres_ouvertes: bool
    closes: tuple[Ligne, ...]
    compte_des_closes: str
    autres_closes: bool


def page_d_acheteurs(nom: str, *, numero: int, par_page: int, le: datetime) -> PageDAcheteurs:
    trouves, debut = queries.acheteurs(nom), par_page * (numero - 1)
    nombre = trouves.count()
    tranche = list(trouves[debut : debut + par_page])
    ouvertes = queries.nombres_d_ouvertes([acheteur.siren for acheteur in tranche], le=le)
    ici = reverse("recherche:acheteurs")
    return PageDAcheteurs(
        nom=nom,
        acheteurs=tuple(
            AcheteurAffiche(
                acheteur.nom,
                reverse("recherche:acheteur", args=(acheteur.siren,)),
                acheteur.ville,
                ouvertes.get(acheteur.siren, 0),
            )
            for acheteur in tranche
        ),
        nombre=nombre,
        numero=numero,
        precedente=f"{ici}?{urlencode({'q': nom, 'page': numero - 1})}" if numero > 1 else "",
        suivante=f"{ici}?{urlencode({'q': nom, 'page': numero + 1})}"
        if debut + par_page < nombre
        else "",
    )


def page_d_acheteur(
    acheteur: AcheteurIndexe, ouvertes: Recherche, closes: Recherche, *, apercu: int, le: datetime
) -> PageDAcheteur:
    en_cours = queries.resultats(ouvertes, le=le)
    passees = queries.resultats(closes, le=le, par_page=apercu)
    return PageDAcheteur(
        nom=acheteur.nom,
        siren=acheteur.siren,
        ville=acheteur.ville,
        ouvertes=tuple(ligne(fiche, le) for fiche in en_cours.fiches),
        compte_des_ouvertes=compte(en_cours),
        autres_ouvertes=en_cours.nombre > len(en_cours.fiches),
        closes=tuple(ligne(fiche, le) for fiche in passees.fiches),
        compte_des_closes=compte(passees),
        autres_closes=passees.nombre > len(passees.fiches),
    )
