"""Ce que la page « Mon entreprise » rassemble : réponses, questions, messages, pièces. Rien ne se décide ici."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from beffroi.comptes.models import Utilisateur
from beffroi.echanges.ecrans import FilAffiche, fils_affiches
from beffroi.echanges.queries import fils_recus
from beffroi.entreprises.models import Membre
from beffroi.entreprises.ports import Element, Rubrique
from beffroi.pieces.ecrans import lignes
from beffroi.questions.ecrans import etat_pour_son_auteur
from beffroi.questions.queries import visibles_de
from beffroi.reponses.avancement import Avancement
from beffroi.reponses.mes_reponses import Rubriques, rubriques
from formats import dates

LIGNES = 5


def espace(membre: Membre, *, le: datetime) -> Sequence[Rubrique]:
    """Ce que la personne a en cours, les siennes et celles de ses collègues confirmés."""
    personne = membre.utilisateur
    trouvees = [_reponses(rubriques(personne, le=le)), _questions(personne), _messages(personne, le=le)]
    if membre.confirme_le is not None:
        trouvees.append(_pieces(membre, le=le))
    return trouvees


def _reponses(mes: Rubriques) -> Rubrique:
    elements = [*_en_cours([*mes.en_danger, *mes.en_preparation]), *_deposees(mes)]
    return Rubrique(
        "reponses",
        "Vos réponses",
        "/mes-reponses/",
        "Toutes vos réponses",
        elements[:LIGNES],
        "Vous n'avez encore rien commencé. Une réponse se commence depuis la page d'une consultation.",
    )


def _en_cours(etats: Sequence[Avancement]) -> Iterator[Element]:
    mots = {
        "vide": ("gris", "Commencée"),
        "envoyee": ("danger", "Envoyée, mais pas déposée"),
        "modifiee": ("danger", "Changements non déposés"),
    }
    for etat in etats:
        ton, mot = mots.get(etat.situation, ("gris", "Commencée"))
        limite = f"heure limite le {dates.jour_et_heure_limite(etat.limite)}"
        reference = etat.brouillon.reference
        yield Element(etat.consultation.titre, f"/reponses/{reference}/", f"Réponse {reference}, {limite}", ton, mot)


def _deposees(mes: Rubriques) -> Iterator[Element]:
    for pli in mes.deposees:
        recu = f"Récépissé {pli.reference}, reçu le {dates.jour(pli.recu_le)} à {dates.heure_limite(pli.recu_le)}"
        ton, mot = ("attention", "Déposée hors délai") if pli.hors_delai else ("ok", "Déposée")
        yield Element(pli.consultation.titre, f"/depots/{pli.reference}/", recu, ton, mot)


def _questions(personne: Utilisateur) -> Rubrique:
    elements = []
    for question in visibles_de(personne)[:LIGNES]:
        ton, mot, _ = etat_pour_son_auteur(question)
        precision = f"{question.consultation.titre}, reçue le {dates.jour(question.recue_le)}"
        elements.append(
            Element(f"Question {question.reference}", f"/questions/{question.reference}/", precision, ton, mot)
        )
    vide = "Vous n'avez posé aucune question. Elle se pose depuis la page d'une consultation."
    return Rubrique("questions", "Vos questions", "/questions/", "Toutes vos questions", elements, vide)


def _messages(personne: Utilisateur, *, le: datetime) -> Rubrique:
    recus = list(fils_recus(personne)[:LIGNES])
    elements = [_message(affiche) for affiche in fils_affiches(recus, de=personne, le=le)]
    vide = "Aucun acheteur ne vous a encore écrit. Un courriel vous préviendra."
    return Rubrique("messages", "Vos messages", "/messages/", "Tous vos messages", elements, vide)


def _message(affiche: FilAffiche) -> Element:
    consultation = affiche.fil.consultation
    precision = f"{consultation.organisme}, {consultation.reference}, dernier courrier le {dates.jour(affiche.le)}"
    return Element(
        consultation.titre, f"/messages/{affiche.fil.reference}/", precision, affiche.etat.ton, affiche.etat.mot
    )


def _pieces(membre: Membre, *, le: datetime) -> Rubrique:
    elements = [
        Element(
            ligne.piece.intitule,
            f"/entreprise/pieces/{ligne.piece.reference}/",
            ligne.version.nom,
            ligne.ton,
            ligne.mot,
        )
        for ligne in lignes(membre.etablissement, le=le)[:LIGNES]
    ]
    vide = "Vous ne gardez encore aucune pièce. Gardez celles que chaque acheteur redemande."
    return Rubrique("pieces", "Nos pièces", "/entreprise/pieces/", "Toutes nos pièces", elements, vide)
