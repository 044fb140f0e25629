"""Ce qui peut suivre un impayé, quand, et pourquoi (convention, art. 4 et 5).

Rien n'est automatique : un agent agit.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from beffroi.centre.impayes.rules.delais import (
    Arret,
    Delais,
    arret_en_cours,
    jour_atteint,
    lendemain,
)
from beffroi.centre.impayes.states import Etat
from droit.citation import Document
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

ART_4, ART_5 = Document("convention, art. 4"), Document("convention, art. 5")
RIEN = Decimal(0)
DECISIONS = frozenset({"decider_le_blocage", "decider_la_fin"})


@dataclass(frozen=True)
class Situation:
    """Une contribution impayée, telle que les règles la voient.

    `etat` vide : rien n'est encore engagé.
    """

    montant: Decimal
    reste: Decimal
    echeance: date | None
    etat: str = ""
    relancee_le: date | None = None
    en_demeure_le: date | None = None
    arrets: tuple[Arret, ...] = ()
    # Ce qu'il faut éclaircir avant de réclamer : un titre qui manque, un encaissement à rapprocher.
    obstacle: str = ""
    delais: Delais = field(default_factory=Delais)


@dataclass(frozen=True)
class Prochain:
    """Le prochain acte possible, son premier jour (rien :
    une contestation le retient), et pourquoi.
    """

    acte: str
    des: date | None
    motifs: tuple[Motif, ...] = ()

    def est_possible(self, le: date) -> bool:
        return bool(self.acte) and self.des is not None and self.des <= le


def prochain(situation: Situation) -> Prochain:
    """L'acte qui vient dans l'ordre. Une preuve attendue se note dès qu'elle arrive."""
    if situation.etat == "":
        return _relance(situation)
    if situation.etat == Etat.RELANCEE:
        return _mise_en_demeure(situation)
    if situation.etat == Etat.EN_DEMEURE:
        return _decision(situation)
    if situation.etat == Etat.DEMEURE_ENVOYEE:
        motif = Motif(
            "Les jours pour payer courent de la réception, ou de la première présentation, "
            "lue sur la preuve."
        )
        return Prochain("noter_la_reception", situation.relancee_le, (motif,))
    if situation.etat in {Etat.BLOCAGE_DECIDE, Etat.FIN_DECIDEE}:
        motif = Motif(
            "La décision prend effet le jour où elle est notifiée, lu sur la preuve.", ART_5
        )
        return Prochain("notifier", situation.en_demeure_le, (motif,))
    if situation.etat == Etat.BLOQUEE:
        motif = Motif(
            "Le paiement lève le blocage. Sans lui, le président peut mettre fin à la convention.",
            ART_5,
        )
        return Prochain("decider_la_fin", _des_la_decision(situation), (motif,))
    return Prochain("", None, (Motif("La convention est finie. La somme reste due."),))


def _relance(situation: Situation) -> Prochain:
    jours = situation.delais.avant_relance
    if situation.echeance is None:
        return Prochain(
            "relancer",
            None,
            (Motif("La réception de l'appel n'est pas notée : l'échéance ne court pas.", ART_4),),
        )
    texte = f"{jours} jours après l'échéance du {en_toutes_lettres(situation.echeance)}."
    des = jour_atteint(situation.echeance, jours, situation.arrets)
    return Prochain("relancer", des, (Motif(texte, ART_4), *_decompte(situation)))


def _mise_en_demeure(situation: Situation) -> Prochain:
    relancee, jours = situation.relancee_le, situation.delais.apres_relance
    if relancee is None:
        raise ValueError("Une contribution relancée a la date de son rappel.")
    texte = (
        f"Le rappel du {en_toutes_lettres(relancee)} laisse {jours} jours pour payer ou contester."
    )
    des = lendemain(jour_atteint(relancee, jours, situation.arrets))
    return Prochain("mettre_en_demeure", des, (Motif(texte), *_decompte(situation)))


def _decision(situation: Situation) -> Prochain:
    recue = situation.en_demeure_le
    if recue is None:
        raise ValueError("Une mise en demeure reçue a la date de sa réception.")
    texte = (
        f"La mise en demeure, reçue le {en_toutes_lettres(recue)}, "
        f"laisse {situation.delais.en_demeure} jours pour payer. "
        "Ensuite le président décide, et motive."
    )
    return Prochain(
        "decider", _des_la_decision(situation), (Motif(texte, ART_5), *_decompte(situation))
    )


def _des_la_decision(situation: Situation) -> date | None:
    if situation.en_demeure_le is None:
        return None
    return lendemain(
        jour_atteint(situation.en_demeure_le, situation.delais.en_demeure, situation.arrets)
    )


def _decompte(situation: Situation) -> tuple[Motif, ...]:
    if not situation.arrets:
        return ()
    return (Motif("Les jours d'une contestation, jusqu'à sa réponse, ne comptent pas."),)


def permise(acte: str, situation: Situation, *, le: date) -> Decision:
    """Cet acte, ce jour-là : la somme est due, rien ne la conteste, et son jour est venu."""
    arret = arret_en_cours(situation.arrets, le)
    if situation.montant <= RIEN:
        return Decision.refus(
            Motif(
                "Cette contribution est gratuite : elle ne peut pas être en défaut de paiement.",
                ART_4,
            )
        )
    if situation.reste <= RIEN:
        return Decision.refus(Motif("Tout est payé : il n'y a plus rien à poursuivre."))
    if situation.obstacle:
        return Decision.refus(Motif(situation.obstacle))
    if situation.echeance is None:
        return Decision.refus(*prochain(situation).motifs)
    if arret:
        depuis = en_toutes_lettres(arret.du)
        return Decision.refus(
            Motif(f"Cette somme est contestée depuis le {depuis} : répondez d'abord.", ART_5)
        )
    return _son_jour(acte, situation, le=le)


def _son_jour(acte: str, situation: Situation, *, le: date) -> Decision:
    attendu = prochain(situation)
    if attendu.acte not in ({"decider", "decider_la_fin"} if acte in DECISIONS else {acte}):
        return Decision.accord()  # L'état le refusera : le cycle dit quel acte est possible.
    if attendu.des is not None and le < attendu.des:
        premier = f"Trop tôt : possible à partir du {en_toutes_lettres(attendu.des)}. "
        return Decision.refus(Motif(premier + attendu.motifs[0].texte, attendu.motifs[0].source))
    return Decision.accord()
