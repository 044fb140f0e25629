"""Les réponses toutes prêtes, et les questions qui reviennent, publiées pour tous."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from beffroi.service.assistance.models import Demande, ModeleDeReponse, QuestionFrequente
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class Modele:
    categorie: str
    titre: str
    texte: str


@dataclass(frozen=True)
class Frequente:
    categorie: str
    question: str
    reponse: str


@transaction.atomic
def ecrire_un_modele(
    *, modele: ModeleDeReponse | None, saisie: Modele, par: Acteur, maintenant: datetime
) -> ModeleDeReponse:
    """Écrit une réponse toute prête, ou la récrit. Deux modèles n'ont pas le même titre."""
    autre = ModeleDeReponse.objects.filter(titre__iexact=saisie.titre.strip()).first()
    if autre is not None and autre != modele:
        raise RegleEnfreinte(
            "Un modèle porte déjà ce titre. Changez-le, ou modifiez l'autre modèle."
        )
    modele = modele or ModeleDeReponse()
    for champ, valeur in asdict(saisie).items():
        setattr(modele, champ, valeur.strip())
    modele.retire_le = None
    modele.save()
    journaliser(
        "modele.ecrire",
        sujet=modele.reference,
        par=par,
        le=maintenant,
        donnees={"titre": modele.titre},
    )
    return modele


@transaction.atomic
def retirer_un_modele(
    *, modele: ModeleDeReponse, par: Acteur, maintenant: datetime
) -> ModeleDeReponse:
    """Il ne se propose plus ; ce qui en est parti reste."""
    modele = verrouiller(modele)
    if modele.retire_le is None:
        modele.retire_le = maintenant
        modele.save(update_fields=["retire_le"])
        journaliser("modele.retirer", sujet=modele.reference, par=par, le=maintenant)
    return modele


@transaction.atomic
def publier_une_question(
    *, saisie: Frequente, demande: Demande | None, par: Acteur, maintenant: datetime
) -> QuestionFrequente:
    """Rend publique une question qui revient.

    L'agent l'a récrite : rien n'y vient de la personne sans qu'il l'ait relu.
    """
    champs = {champ: valeur.strip() for champ, valeur in asdict(saisie).items()}
    deja = QuestionFrequente.objects.filter(question=champs["question"], retiree_le=None).first()
    if deja is not None:
        return deja
    question = QuestionFrequente.objects.create(**champs, demande=demande, publiee_le=maintenant)
    donnees = {"question": question.question, "demande": demande.reference if demande else ""}
    journaliser(
        "question_frequente.publier",
        sujet=question.reference,
        par=par,
        le=maintenant,
        donnees=donnees,
    )
    return question


@transaction.atomic
def retirer_une_question(
    *, question: QuestionFrequente, par: Acteur, maintenant: datetime
) -> QuestionFrequente:
    question = verrouiller(question)
    if question.retiree_le is None:
        question.retiree_le = maintenant
        question.save(update_fields=["retiree_le"])
        journaliser("question_frequente.retirer", sujet=question.reference, par=par, le=maintenant)
    return question
