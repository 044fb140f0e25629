"""Les écrans des questions : demander, lire, répondre."""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, joint, objet, ref

QUESTION = (
    "SELECT {} FROM questions_question q JOIN consultations_consultation c ON c.id "
    "= q.consultation_id"
    " LEFT JOIN questions_reponseaquestion r ON r.question_id = q.id WHERE {} ORDER BY q.id"
)
SANS_REPONSE, REPONDUE = (
    joint(
        objet(QUESTION.format("c.reference", cas)),
        objet(QUESTION.format("q.reference", cas), "question"),
    )
    for cas in ("r.publiee_le IS NULL AND q.ecartee_le IS NULL", "r.publiee_le IS NOT NULL")
)
LA_CONSULTATION = objet(QUESTION.format("c.reference", "r.publiee_le IS NOT NULL"))


def question(cas: str) -> Arguments:
    return objet(QUESTION.format("q.reference", cas), "question")


ECRANS = [
    Ecran("questions:liste", "", LA_CONSULTATION),
    Ecran("questions:liste", "", ref("publiee"), etat="vide"),
    Ecran("questions:liste", "", ref("sans_suite"), etat="fermee"),
    Ecran("questions:demander", "", LA_CONSULTATION),
    Ecran("questions:demander", "zoe", LA_CONSULTATION, etat="avec-compte"),
    Ecran(
        "questions:demander",
        "",
        LA_CONSULTATION,
        etat="faute",
        statut=422,
        geste=envoyer(courriel="sophie@"),
    ),
    Ecran(
        "questions:demander",
        "",
        LA_CONSULTATION,
        etat="envoye",
        geste=envoyer(courriel="inconnue@example.org"),
    ),
    Ecran("questions:demander", "", ref("sans_suite"), etat="fermee"),
    Ecran("questions:poser", "zoe", LA_CONSULTATION),
    Ecran(
        "questions:poser",
        "zoe",
        LA_CONSULTATION,
        etat="vide",
        geste=envoyer(bouton="Envoyer la question"),
        statut=422,
    ),
    Ecran("questions:poser", "zoe", ref("sans_suite"), etat="fermee"),
    Ecran("questions:mes_questions", "sophie"),
    Ecran("questions:mes_questions", "lucie", etat="vide"),
    Ecran("questions:accuse", "sophie", question("r.publiee_le IS NULL")),
    Ecran("questions:accuse", "zoe", question("r.publiee_le IS NOT NULL"), etat="repondue"),
    Ecran("questions:gerer", "martine", LA_CONSULTATION),
    Ecran("questions:gerer", "martine", ref("publiee"), etat="vide"),
    Ecran("questions:gerer", "yvette", LA_CONSULTATION, etat="lecture"),
    Ecran("questions:repondre", "martine", SANS_REPONSE),
    Ecran("questions:repondre", "martine", REPONDUE, etat="repondue"),
    Ecran(
        "questions:publier",
        "martine",
        SANS_REPONSE,
        depart="questions:repondre",
        geste=envoyer(
            bouton="Garder le brouillon et relire",
            question_publique="Écrivez à sophie@faitage.example",
        ),
    ),
    Ecran("questions:ecarter", "martine", SANS_REPONSE),
    Ecran(
        "questions:ecarter",
        "martine",
        SANS_REPONSE,
        etat="vide",
        geste=envoyer(bouton="Écarter la question"),
        statut=422,
    ),
]
SANS_ECRAN = {
    **dict.fromkeys(("questions:piece", "questions:piece_recue"), FICHIER),
    "questions:sans_compte": (
        "demande un lien reçu par courriel : éprouvé, axe compris, par le parcours des questions"
    ),
}
