"""Le calendrier d'une procédure : du jour où l'avis part au jour où le contrat peut être signé.

Chaque date porte son article et son explication.
Les nombres et les procédures viennent des tables ; ici, le raisonnement.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from droit.calendrier import conseils, europe, minimum, suspension
from droit.calendrier.avertissements import avertissements_de_l_heure_limite
from droit.calendrier.echeance import Echeance
from droit.calendrier.heures import PARIS
from droit.calendrier.minimum import Circonstances, DelaiMinimal
from droit.calendrier.remise import Remise, famille, remises
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit
from droit.tables import Procedure

_JOUR_CALME = (
    "Un jour calme, quand quelqu'un répond en cas de panne. Vous pouvez en choisir un autre."
)


@dataclass(frozen=True, kw_only=True)
class Etapes:
    """Les dates connues.

    `limite` est l'heure limite choisie par l'acheteur pour la dernière remise datée.
    """

    envoi: date
    invitation: date | None = None
    limite: datetime | None = None
    rejet: date | None = None
    rejet_electronique: bool = True


def etapes_qui_se_suivent(etapes: Etapes) -> Decision:
    """L'avis part, puis l'invitation, puis la dernière lettre de rejet :
    une date qui remonte le temps ne calcule rien.
    """
    connues = [
        (nom, jour)
        for nom, jour in (
            ("l'envoi de l'avis", etapes.envoi),
            ("l'envoi de l'invitation", etapes.invitation),
            ("l'envoi de la dernière lettre de rejet", etapes.rejet),
        )
        if jour
    ]
    return Decision.selon(
        *(
            Motif(
                f"{apres.capitalize()} ({en_toutes_lettres(tard)}) ne peut pas précéder {avant} "
                f"({en_toutes_lettres(tot)})."
            )
            for (avant, tot), (apres, tard) in pairwise(connues)
            if tard < tot
        )
    )


@dataclass(frozen=True, kw_only=True)
class Calendrier:
    """Les échéances dans l'ordre du temps, ce que vaut l'heure limite,
    et ce qu'il faut savoir avant de la garder.
    """

    procedure: Procedure
    etapes: Etapes
    echeances: tuple[Echeance, ...]
    limite: Decision = field(default_factory=Decision.accord)
    avertissements: tuple[Motif, ...] = ()


def calendrier(
    droit: Droit,
    procedure: Procedure,
    *,
    etapes: Etapes,
    acheteur: str,
    circonstances: Circonstances,
) -> Calendrier:
    """Toutes les dates que les étapes connues permettent de calculer (CCP,
    art. R. 2143-1, R. 2151-1 et suivants).
    """
    prevues = remises(
        droit,
        procedure,
        etapes=(etapes.envoi, etapes.invitation),
        acheteur=acheteur,
        circonstances=circonstances,
    )
    visee = next((remise for remise in reversed(prevues) if remise.depart), None)
    limite = _limite(visee, etapes=etapes, circonstances=circonstances)
    echeances = [
        *(_premiere_date(remise, circonstances=circonstances) for remise in prevues),
        *_apres_la_limite(
            droit,
            procedure,
            visee=visee,
            limite=limite,
            choisie=etapes.limite is not None,
            circonstances=circonstances,
        ),
    ]
    signature = suspension.premiere_signature(
        droit, procedure, rejet=etapes.rejet, electronique=etapes.rejet_electronique
    )
    return Calendrier(
        procedure=procedure,
        etapes=etapes,
        echeances=(*echeances, *((signature,) if signature else ())),
        limite=_jugement(visee, etapes=etapes, circonstances=circonstances),
        avertissements=avertissements_de_l_heure_limite(
            limite, alsace_moselle=circonstances.alsace_moselle
        )
        if limite
        else (),
    )


def _premiere_date(remise: Remise, *, circonstances: Circonstances) -> Echeance:
    """Le premier jour où l'heure limite peut tomber sans rien devoir à personne."""
    delai = remise.delai
    if delai is None:
        return Echeance(
            cle=f"{remise.cle}.libre",
            libelle=remise.libelle,
            pourquoi=remise.pourquoi,
            attend=remise.attend,
        )
    return Echeance(
        cle=f"{remise.cle}.minimum",
        libelle=f"{remise.libelle} : au plus tôt le",
        pourquoi=(*delai.pourquoi, _compte(delai)),
        jour=delai.premier_jour_sur(remise.depart, alsace_moselle=circonstances.alsace_moselle)
        if remise.depart
        else None,
        attend=remise.attend,
    )


def _compte(delai: DelaiMinimal) -> Motif:
    return Motif(
        (
            f"Le jour de l'envoi ne compte pas. Le {delai.jours}e jour compte en entier, "
            "reporté s'il est chômé."
        ),
        europe.COMPUTATION,
    )


def _limite(
    visee: Remise | None, *, etapes: Etapes, circonstances: Circonstances
) -> datetime | None:
    """L'heure limite choisie, ou celle que l'on conseille."""
    if etapes.limite or visee is None or visee.depart is None:
        return etapes.limite
    if visee.delai is None:
        depuis = date.fromordinal(visee.depart.toordinal() + conseils.JOURS_POUR_REPONDRE)
    else:
        depuis = visee.delai.premier_jour_sur(
            visee.depart, alsace_moselle=circonstances.alsace_moselle
        )
    return conseils.limite_conseillee(depuis, alsace_moselle=circonstances.alsace_moselle)


def _apres_la_limite(
    droit: Droit,
    procedure: Procedure,
    *,
    visee: Remise | None,
    limite: datetime | None,
    choisie: bool,
    circonstances: Circonstances,
) -> Iterator[Echeance]:
    if visee is None or limite is None:
        return
    jour = limite.astimezone(PARIS).date()
    reponses = _reponses(droit, procedure, visee=visee, jour=jour)
    if reponses and reponses.jour:
        yield Echeance(
            cle="questions",
            libelle="Dernières questions, au plus tard le",
            pourquoi=(
                Motif(
                    "Proposé pour laisser deux jours ouvrés à la réponse. "
                    "Vous pouvez choisir un autre jour."
                ),
            ),
            jour=conseils.dernieres_questions(
                reponses.jour, alsace_moselle=circonstances.alsace_moselle
            ),
            conseil=True,
        )
        yield reponses
    yield Echeance(
        cle="limite",
        libelle="Heure limite",
        pourquoi=(Motif("L'heure que vous avez choisie." if choisie else _JOUR_CALME),),
        jour=jour,
        instant=limite,
        conseil=not choisie,
    )


def _reponses(droit: Droit, procedure: Procedure, *, visee: Remise, jour: date) -> Echeance | None:
    """Le dernier jour pour répondre à tous,
    avant la limite des offres (CCP, art. R. 2132-6 et R. 3122-12).
    """
    if not procedure.formalisee or "offres" not in visee.cle:
        return None
    cle = "delai.renseignements_complementaires"
    if famille(procedure) == "concession":
        cle += ".concession"
    elif visee.delai is not None and visee.delai.reduit_par == "urgence":
        cle += ".urgence"
    valeur = droit.valeur(cle)
    return Echeance(
        cle="reponses",
        libelle="Dernières réponses aux questions, au plus tard le",
        pourquoi=(
            Motif(
                (
                    f"Une réponse demandée à temps part {valeur.entier} jours au plus "
                    "tard avant la limite."
                ),
                valeur.article,
            ),
            Motif("Un délai compté à rebours n'est jamais reporté.", europe.COMPUTATION),
        ),
        jour=europe.dernier_jour_avant(jour, valeur.entier),
    )


def _jugement(visee: Remise | None, *, etapes: Etapes, circonstances: Circonstances) -> Decision:
    """Ce que vaut l'heure limite choisie par l'acheteur."""
    if etapes.limite is None or visee is None or visee.depart is None or visee.delai is None:
        return Decision.accord()
    return minimum.limite_assez_tardive(
        etapes.limite.astimezone(PARIS).date(),
        depart=visee.depart,
        delai=visee.delai,
        alsace_moselle=circonstances.alsace_moselle,
    )
