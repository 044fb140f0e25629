"""Lire les questions : publiques, de l'acheteur, de qui les a posées."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, TextField, Value

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.dossiers.queries import delai_de
from beffroi.achat.dossiers.rules.prolongation import (
    Prolongation,
    dernier_jour_pour_repondre,
    prolongation_appelee,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.publicite.questions import jetons, rules
from beffroi.publicite.questions.models import (
    Demandeur,
    PieceDeQuestion,
    Question,
    ReponseAQuestion,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.requetes import la_premiere, prete
from droit.decision import Decision

CLE_DES_LIENS = "question:lien:"
_ATTEND = (Q(reponse=None) | Q(reponse__publiee_le=None)) & Q(
    ecartee_le=None, consultation__etat__in=(Consultation.Etat.PUBLIEE, Consultation.Etat.CLOSE)
)

# ---------------------------------------------------------------- public


def publiees(consultation: Consultation) -> QuerySet[ReponseAQuestion]:
    """Les réponses publiques, la dernière d'abord ; rien n'y dit qui a demandé."""
    reponses = ReponseAQuestion.objects.filter(
        question__consultation=consultation, publiee_le__isnull=False
    )
    return reponses.prefetch_related("pieces").order_by("-numero")


def piece_publique(consultation: Consultation, reference: str) -> PieceDeQuestion:
    piece = PieceDeQuestion.objects.filter(
        reference=reference,
        reponse__publiee_le__isnull=False,
        reponse__question__consultation=consultation,
    ).first()
    if piece is None:
        raise Introuvable()
    return piece


# ---------------------------------------------------------------- entreprise


def visibles_de(utilisateur: Utilisateur) -> QuerySet[Question]:
    """Les siennes, et celles de ses équipes."""
    des_siennes = Q(equipe__in=equipes_de(utilisateur))
    miennes = Question.objects.filter(Q(posee_par=utilisateur) | des_siennes)
    return miennes.select_related("consultation__organisme", "reponse", "posee_par").order_by(
        "-recue_le", "-pk"
    )


def question_de(utilisateur: Utilisateur, reference: str) -> Question:
    question = visibles_de(utilisateur).filter(reference=reference).first()
    if question is None:
        raise Introuvable()
    return question


# ---------------------------------------------------------------- sans compte


def demandeur_du_lien(jeton: str, *, le: datetime) -> Demandeur:
    """L'adresse que ce lien désigne : demandé depuis moins de deux jours, ou qui a déjà servi."""
    demandeurs = Demandeur.objects.select_related("consultation__organisme")
    demandeur = demandeurs.filter(reference=jetons.reference_de(jeton)).first()
    perime = demandeur is not None and demandeur.demande_le <= le - rules.VIE_D_UN_LIEN
    if demandeur is None or (perime and not questions_du_demandeur(demandeur).exists()):
        raise Introuvable(
            "Ce lien n'est plus valable : il a plus de deux jours. Demandez-en un autre."
        )
    return demandeur


def questions_du_demandeur(demandeur: Demandeur) -> QuerySet[Question]:
    siennes = Question.objects.filter(
        consultation=demandeur.consultation_id, courriel=demandeur.courriel
    )
    return siennes.select_related("reponse").order_by("-recue_le", "-pk")


def demandeur_de(question: Question) -> Demandeur | None:
    """L'adresse qui l'a posée sans compte ; rien si un compte l'a posée."""
    return (
        question.consultation.demandeurs.filter(courriel=question.courriel).first()
        if question.courriel
        else None
    )


def demandeurs_entendus(consultation: Consultation) -> QuerySet[Demandeur]:
    """Ceux qui ont posé une question ici."""
    return consultation.demandeurs.filter(courriel__in=consultation.questions.values("courriel"))


def demandeurs_a_effacer(*, avant: datetime) -> list[Demandeur]:
    """Les adresses dont le lien, périmé, n'a rien demandé."""
    perimes = Demandeur.objects.filter(demande_le__lte=avant)
    return [demandeur for demandeur in perimes if not questions_du_demandeur(demandeur).exists()]


def liens_ecrits(courriel: str, demandeur: str = "") -> list[datetime]:
    """Quand un lien a été envoyé à cette adresse :
    pour toute consultation, ou pour ce demandeur.
    """
    ecrits = Courriel.objects.filter(
        destinataire=courriel, cle__startswith=f"{CLE_DES_LIENS}{demandeur}"
    )
    return list(ecrits.values_list("ecrit_le", flat=True))


# ---------------------------------------------------------------- acheteur


def de_l_acheteur(consultation: Consultation) -> QuerySet[Question]:
    return consultation.questions.select_related("reponse", "equipe", "posee_par")


def auteur_pour_l_acheteur(question: Question, *, le: datetime) -> str:
    """Qui a posé la question ; vide tant que l'acheteur ne doit pas le savoir."""
    if not rules.auteur_connu_de_l_acheteur(limite=question.consultation.limite, maintenant=le):
        return ""
    personne = question.posee_par
    return f"{personne.nom}, {question.equipe}" if personne else f"{question.courriel}, sans compte"


def question_pour(consultation: Consultation, reference: str) -> Question:
    question = de_l_acheteur(consultation).filter(reference=reference).first()
    if question is None:
        raise Introuvable()
    return question


def piece_recue(question: Question, reference: str) -> PieceDeQuestion:
    """Un fichier joint à la question, ou à la réponse qui se prépare."""
    pieces = PieceDeQuestion.objects.filter(Q(question=question) | Q(reponse__question=question))
    piece = pieces.filter(reference=reference).first()
    if piece is None:
        raise Introuvable()
    return piece


@prete
def ou_repondre(consultations: list[int]) -> QuerySet[Question, int]:
    """La consultation de chacune de celles qui attendent."""
    attendent = Question.objects.filter(_ATTEND, consultation__in=consultations)
    return attendent.values_list("consultation_id", flat=True)


def a_traiter(consultations: Iterable[Consultation]) -> QuerySet[Question]:
    """Ni répondues ni écartées, sur des consultations qui en reçoivent encore."""
    return Question.objects.filter(_ATTEND, consultation__in=consultations)


def compte_de(consultation: Consultation) -> tuple[int, int]:
    """Les réponses publiques, et les questions qui en attendent une."""
    return la_premiere(_comptes(consultation)) or (0, 0)


@prete
def _comptes(consultation: Consultation) -> QuerySet[Question, tuple[int, int]]:
    comptees = Question.objects.filter(consultation=consultation).order_by().values("consultation")
    return comptees.annotate(
        publiees=Count("pk", filter=Q(reponse__publiee_le__isnull=False)),
        a_traiter=Count("pk", filter=_ATTEND),
    ).values_list("publiees", "a_traiter")


def reponse_preparee(question: Question) -> ReponseAQuestion | None:
    return ReponseAQuestion.objects.filter(question=question).prefetch_related("pieces").first()


def a_repondre_avant(consultation: Consultation) -> date:
    """Le dernier jour pour répondre à tous (CCP, art. R. 2132-6 et R. 3122-12)."""
    return dernier_jour_pour_repondre(delai_de(consultation))


def prolongation_d_une_reponse(consultation: Consultation, le: datetime) -> Prolongation:
    """Ce que la loi demande du délai quand la réponse est nécessaire pour
    chiffrer (CCP, art. R. 2151-4).
    """
    return prolongation_appelee("complement", delai=delai_de(consultation), maintenant=le)


def noms_lus_dans(texte: str) -> list[str]:
    """Les entreprises inscrites dont l'acheteur a déjà lu le nom dans ce texte.

    Seul le texte reçu est regardé :
    un avertissement né du nom que l'acheteur aurait essayé lui dirait qui demande.
    """
    noms = Equipe.objects.annotate(lu=Value(texte, output_field=TextField())).filter(
        lu__icontains=F("nom")
    )
    return [
        nom
        for nom in noms.values_list("nom", flat=True)
        if len(nom) >= rules.LETTRES_D_UN_NOM_RECONNU
    ]


def traces_de(reponse: ReponseAQuestion) -> tuple[str, ...]:
    """Ce qui désignerait quelqu'un dans ce qui va devenir public, noms de fichiers compris."""
    noms = noms_lus_dans(reponse.question.texte)
    textes = [
        reponse.question_publique,
        reponse.texte,
        *(piece.nom for piece in reponse.pieces.all()),
    ]
    return tuple(
        dict.fromkeys(
            trace for texte in textes for trace in rules.traces_d_identite(texte, noms=noms)
        )
    )


def publication_de(reponse: ReponseAQuestion, *, relue: bool) -> Decision:
    """Ce qui manque encore pour la donner à tous ; la même règle que l'acte."""
    return rules.peut_etre_publiee(
        question=reponse.question_publique,
        reponse=reponse.texte,
        suite=reponse.suite,
        motif=reponse.motif_sans_changement,
        traces=traces_de(reponse),
        relue=relue,
    )
