"""Ce qu'un acheteur fait depuis un logiciel :
préparer, publier, prolonger, répondre, lire ses registres.

Ouvrir les réponses ne se fait pas ici :
il y faut deux personnes, et des clés qui ne quittent pas leur navigateur.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.params.functions import Header

from beffroi.achat.consultations import queries, services
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import controles_de_l_achat
from beffroi.achat.consultations.rules import publication as rules
from beffroi.achat.preparation import queries as preparations
from beffroi.achat.preparation import services as preparation
from beffroi.achat.preparation.questionnaire import (
    ECRANS,
    Ecran,
    premier,
    rempli,
    requete_de,
    vierge,
)
from beffroi.achat.preparation.rules.reponses import ecrire
from beffroi.faces.api import schemas
from beffroi.faces.api import schemas_de_l_acheteur as formes
from beffroi.faces.api.acces import Jeton, SessionDAgent, appelant, tranche
from beffroi.faces.api.schemas import DE_CONFLIT, ERREURS
from beffroi.faces.api.services import une_seule_fois
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import Portee
from beffroi.personnes.comptes.queries import a_un_second_facteur
from beffroi.personnes.organismes.queries import est_agent, habilitations_en_cours
from beffroi.publicite.questions import queries as questions
from beffroi.publicite.questions import services as actes_des_questions
from beffroi.publicite.questions.models import Question
from beffroi.publicite.questions.permissions import ACTES as SUR_LES_QUESTIONS
from beffroi.publicite.retraits import queries as retraits
from beffroi.reponse.registre_des_depots import queries as depots
from beffroi.reponse.registre_des_depots import rules as regles_du_registre
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte, RoleManquant, exiger
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.lecture import lecture

LIRE = [
    Jeton(Portee.CONSULTATIONS_LIRE, Portee.CONSULTATIONS_PREPARER, Portee.CONSULTATIONS_PUBLIER),
    SessionDAgent(),
]
PREPARER = [Jeton(Portee.CONSULTATIONS_PREPARER), SessionDAgent()]
PUBLIER = [Jeton(Portee.CONSULTATIONS_PUBLIER), SessionDAgent()]
REPONDRE = [Jeton(Portee.QUESTIONS_REPONDRE), SessionDAgent()]
REGISTRES = [Jeton(Portee.REGISTRES_LIRE), SessionDAgent()]
CETTE = "/consultations/{reference}"
routes = Router(tags=["acheteur"])


def agent(request: HttpRequest) -> Utilisateur:
    """La personne, si elle agit pour un organisme ;
    un jeton ne la dispense pas du second facteur, ni d'avoir eu son rôle avant lui.
    """
    personne = appelant(request).personne()
    if not est_agent(personne, maintenant()):
        raise Introuvable()
    if personne.agit_par and not personne.agit_par.delivre_avec_second_facteur:
        raise RoleManquant(
            "Ce jeton a été créé sans second facteur : il n'agit pas pour un acheteur. "
            "Créez-en un autre, à la page « Mon compte »."
        )
    if not habilitations_en_cours(personne, maintenant()):
        raise Introuvable()
    if not a_un_second_facteur(personne):
        raise RoleManquant("Activez un second facteur à la page « Mon compte » avant de continuer.")
    return personne


def consultation_pour(request: HttpRequest, reference: str, acte: str) -> Consultation:
    return queries.consultation_pour(agent(request), reference, acte, maintenant())


# ---------------------------------------------------------------- lire


@routes.get(
    "/consultations", response={200: formes.PageDeConsultationsDeLAcheteur, **ERREURS}, auth=LIRE
)
def lister_les_notres(request: HttpRequest, demande: Query[schemas.Pagination]) -> dict[str, Any]:
    """Les consultations de mes organismes, brouillons compris,
    de la plus ancienne à la plus récente.
    """
    page, suivant = tranche(queries.de_mes_organismes(agent(request), maintenant()), demande)
    return {"consultations": [en_bref(consultation) for consultation in page], "suivant": suivant}


@routes.get(CETTE, response={200: formes.ConsultationDeLAcheteurEnDetail, **ERREURS}, auth=LIRE)
def lire_la_notre(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Une consultation de mon organisme, et ce qui y a été répondu.

    Ni nombre de réponses reçues, ni nom.
    """
    return en_detail(consultation_pour(request, reference, "voir"))


@routes.get(f"{CETTE}/controles", response={200: formes.Controles, **ERREURS}, auth=LIRE)
def controler(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Ce que la page « Vérifier » montre :
    ce qui empêche de publier, ce qui se relit, ce qui est réglé.
    """
    consultation = consultation_pour(request, reference, "voir")
    with lecture():
        faits = queries.faits_de_publication(consultation, maintenant())
        points = rules.controles(faits)
        publiable = (
            consultation.etat in queries.NON_PUBLIEES and rules.peut_etre_publiee(faits).favorable
        )
    cles = ("gravite", "texte", "tache", "source")
    return {
        "publiable": publiable,
        "points": [{cle: getattr(point, cle) for cle in cles} for point in points],
    }


# ---------------------------------------------------------------- préparer


@routes.post(
    "/consultations",
    response={201: formes.ConsultationDeLAcheteurEnDetail, **DE_CONFLIT},
    auth=PREPARER,
)
def commencer_un_brouillon(
    request: HttpRequest,
    corps: formes.Reponses,
    cle: str = Header(..., alias="Idempotency-Key", min_length=1, max_length=80),
) -> Status[Any]:
    """Commencer un brouillon, par sa première question : « achat ».

    La même clé redonne le même brouillon.
    """
    personne, le = agent(request), maintenant()
    habilitation = queries.habilitation_pour_rediger(personne, le)
    form = premier(requete_de(listes(corps)))
    exiger_valide(form)

    def commencer() -> str:
        return preparation.commencer(
            organisme=habilitation.organisme,
            redigee_par=personne,
            fiche=form.fiche(),
            nature=form.reponse(),
            maintenant=le,
        ).reference

    reference = une_seule_fois(
        par=personne, cle=cle, demande=corps.champs, acte=commencer, maintenant=le
    )
    return Status(201, en_detail(queries.consultation_pour(personne, reference, "voir", le)))


@routes.get(f"{CETTE}/reponses/{{question}}", response={200: formes.Question, **ERREURS}, auth=LIRE)
def lire_une_question(request: HttpRequest, reference: str, question: str) -> dict[str, Any]:
    """Une question d'un brouillon, ses champs, et ce qui y est répondu ou proposé."""
    consultation, ecran = consultation_pour(request, reference, "voir"), ecran_de(question)
    form = vierge(ecran, consultation, preparations.preparation_de(consultation), le=maintenant())
    return {
        "question": ecran.cle,
        "titre": ecran.titre,
        "champs": [champ(lie) for lie in tous_les_champs(form)],
    }


@routes.put(
    f"{CETTE}/reponses/{{question}}",
    response={200: formes.ConsultationDeLAcheteurEnDetail, **DE_CONFLIT},
    auth=PREPARER,
)
def repondre_a_une_question(
    request: HttpRequest, reference: str, question: str, corps: formes.Reponses
) -> dict[str, Any]:
    """Répondre à une question d'un brouillon : les mêmes champs, les mêmes contrôles que la page.

    Un refus ne garde rien.
    """
    consultation, ecran = consultation_pour(request, reference, "rediger"), ecran_de(question)
    form: Any = rempli(ecran, requete_de(listes(corps)), consultation, le=maintenant())
    exiger_valide(form)
    preparation.repondre(
        consultation=consultation,
        reponse=form.reponse(preparations.reponses_de(preparations.preparation_de(consultation))),
        champs=form.champs(),
        par=agent(request).acteur,
        maintenant=maintenant(),
    )
    return en_detail(consultation_pour(request, reference, "voir"))


def ecran_de(question: str) -> Ecran:
    ecran = ECRANS.get(question)
    if ecran is None:
        raise Introuvable(f"Les questions sont : {', '.join(ECRANS)}.")
    return ecran


def listes(corps: formes.Reponses) -> dict[str, list[str]]:
    return {
        nom: valeurs if isinstance(valeurs, list) else [valeurs]
        for nom, valeurs in corps.champs.items()
    }


def exiger_valide(form: forms.Form) -> None:
    """Ce que la page dirait à côté de chaque champ."""
    if form.is_valid():
        return
    champs = [
        {"champ": lie.html_name, "faute": str(f)}
        for lie in form.visible_fields()
        for f in lie.errors
    ]
    champs += [{"champ": "", "faute": str(faute)} for faute in form.non_field_errors()]
    raise RegleEnfreinte(
        " ".join(champ["faute"] for champ in champs) or "Une ligne est à corriger.", champs=champs
    )


def tous_les_champs(form: forms.Form) -> list[forms.BoundField]:
    """Ceux que l'on voit, ceux que la page envoie sans les montrer, et le compte des lignes."""
    lignes = getattr(form, "lignes", None)
    comptees = (
        [*lignes.management_form, *(lie for ligne in lignes for lie in ligne.hidden_fields())]
        if lignes
        else []
    )
    return [*form.visible_fields(), *form.hidden_fields(), *comptees]


def champ(lie: forms.BoundField) -> dict[str, Any]:
    """Un champ tel qu'il se renvoie : une liste quand il a plusieurs valeurs."""
    return {
        "nom": lie.html_name,
        "etiquette": str(lie.label),
        "aide": str(lie.help_text),
        "valeur": valeur_de(lie),
        "obligatoire": lie.field.required,
        "choix": [str(code) for code, _ in getattr(lie.field, "choices", ())],
    }


def valeur_de(lie: forms.BoundField) -> str | list[str]:
    valeur = lie.value()
    if isinstance(valeur, list | tuple | set):
        return [str(une) for une in valeur]
    if isinstance(valeur, bool):
        return "on" if valeur else ""
    ecrite = (
        valeur
        if isinstance(lie.field, forms.ChoiceField)
        else lie.field.widget.format_value(valeur)
    )
    return "" if ecrite is None else str(ecrite)


# ---------------------------------------------------------------- publier


@routes.post(
    f"{CETTE}/publication",
    response={200: formes.ConsultationDeLAcheteurEnDetail, **DE_CONFLIT},
    auth=PUBLIER,
)
def publier(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Publier, pour toujours et pour tout le monde.

    Répété, la rend publiée. À deux, qui a rédigé ne publie pas.
    """
    consultation, le = consultation_pour(request, reference, "publier"), maintenant()
    if consultation.etat in queries.NON_PUBLIEES:
        controles_de_l_achat(
            consultation, le=le
        )  # le règlement se lit hors de la transaction de l'acte
        services.publier_consultation(
            consultation=consultation, par=agent(request).acteur, maintenant=le
        )
    return en_detail(consultation_pour(request, reference, "voir"))


@routes.post(
    f"{CETTE}/prolongation",
    response={200: formes.ConsultationDeLAcheteurEnDetail, **DE_CONFLIT},
    auth=PUBLIER,
)
def prolonger(request: HttpRequest, reference: str, corps: formes.Prolongation) -> dict[str, Any]:
    """Repousser l'heure limite, pour tous au même instant.

    Répété avec la même heure, ne prolonge pas deux fois.
    """
    consultation = consultation_pour(request, reference, "prolonger_le_delai")
    if consultation.date_limite_remise != corps.date_limite:
        services.prolonger_le_delai(
            consultation=consultation,
            nouvelle=corps.date_limite,
            motif=corps.motif,
            par=agent(request).acteur,
            maintenant=maintenant(),
        )
    return en_detail(consultation_pour(request, reference, "voir"))


# ---------------------------------------------------------------- répondre aux questions


def publiee_pour(request: HttpRequest, reference: str, acte: str) -> Consultation:
    consultation = queries.consultation_pour(
        agent(request), reference, acte, maintenant(), table=SUR_LES_QUESTIONS
    )
    if consultation.etat in queries.NON_PUBLIEES:
        raise Introuvable()
    return consultation


def question_pour(request: HttpRequest, reference: str, question: str) -> Question:
    return questions.question_pour(publiee_pour(request, reference, "repondre"), question)


@routes.get(f"{CETTE}/questions", response={200: formes.QuestionsRecues, **ERREURS}, auth=REPONDRE)
def lister_les_questions(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Les questions reçues, sans leur auteur jusqu'à l'heure limite."""
    recues = questions.de_l_acheteur(publiee_pour(request, reference, "voir")).prefetch_related(
        "pieces"
    )
    return {"questions": [question_recue(question, le=maintenant()) for question in recues]}


@routes.put(
    f"{CETTE}/questions/{{question}}/reponse",
    response={200: formes.QuestionRecue, **DE_CONFLIT},
    auth=REPONDRE,
)
def preparer_la_reponse(
    request: HttpRequest, reference: str, question: str, corps: formes.ProjetDeReponse
) -> dict[str, Any]:
    """Préparer la réponse : personne d'autre ne la voit avant qu'elle soit publiée."""
    actes_des_questions.preparer_la_reponse(
        question=question_pour(request, reference, question),
        projet=actes_des_questions.Projet(**corps.dict()),
        par=agent(request).acteur,
        maintenant=maintenant(),
    )
    return question_recue(question_pour(request, reference, question), le=maintenant())


@routes.post(
    f"{CETTE}/questions/{{question}}/publication",
    response={200: formes.QuestionRecue, **DE_CONFLIT},
    auth=REPONDRE,
)
def publier_la_reponse(
    request: HttpRequest, reference: str, question: str, corps: formes.Relecture
) -> dict[str, Any]:
    """Donner la réponse à tous au même instant, sans dire qui a demandé.

    Répété, rend la réponse publiée.
    """
    trouvee = question_pour(request, reference, question)
    preparee = questions.reponse_preparee(trouvee)
    if preparee is None or not preparee.publiee_le:
        actes_des_questions.publier_la_reponse(
            question=trouvee, relue=corps.relue, par=agent(request).acteur, maintenant=maintenant()
        )
    return question_recue(question_pour(request, reference, question), le=maintenant())


@routes.post(
    f"{CETTE}/questions/{{question}}/ecart",
    response={200: formes.QuestionRecue, **DE_CONFLIT},
    auth=REPONDRE,
)
def ecarter(
    request: HttpRequest, reference: str, question: str, corps: formes.Ecart
) -> dict[str, Any]:
    """Ne pas répondre, et dire pourquoi à l'auteur seul.

    Répété avec la même raison, n'écarte pas deux fois.
    """
    trouvee = question_pour(request, reference, question)
    if not (trouvee.ecartee_le and trouvee.motif_d_ecart == corps.motif.strip()):
        actes_des_questions.ecarter_la_question(
            question=trouvee, motif=corps.motif, par=agent(request).acteur, maintenant=maintenant()
        )
    return question_recue(question_pour(request, reference, question), le=maintenant())


def question_recue(question: Question, *, le: datetime) -> dict[str, Any]:
    reponse = getattr(question, "reponse", None)
    publiee = reponse is not None and reponse.publiee_le is not None
    etat = (
        "ecartee"
        if question.ecartee_le
        else "repondue"
        if publiee
        else "preparee"
        if reponse
        else "sans_reponse"
    )
    return {
        "question": question.reference,
        "texte": question.texte,
        "recue_le": question.recue_le,
        "hors_delai": question.hors_delai,
        "etat": etat,
        "auteur": questions.auteur_pour_l_acheteur(question, le=le),
        "motif_d_ecart": question.motif_d_ecart,
        "numero": reponse.numero if reponse else None,
        "question_publique": reponse.question_publique if reponse else "",
        "reponse": reponse.texte if reponse else "",
    }


# ---------------------------------------------------------------- registres


@routes.get(
    f"{CETTE}/retraits", response={200: formes.RegistreDesRetraits, **ERREURS}, auth=REGISTRES
)
def lire_les_retraits(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Qui a téléchargé quelle version du dossier, parmi ceux qui ont bien voulu se nommer."""
    consultation = retraits.consultation_pour(agent(request), reference, le=maintenant())
    registre = retraits.registre_de(consultation, etabli_le=maintenant())
    cles = formes.Retrait.model_fields
    return {
        "etabli_le": registre.etabli_le,
        "manques": registre.manques,
        "retraits": [{cle: getattr(ligne, cle) for cle in cles} for ligne in registre.lignes],
    }


@routes.get(f"{CETTE}/depots", response={200: formes.RegistreDesDepots, **ERREURS}, auth=REGISTRES)
def lire_les_depots(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Le registre des dépôts, après l'heure limite seulement : avant, ni nom ni nombre."""
    le = maintenant()
    consultation = depots.consultation_pour(agent(request), reference, "lire_le_registre", le=le)
    exiger(regles_du_registre.peut_se_montrer(date_limite=consultation.limite, maintenant=le))
    registre = depots.registre_de(consultation, etabli_le=le)
    cles = formes.DepotRecu.model_fields
    return {
        "etabli_le": registre.etabli_le,
        "date_limite": registre.date_limite,
        "depots": [{cle: getattr(ligne, cle) for cle in cles} for ligne in registre.lignes],
    }


# ---------------------------------------------------------------- dire une consultation


def en_bref(consultation: Consultation) -> dict[str, Any]:
    return {
        "reference": consultation.reference,
        "titre": consultation.titre,
        "organisme": consultation.organisme.nom,
        "etat": consultation.etat,
        "procedure": consultation.type_de_procedure,
        "creee_le": consultation.creee_le,
        "publiee_le": consultation.publiee_le,
        "date_limite": consultation.date_limite_remise,
    }


def en_detail(consultation: Consultation) -> dict[str, Any]:
    reponses = preparations.reponses_de(preparations.preparation_de(consultation))
    return {
        **en_bref(consultation),
        "objet": consultation.objet,
        "lieu": consultation.lieu,
        "code_cpv": consultation.code_cpv,
        "date_limite_des_questions": consultation.date_limite_questions,
        "ouverture_prevue_le": consultation.ouverture_prevue_le,
        "reponses": ecrire(reponses),
        "restantes": list(reponses.restantes),
    }
