"""Recevoir une question, taire son auteur, publier une réponse qui ne désigne personne."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from beffroi.achat.consultations.states import Etat
from beffroi.socle.budgets.rules import Budget
from droit.citation import Article
from droit.decision import Decision, Motif
from formats import tailles

SIGNES_PAR_TEXTE = 10_000
# Un garde-fou de place, loin au-dessus de ce que demande un candidat :
# il ne retient aucune entreprise qui répond.
QUESTIONS_PAR_ENTREPRISE = 100
LIENS_DEMANDES = Budget(
    acte="questions.demander",
    par_reseau=100,
    en_tout=500,
    sinon="Connectez-vous pour demander aussitôt.",
)
QUESTIONS_PAR_LIEN = Budget(
    acte="questions.sans_compte",
    par_reseau=20,
    en_tout=60,
    lignes=1,
    sinon="Connectez-vous, ou écrivez à l'acheteur, à l'adresse de la consultation.",
    par="lien",
)
LETTRES_D_UN_NOM_RECONNU = 4
# Un lien qui n'a rien demandé ne vaut plus rien, et son adresse s'efface.
VIE_D_UN_LIEN = timedelta(hours=48)


_TRACES = (
    ("une adresse électronique", re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")),
    (
        "un numéro de téléphone",
        re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\-]?[1-9](?:[\s.\-]?\d{2}){4}(?!\d)"),
    ),
    (
        "un numéro SIREN ou SIRET",
        re.compile(r"(?<!\d)\d{3}[\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{5})?(?!\d)"),
    ),
    ("un numéro de TVA", re.compile(r"\bFR[\s]?[0-9A-Z]{2}[\s]?\d{3}[\s]?\d{3}[\s]?\d{3}\b")),
    ("une adresse de site", re.compile(r"(?i)\b(?:https?://|www\.)\S+")),
    (
        "une forme de société",
        re.compile(r"\b(?:SARL|S\.A\.R\.L\.|SASU|SAS|EURL|SCOP|SNC|GmbH|Ltd)\b"),
    ),
)


def peut_recevoir_une_question(*, etat: str) -> Decision:
    """Une question se pose sur une consultation publiée,
    tant que les réponses ne s'ouvrent pas (CCP, annexe 7).
    """
    if etat in (Etat.PUBLIEE, Etat.CLOSE):
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Cette consultation ne reçoit plus de question : la procédure est passée à la suite, "
            "ou est finie."
        )
    )


def question_recevable(*, texte: str, deja_posees: int) -> Decision:
    """Une question dit quelque chose, et reste sous les limites annoncées."""
    return Decision.selon(
        Motif("Écrivez votre question.") if not texte.strip() else None,
        Motif(
            f"Votre question dépasse {tailles.nombre(SIGNES_PAR_TEXTE)} signes. "
            "Joignez le reste dans un fichier."
        )
        if len(texte) > SIGNES_PAR_TEXTE
        else None,
        Motif(
            f"Vous avez déjà posé {QUESTIONS_PAR_ENTREPRISE} questions ici. Écrivez à l'acheteur, "
            "à l'adresse "
            "de la consultation."
        )
        if deja_posees >= QUESTIONS_PAR_ENTREPRISE
        else None,
    )


def est_hors_delai(*, recue_le: datetime, limite: datetime | None) -> bool:
    """Après la date limite des questions, elle est reçue et signalée :
    l'acheteur décide (CCP, art. R. 2132-6).
    """
    return limite is not None and recue_le > limite


def auteur_connu_de_l_acheteur(*, limite: datetime, maintenant: datetime) -> bool:
    """Avant l'heure limite, savoir qui demande apprend qui répondra :
    l'acheteur lit la question sans son auteur.
    """
    return maintenant > limite


def traces_d_identite(texte: str, *, noms: Iterable[str] = ()) -> tuple[str, ...]:
    """Ce qui, dans un texte, pourrait désigner une entreprise :
    à relire avant de le rendre public.
    """
    trouvees = [quoi for quoi, motif in _TRACES if motif.search(texte)]
    replie = texte.casefold()
    trouvees += [f"le nom d'une entreprise, « {nom} »" for nom in noms if nom.casefold() in replie]
    return tuple(trouvees)


def peut_etre_publiee(
    *, question: str, reponse: str, suite: str, motif: str, traces: tuple[str, ...], relue: bool
) -> Decision:
    """Publique, une réponse est entière, dit si le dossier change,
    et ne désigne personne (CCP, art. R. 2132-6).
    """
    return Decision.selon(
        Motif("Écrivez la question telle que tous la liront.") if not question.strip() else None,
        Motif("Écrivez votre réponse.") if not reponse.strip() else None,
        Motif("Dites si un document ou l'heure limite doit changer.", Article("CCP", "R. 2151-4"))
        if not suite
        else None,
        Motif("Dites pourquoi rien ne change.", Article("CCP", "R. 2151-4"))
        if suite == "non" and not motif.strip()
        else None,
        Motif(f"Ce texte contient {', '.join(traces)}. Retirez-le, ou cochez « J'ai relu ».")
        if traces and not relue
        else None,
    )


def peut_etre_ecartee(*, motif: str) -> Decision:
    """L'auteur d'une question écartée lit pourquoi."""
    return Decision.selon(
        Motif("Dites pourquoi : l'auteur de la question le lira.") if not motif.strip() else None
    )
