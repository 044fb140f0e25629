"""Dans quel ordre les choses arrivent, et les délais qu'elles ouvrent."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from droit.calendrier.jours import jours_apres, mois_apres
from droit.citation import Article, Source
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu

# Pour prévoir la suite : une consultation se prépare des mois avant qu'un contrat ne finisse.
ALERTES_DU_TERME_EN_MOIS = (6, 3, 1)


@dataclass(frozen=True)
class Echeance:
    """Ce qui est dû, pour quel jour, et le texte qui le dit."""

    quoi: str
    le: date
    source: Source


def signature_recevable(
    *, le: date, aujourd_hui: date, titulaire: date | None = None, au_plus_tot: date | None = None
) -> Decision:
    """Une signature n'est pas à venir ; l'acheteur signe après le titulaire."""
    return Decision.selon(
        Motif("Cette signature est à venir. Notez-la le jour venu.") if le > aujourd_hui else None,
        Motif(
            f"Le titulaire a signé le {en_toutes_lettres(titulaire)} : "
            "l'acheteur ne signe pas avant lui."
        )
        if titulaire and le < titulaire
        else None,
        Motif(
            f"Ce contrat ne peut être signé qu'à partir du {en_toutes_lettres(au_plus_tot)}.",
            Article("CCP", "R. 2182-1"),
        )
        if au_plus_tot and le < au_plus_tot
        else None,
    )


def dates_en_ordre(
    *, signe: date | None, transmis: date | None, notifie: date | None, aujourd_hui: date
) -> Decision:
    """Pour un contrat conclu ailleurs :
    signé, transmis s'il le fallait, notifié, et rien à venir.
    """
    notees = [jour for jour in (signe, transmis, notifie) if jour]
    return Decision.selon(
        Motif("Une de ces dates est à venir. Notez-la le jour venu.")
        if any(j > aujourd_hui for j in notees)
        else None,
        Motif("Signature, transmission, notification : ces dates se suivent dans cet ordre.")
        if notees != sorted(notees)
        else None,
        Motif("Un contrat transmis ou notifié a été signé : donnez la date de signature.")
        if notees and not signe
        else None,
    )


def avis_d_attribution(
    *, signe: date, notifie: date | None = None, nature: str, formalise: bool, concession: bool
) -> Echeance | None:
    """Trente jours après la signature d'un marché formalisé (CCP, art. R. 2183-1) ; quarante-huit
    jours après la notification d'une concession au-dessus du seuil (art. R. 3125-6) : tant qu'elle
    n'est pas notifiée, rien ne court.
    """
    depart = notifie if concession else signe
    if not formalise or nature == "marche_subsequent" or depart is None:
        return None
    try:
        jours = Droit.au(depart).valeur(
            f"avis.attribution.{'concession' if concession else 'marche'}"
        )
    except DroitInconnu:
        return None
    return Echeance("Avis d'attribution", jours_apres(depart, jours.entier), jours.article)


def donnees_essentielles(*, notifie: date, montant: Decimal, concession: bool) -> Echeance | None:
    """Deux mois après la notification, à partir du seuil ;
    une concession, avant le début de son exécution.
    """
    try:
        droit = Droit.au(notifie)
        if concession:
            return Echeance(
                "Données essentielles",
                notifie,
                droit.valeur("donnees_essentielles.concession").article,
            )
        if montant < droit.valeur("seuil.donnees_essentielles").entier:
            return None
        mois = droit.valeur("donnees_essentielles.marche")
    except DroitInconnu:
        return None
    return Echeance("Données essentielles", mois_apres(notifie, mois.entier), mois.article)


def terme(*, effet: date, mois: int) -> date:
    """Le dernier jour : la veille du même quantième, tant de mois après la prise d'effet."""
    return jours_apres(mois_apres(effet, mois), -1)


def alerte_du_terme(fin: date, *, le: date) -> int | None:
    """Le plus court des préavis déjà commencés, en mois ; rien si le terme est loin, ou passé."""
    if le > fin:
        return None
    dues = [mois for mois in ALERTES_DU_TERME_EN_MOIS if mois_apres(fin, -mois) <= le]
    return min(dues, default=None)


def fiche_due(*, notifie: date, montant: Decimal) -> bool:
    """Une fiche se prépare dès le seuil de la liste annuelle ;
    au-dessous, rien n'est exigé (R. 2196-1).
    """
    try:
        return (
            montant >= Droit.au(notifie).valeur("seuil.donnees_essentielles.liste_annuelle").entier
        )
    except DroitInconnu:
        return False
